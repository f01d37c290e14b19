import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("A signed ack")
struct SignedAckTests {
    private let incoming: Incoming
    private let body = #"{"event":"acked","run":"sample-1","page":"checkout","person":"sre-1"}"#

    init() throws { incoming = try Incoming() }

    private func headers(_ body: String, at seconds: String = "1795217200") throws -> [String:
        String]
    {
        let code = try Openssl.signature(of: "\(seconds).\(body)", key: "whsec-secretOfHook")
        return ["X-Drill-Timestamp": seconds, "X-Drill-Signature": "v1=\(code)"]
    }

    private func refusal(_ headers: [String: String], _ body: String) -> String {
        incoming.refusal(headers, body, over: "webhook")
    }

    @Test("says who acknowledged which page of which run")
    func good() throws {
        let returned = try incoming.reader.read(
            headers: headers(body), body: body, channel: incoming.channel("webhook"), now: someTime)
        #expect(returned.count == 1 && returned[0].run == "sample-1")
        let notification = returned[0].notification
        #expect(notification.page == "checkout" && notification.status == .acknowledged)
        #expect(notification.person == "sre-1" && notification.receiver == "sre-1")
        #expect(!returned[0].isToldAgain)
    }

    @Test("is one delivery, however its signature is spelled, and another a second later")
    func delivery() throws {
        func delivery(_ headers: [String: String]) throws -> String {
            try incoming.reader.read(
                headers: headers, body: body, channel: incoming.channel("webhook"), now: someTime
            )[0].notification.delivery
        }
        let small = try headers(body)
        let large = small.mapValues {
            $0.hasPrefix("v1=") ? "v1=" + $0.dropFirst(3).uppercased() : $0
        }
        #expect(small != large)
        #expect(try delivery(small) == delivery(large))
        #expect(try delivery(small) != delivery(headers(body, at: "1795217201")))
    }

    @Test("is not a page that somebody caught and sent back", arguments: ["firing", "resolved"])
    func reflected(event: String) async throws {
        let sink = try Sink()
        defer { sink.close() }
        let channel = Channel.named("webhook", at: sink.url)
        _ = try await withPager(credentials: incoming.keys.path) { pager in
            event == "firing"
                ? await pager.send(.sample(), over: channel)
                : await pager.resolve(.sample(), over: channel)
        }
        let page = try #require(sink.requests.first)
        let headers = ["X-Drill-Timestamp", "X-Drill-Signature"].reduce(into: [:]) {
            $0[$1] = page.header($1)
        }
        #expect(
            refusal(headers, page.body)
                == "it says that it is '\(event)', not an ack; sign and send \"event\": \"acked\" with it"
        )
    }

    @Test("has to say that it is one")
    func noEvent() throws {
        let body = #"{"run":"sample-1","page":"checkout","person":"sre-1"}"#
        #expect(
            refusal(try headers(body), body)
                == "it does not say that it is an ack; sign and send \"event\": \"acked\" with it")
    }

    @Test("is refused with another body, time or key")
    func forged() throws {
        let good = try headers(body)
        let wrong = "the signature is wrong"
        #expect(
            refusal(good, body.replacingOccurrences(of: "sre-1", with: "sre-2")).hasPrefix(wrong))
        var later = good
        later["X-Drill-Timestamp"] = "1795217210"
        #expect(refusal(later, body).hasPrefix(wrong))
        try incoming.keys.write("another", to: "webhook")
        #expect(refusal(good, body).hasPrefix(wrong))
        #expect(
            refusal(["X-Drill-Timestamp": "1795217200"], body)
                == "the header X-Drill-Signature is missing or has no signature; sign the request")
    }

    @Test("counts for five minutes", arguments: [nil, "", "now", "-1", "99999999999999999999"])
    func times(stamp: String?) throws {
        var headers = try headers(body)
        headers["X-Drill-Timestamp"] = stamp
        #expect(
            refusal(headers, body)
                == "X-Drill-Timestamp is no time; write whole seconds since 1970")
        #expect(
            refusal(try self.headers(body, at: "1795216900"), body)
                == "it is 5min 19s old; send it within 5min, and never again")
        #expect(
            refusal(try self.headers(body, at: "1795217300"), body)
                == "it is 1min 20s ahead of this clock; set the clock of the sender")
    }

    @Test("has to name all three", arguments: ["run", "page", "person"])
    func fields(name: String) throws {
        let body = body.replacingOccurrences(of: "\"\(name)\"", with: "\"x\"")
        #expect(
            refusal(try headers(body), body)
                == "the body is JSON of another form (field \(name)); send it whole, as JSON")
    }
}
