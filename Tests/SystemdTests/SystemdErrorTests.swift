import Glibc
import Systemd
import Testing

@Suite("An error of systemd")
struct SystemdErrorTests {
    @Test(
        "says what failed and why",
        arguments: [
            (
                .system(call: "open /x", errno: ENOENT),
                "open /x: No such file or directory"
            ),
            (
                .refused(
                    method: "StartUnit", name: "org.freedesktop.systemd1.NoSuchUnit",
                    text: "Unit x.service not found."),
                "systemd refused StartUnit: Unit x.service not found. "
                    + "(org.freedesktop.systemd1.NoSuchUnit)"
            ),
            (
                .deadline(waitingFor: "the job of x.service", seconds: 1.5),
                "no end of the job of x.service within 1.5s; it may still be under way"
            ),
            (
                .fragile(unit: "x.service", word: "$HOME"),
                "'$HOME' in x.service would not survive a daemon-reload; "
                    + "use letters, digits and -_./:@=,+% there"
            ),
            (.unreadable(what: "the new bus"), "cannot read the new bus"),
        ] as [(SystemdError, String)])
    func words(error: SystemdError, text: String) {
        #expect(error.description == text)
    }

    @Test("tells an unknown unit from other refusals")
    func unknownUnit() {
        let name = "org.freedesktop.systemd1.NoSuchUnit"
        #expect(SystemdError.refused(method: "m", name: name, text: "").isUnknownUnit)
        #expect(!SystemdError.refused(method: "m", name: "other", text: "").isUnknownUnit)
        #expect(!SystemdError.unreadable(what: "x").isUnknownUnit)
    }
}
