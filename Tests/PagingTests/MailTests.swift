import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("A page by mail", .timeLimit(.minutes(1)))
struct MailTests {
    private let folder: KeyFolder
    private let clock = ManualClock()

    init() throws { folder = try KeyFolder() }

    /// Sends through a program whose lines are these.
    private func receipt(
        _ lines: String, _ message: PageMessage = .sample(address: "sre-1@example.com"),
        from: String = "drilld@example.com", attempts: Int = 1, pauses: [Duration] = []
    ) async throws -> Receipt {
        try folder.write(
            "#!/bin/sh\ncd '\(folder.path)' || exit 1\n\(lines)\n", to: "sendmail", mode: 0o700)
        let email = Channel.Service.email(sendmail: "\(folder.path)/sendmail", from: from)
        let clock = clock
        return try await withPager(clock: clock) { pager in
            async let receipt = pager.send(message, over: .sample(email, attempts: attempts))
            for pause in pauses { await clock.pass(pause) }
            return await receipt
        }
    }

    private func file(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }

    @Test("is a whole message that no robot answers")
    func message() async throws {
        let receipt = try await receipt(#"printf '%s ' "$@" >words; cat >mail"#)
        #expect(receipt.verdict == .accepted)
        #expect(try file("words") == "-t -i ")
        let name = "sample-1.checkout.primary.fire.1795217219751000@example.com"
        #expect(receipt.reference == name)
        #expect(
            try file("mail") == """
                From: drilld <drilld@example.com>
                To: <sre-1@example.com>
                Date: Fri, 20 Nov 2026 23:26:59 +0000
                Message-ID: <\(name)>
                Subject: [DRILL sample-1] SEV-1 checkout slow
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable
                Auto-Submitted: auto-generated
                X-Drill: true
                X-Drill-Run: sample-1
                X-Drill-Page: checkout
                X-Drill-Level: primary
                X-Drill-Severity: SEV-1

                [DRILL sample-1] SEV-1 checkout slow. This is a drill on shop (staging). If=
                 it is yours to handle, acknowledge with: drillctl ack sample-1 checkout or=
                 at https://drill.example/a?t=3D1&u=3D2

                alertname=3Dcheckout
                drill=3Dtrue
                drill_id=3Dsample-1
                env=3Dstaging
                level=3Dprimary
                page=3Dcheckout
                severity=3Dcritical
                target=3Dshop

                """)
    }

    @Test("reads as it was written to a library that is not ours")
    func otherReader() async throws {
        guard Shell.has("python3") else { return }
        let summary =
            "Zahlung für Käufer langsam — 800 ms ≥ 200 ms, p95 über alle Regionen, seit 5 min"
        _ = try await receipt("cat >mail", .sample(summary: summary, address: "sre-1@example.com"))
        let script = """
            import email, email.policy, sys
            m = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)
            print(m["subject"]); print(m["to"]); print(m["date"].datetime.isoformat())
            print(m.get_content().split(chr(10))[0]); print(len(m.defects))
            """
        let output = try Shell.output("python3 -c \"$1\" \"$2\"", script, "\(folder.path)/mail")
        let lines = output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "[DRILL sample-1] SEV-1 \(summary)")
        #expect(lines[1] == "sre-1@example.com")
        #expect(lines[2] == "2026-11-20T23:26:59+00:00")
        #expect(lines[3].hasPrefix("[DRILL sample-1] SEV-1 \(summary). This is a drill"))
        #expect(lines[4] == "0")
        let mail = try file("mail")
        #expect(mail.utf8.allSatisfy { $0 < 0x80 })
        #expect(mail.split(separator: "\n").allSatisfy { $0.utf8.count <= 98 })
    }

    @Test("cannot be given another header or receiver by its summary")
    func injectionBySummary() async throws {
        let message = PageMessage.sample(
            summary: "slow\r\nBcc: all@example.com\n\nhello", address: "sre-1@example.com")
        _ = try await receipt("cat >mail", message)
        let mail = try file("mail")
        #expect(mail.contains("Subject: [DRILL sample-1] SEV-1 slow Bcc: all@example.com hello\n"))
        let header = mail.split(separator: "\n\n", maxSplits: 1)[0]
        #expect(!header.contains("\nBcc"))
    }

    @Test(
        "is refused with an address that is more than one",
        arguments: [
            "a@example.com, b@example.com", "a@example.com\nBcc: b@example.com", "-oQ/tmp", "a b",
            "<a@example.com>", "a@", "a@b@c", "", "\"a\"@example.com",
        ])
    func injectionByAddress(address: String) async throws {
        let receipt = try await receipt("cat >mail", .sample(address: address))
        #expect(
            receipt.reason
                == "rejected: the address of person 'sre-1' on channel 'chat' is not of the right "
                + "form; write Address=chat:sre-1@example.com")
        #expect(throws: (any Error).self) { try file("mail") }
    }

    @Test("is refused without an address, and from a sender that is none")
    func noAddress() async throws {
        #expect(
            try await receipt("cat", .sample(address: nil)).reason
                == "rejected: person 'sre-1' has no address on channel 'chat'; "
                + "write Address=chat:sre-1@example.com in [Person sre-1]")
        #expect(
            try await receipt("cat", from: "drilld@example.com\nBcc: x").reason
                == "rejected: the sender of channel 'chat' is no mail address; "
                + "write one such as From=drilld@example.com")
    }

    @Test("is tried again when the program asks for it")
    func temporaryFailure() async throws {
        let receipt = try await receipt(
            "cat >/dev/null; if [ -e second ]; then exit 0; fi; : >second; exit 75", attempts: 3,
            pauses: [.milliseconds(500)])
        #expect(receipt.verdict == .accepted && receipt.attempts == 2)
    }

    @Test("is refused for good with any other status, and says what the program said")
    func failure() async throws {
        let receipt = try await receipt("echo no such user >&2; exit 67", attempts: 3)
        #expect(
            receipt.reason
                == "rejected: \(folder.path)/sendmail ended with status 67: no such user")
        #expect(receipt.attempts == 1)
    }

    @Test("is lost when the program is killed")
    func killed() async throws {
        let receipt = try await receipt("kill -9 $$", attempts: 3)
        #expect(
            receipt.reason
                == "lost: \(folder.path)/sendmail was ended by signal 9; not tried again, "
                + "since it may have sent it")
    }

    @Test("is refused where there is no such program")
    func noProgram() async throws {
        let email = Channel.Service.email(sendmail: "/nowhere/sendmail", from: "drilld@example.com")
        let receipt = try await withPager {
            await $0.send(.sample(address: "sre-1"), over: .sample(email))
        }
        #expect(
            receipt.reason
                == "rejected: /nowhere/sendmail cannot be started: No such file or directory; "
                + "write its path in Sendmail=")
    }

    @Test("goes through a program that reads nothing and prints without end")
    func chatter() async throws {
        let receipt = try await receipt("yes | head -c 3000000; exit 64")
        #expect(
            receipt.reason.hasPrefix("rejected: \(folder.path)/sendmail ended with status 64: y y"))
    }

    @Test("leaves a child of the program alone that delivers it later")
    func delivery() async throws {
        _ = try #require(try? Shell.output("mkfifo \"$1\"", "\(folder.path)/go"))
        let receipt = try await receipt(
            "cat >mail; (read word <go; cp mail later; : >done) >/dev/null 2>&1 </dev/null & exit 0"
        )
        #expect(receipt.verdict == .accepted)
        _ = try Shell.output(
            "cd \"$1\" && echo now >go && until [ -e done ]; do :; done", folder.path)
        #expect(try file("later") == file("mail"))
    }

    @Test("is lost when the program takes too long, and nothing of its tree is left")
    func timeout() async throws {
        // Grandchildren in a session of their own, which the group does not reach.
        try folder.write("#!/bin/sh\necho $$ >>pids\nread word <never\n", to: "child", mode: 0o700)
        _ = try Shell.output("mkfifo \"$1/never\" \"$1/ready\"", folder.path)
        let lines = """
            echo $$ >>pids
            setsid ./child &
            ./child &
            until [ "$(wc -l <pids)" = 3 ]; do :; done
            : >ready
            wait
            """
        try folder.write(
            "#!/bin/sh\ncd '\(folder.path)' || exit 1\n\(lines)\n", to: "sendmail", mode: 0o700)
        let email = Channel.Service.email(
            sendmail: "\(folder.path)/sendmail", from: "drilld@example.com")
        let (clock, path) = (clock, folder.path)
        let receipt = try await withPager(clock: clock) { pager in
            async let receipt = pager.send(
                .sample(address: "sre-1"), over: .sample(email, attempts: 3))
            _ = try Shell.output("read word <\"$1/ready\"", path)
            await clock.pass(.seconds(5))
            return await receipt
        }
        #expect(
            receipt.reason
                == "lost: \(path)/sendmail did not end within 5s; not tried again, "
                + "since it may have sent it")
        let pids = try file("pids").split(separator: "\n")
        #expect(pids.count == 3)
        let left = try Shell.output(
            "for pid in $1; do grep -l '^State:.[RSDT]' /proc/$pid/status 2>/dev/null; done; :",
            pids.joined(separator: " "))
        #expect(left.isEmpty)
    }

    @Test("is never resolved")
    func resolve() async throws {
        let email = Channel.Service.email(sendmail: "/bin/false", from: "drilld@example.com")
        let receipt = try await withPager {
            await $0.resolve(.sample(address: "sre-1"), over: .sample(email))
        }
        #expect(receipt == nil)
    }
}
