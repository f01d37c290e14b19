import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("A webhook of Alertmanager")
struct AlertmanagerWebhookTests {
    private let incoming: Incoming

    init() throws { incoming = try Incoming() }

    /// A recorded body whose alerts are pages: the recording is older than the label `page`.
    private func body(_ name: String) throws -> String {
        let recorded = try Recording(name).body.printed
        return recorded.replacingOccurrences(
            of: #""drill":"true""#, with: #""drill":"true","page":"checkout""#)
    }

    private func read(_ body: String) throws -> [Returned] {
        try incoming.reader.read(
            headers: [:], body: body, channel: incoming.channel("alertmanager", signed: false),
            now: someTime)
    }

    @Test("tells of each alert of its group, of whom it told, and whether it fires")
    func firing() throws {
        let returned = try read(try body("firing"))
        #expect(returned.count == 3)
        #expect(Set(returned.map(\.notification.delivery)).count == 3)
        for item in returned {
            #expect(item.run == "D-2026Q4-017" && item.notification.page == "checkout")
            #expect(item.notification.channel == "chat")
            #expect(item.notification.receiver == "primary" && item.notification.person == nil)
            #expect(item.notification.status == .firing && item.truncated == 0)
        }
    }

    @Test("tells of alerts that fire and others that are over in one group")
    func mixed() throws {
        let statuses = try read(try body("mixed")).map(\.notification.status)
        #expect(statuses.count { $0 == .resolved } == 2 && statuses.count { $0 == .firing } == 6)
    }

    @Test("that is repeated has the same deliveries, and that is no reason to drop it")
    func repeated() throws {
        let first = try read(try body("firing"))
        let again = try read(try body("repeat"))
        #expect(first == again && first.allSatisfy(\.isToldAgain))
    }

    @Test("that resolves has other deliveries than the one that fired")
    func resolved() throws {
        let fired = try read(try body("firing")).map(\.notification.delivery)
        let over = try read(try body("resolved")).map(\.notification)
        #expect(over.allSatisfy { $0.status == .resolved && !fired.contains($0.delivery) })
    }

    @Test("keeps its deliveries when a refresh moves the end of an alert that fires")
    func movedEnd() throws {
        let body = try body("firing")
        let moved = body.replacingOccurrences(
            of: "0001-01-01T00:00:00Z", with: "2026-11-20T23:30:00Z")
        #expect(moved != body)
        #expect(try read(body) == read(moved))
    }

    @Test("says how many alerts it left out")
    func truncated() throws {
        #expect(try read(try body("truncated")).map(\.truncated) == [3, 3])
    }

    @Test("is passed over where it tells of other alerts")
    func others() throws {
        let body = try body("firing")
        #expect(try read(try Recording("firing").body.printed).isEmpty)
        for (old, new) in [
            (#""drill":"true""#, #""drill":"false""#), ("D-2026Q4-017", "../etc"),
            (#""page":"checkout""#, #""page":"a b""#),
            (#""status":"firing""#, #""status":"suppressed""#),
        ] {
            #expect(try read(body.replacingOccurrences(of: old, with: new)).isEmpty)
        }
    }

    @Test("has to bring the token where the channel has a key")
    func token() throws {
        let body = try body("firing")
        let good = ["authorization": "Bearer token-secretOfAlertmanager"]
        let channel = incoming.channel("alertmanager")
        let returned = try incoming.reader.read(
            headers: good, body: body, channel: channel, now: someTime)
        #expect(returned.count == 3)
        #expect(
            incoming.refusal([:], body, over: "alertmanager")
                == "the header Authorization is missing or has no signature; sign the request")
        #expect(
            incoming.refusal(["Authorization": "Bearer token-guess"], body, over: "alertmanager")
                == "the signature is wrong; sign with the key that SigningKey= of channel 'chat' "
                + "names, and send the body unchanged")
    }

    @Test("has to be whole and of version 4")
    func form() throws {
        let body = try body("firing")
        func refusal(_ body: String) -> String {
            incoming.refusal([:], body, over: "alertmanager", signed: false)
        }
        #expect(
            refusal(String(body.dropLast(20)))
                == "the body is truncated or no JSON; send it whole, as JSON")
        #expect(refusal("") == "the body is empty; send it whole, as JSON")
        #expect(
            refusal("[1]") == "the body is JSON of another form (no object); send it whole, as JSON"
        )
        #expect(
            refusal(#"{"version":"4","receiver":"x"}"#)
                == "the body is JSON of another form (field groupKey); send it whole, as JSON")
        #expect(
            refusal(body.replacingOccurrences(of: #""version":"4""#, with: #""version":"3""#))
                == "version '3' is not understood; send version 4 of Alertmanager's webhook")
    }

    @Test("of more than a megabyte is not looked at")
    func tooLarge() {
        let body = String(repeating: "x", count: 10_000_000)
        #expect(
            incoming.refusal([:], body, over: "alertmanager", signed: false)
                == "the body has 10000000 bytes; send at most 1048576")
    }

    @Test("over a channel that sends nothing back is refused")
    func silentChannel() {
        #expect(
            incoming.refusal([:], "{}", over: "slack")
                == "channel 'chat' is of a type that sends nothing back; "
                + "use the address of another channel")
    }
}
