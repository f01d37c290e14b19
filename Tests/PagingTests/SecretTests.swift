import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("A secret")
struct SecretTests {
    private let keys: KeyFolder

    init() throws { keys = try KeyFolder() }

    private func reason(_ secret: Secret?, credentials: String?) async throws -> String {
        let endpoint = Channel.Endpoint(url: "http://127.0.0.1:1", key: secret, signingKey: nil)
        return try await withPager(credentials: credentials) {
            await $0.send(.sample(), over: .sample(.pagerduty(endpoint))).reason
        }
    }

    @Test("has to be there, and drilld says what to do when it is not")
    func missing() async throws {
        #expect(
            try await reason(nil, credentials: nil)
                == "rejected: channel 'chat' has no Key=; give it the routing key of the service")
        #expect(
            try await reason(.credential("other"), credentials: nil)
                == "rejected: channel 'chat': credential 'other' is missing because drilld was given "
                + "none; add LoadCredential=other:/PATH to its unit")
        for name in ["other", "../pagerduty", ""] {
            #expect(
                try await reason(.credential(name), credentials: keys.path)
                    == "rejected: channel 'chat': credential '\(name)' is missing; "
                    + "add LoadCredential=\(name):/PATH to drilld's unit")
        }
        #expect(
            try await reason(.file("\(keys.path)/none"), credentials: nil)
                == "rejected: channel 'chat': the key in \(keys.path)/none cannot be read: No such "
                + "file or directory; make it a file that drilld's user owns, with mode 600")
        #expect(
            try await reason(.file(keys.path), credentials: nil).contains("it is no regular file"))
    }

    @Test("in a file must be closed to group and others", arguments: [0o640, 0o604, 0o666])
    func openFile(mode: Int) async throws {
        try keys.write("R1", to: "open", mode: mode)
        #expect(
            try await reason(.file("\(keys.path)/open"), credentials: nil)
                == "rejected: channel 'chat': the key in \(keys.path)/open can be read by others "
                + "(mode \(String(mode, radix: 8))); run chmod 600 \(keys.path)/open")
    }

    @Test("that systemd lays out may show an ACL in the bits of the group, but not be open to all")
    func credentialModes() async throws {
        try keys.write("R1", to: "shown", mode: 0o440)
        #expect(
            try await reason(.credential("shown"), credentials: keys.path).contains("no connection")
        )
        try keys.write("R1", to: "shown", mode: 0o444)
        #expect(
            try await reason(.credential("shown"), credentials: keys.path)
                .contains("can be read by others (mode 444)"))
    }

    @Test(
        "is one line of visible characters",
        arguments: ["", "\n\n", "two words", "two\nlines", "bell\u{7}", "schlüssel"])
    func form(content: String) async throws {
        try keys.write(content, to: "odd")
        #expect(
            try await reason(.file("\(keys.path)/odd"), credentials: nil)
                == "rejected: channel 'chat': \(keys.path)/odd holds no key; write the key alone, "
                + "in one line of visible ASCII characters")
    }

    @Test(
        "of Slack is the rest of an address",
        arguments: ["/T0/B0/X0", "T0/B0/X0?a", "https://hooks"])
    func slackPath(key: String) async throws {
        try keys.write(key, to: "slack")
        let receipt = try await withPager(credentials: keys.path) {
            await $0.send(.sample(), over: .named("slack", at: "http://127.0.0.1:1"))
        }
        #expect(
            receipt.reason
                == "rejected: the key of channel 'chat' is not of the right form; it is the rest of "
                + "the webhook's address, such as T000/B000/X000")
    }

    @Test("topic of ntfy has to be given, as one word")
    func topics() async throws {
        func reason(_ address: String?) async throws -> String {
            try await withPager(credentials: keys.path) {
                await $0.send(
                    .sample(address: address), over: .named("ntfy", at: "http://127.0.0.1:1")
                ).reason
            }
        }
        #expect(
            try await reason(nil)
                == "rejected: person 'sre-1' has no address on channel 'chat'; write Address=chat:TOPIC, "
                + "a topic of letters, digits, - and _ in [Person sre-1]")
        #expect(
            try await reason("a/b")
                == "rejected: the address of person 'sre-1' on channel 'chat' is not of the right "
                + "form; write Address=chat:TOPIC, a topic of letters, digits, - and _")
    }
}
