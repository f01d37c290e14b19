import ControlAPI
import DrillDaemon
import Drills
import Foundation
import Testing

extension ReturnTests {
    /// The token in the link of the page, as the channel got it.
    func token() throws -> String {
        let body = try #require(sink.requests.first { $0.body.contains("\"link\"") }?.body)
        let data = Data(body.utf8)
        let link = try #require(
            (JSONSerialization.jsonObject(with: data) as? [String: Any])?["link"] as? String)
        #expect(link.hasPrefix("https://drills.example/link/"))
        return String(link.dropFirst("https://drills.example/link/".count))
    }

    @Test("by its link shows the page, acknowledges it once, and not after the run")
    func link() async throws {
        try await whilePaged { desk in
            let token = try token()
            let before = try await desk.ask(.pageLink(token: token)) as? PageLink
            #expect(
                before
                    == PageLink(
                        run: "quick-1", page: "flag", person: "sre-9",
                        summary: "the flag is broken",
                        acknowledgedBy: nil, isOpen: true))
            let nobody = Peer(uid: 65_534, gid: 65_534, pid: 1, login: "nobody")
            #expect(
                try await done(desk.answer(.ackByLink(token: token), from: nobody))
                    == "page flag of quick-1 is acknowledged by sre-9")
            let shown = try await desk.ask(.pageLink(token: token)) as? PageLink
            #expect(shown?.acknowledgedBy == "sre-9")
            let twice = await #expect(throws: Refusal.self) {
                try await desk.ask(.ackByLink(token: token))
            }
            #expect(twice?.status == .refused)
            _ = try await desk.ask(.abort("quick-1", reason: "enough"))
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
            let closed = try await desk.ask(.pageLink(token: token)) as? PageLink
            #expect(closed?.isOpen == false)
            await #expect(
                throws: Refusal(
                    .notFound,
                    ["run 'quick-1' is not open; 'drillctl status' shows the open ones"])
            ) { try await desk.ask(.ackByLink(token: token)) }
            await #expect(
                throws: Refusal(
                    .notPermitted,
                    [
                        "this is no whole link of a page; open the link again from the page itself"
                    ])
            ) { try await desk.ask(.ackByLink(token: String(token.dropLast(60)))) }
        }
    }
}
