import ControlAPI
import DrillDaemon
import Testing

extension ReturnTests {
    @Test("by its link counts though strangers try hundreds of links that were not made here")
    func flood() async throws {
        try await whilePaged { desk in
            let strangers = Peer(uid: .max, gid: .max, pid: 0, login: "link")
            for _ in 0..<300 {
                let refusal = await #expect(throws: Refusal.self) {
                    try await desk.answer(.ackByLink(token: "garbage"), from: strangers)
                }
                #expect(refusal?.status == .notPermitted)
            }
            let token = try token()
            #expect(
                try await done(desk.answer(.ackByLink(token: token), from: strangers))
                    == "page flag of quick-1 is acknowledged by sre-9")
        }
    }
}
