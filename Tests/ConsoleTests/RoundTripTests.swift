import Console
import ControlAPI
import Drills
import Foundation
import Glibc
import Synchronization
import Testing

@Suite("A request over the control socket", .timeLimit(.minutes(1)))
struct RoundTripTests {
    private static let requests: [ControlRequest] = [
        .status, .drills, .runs(limit: 3), .run("rollback-1"),
        .events("rollback-1", after: 7, waitMilliseconds: 0), .start("rollback"),
        .ack("rollback-1", page: "errors", person: "sre-1", channel: "ü/?&=#% \"\\"),
        .addFollowUp("rollback-1", FollowUp(owner: "sre-1", due: "2027-03-31", text: "a\nb\tc")),
        .abort("rollback-1", reason: "100 % broken\u{0}\u{1F525}"), .halt(reason: "enough"),
        .release(reason: "all clear"), .arm("shop"), .disarm("shop"), .faults,
        .revert("rollback-1.flag"),
        .forget("rollback-1.flag", reason: "seen with own eyes", second: "lead-2"), .reload,
    ]

    @Test("arrives as it was sent", arguments: requests)
    func arrives(request: ControlRequest) async throws {
        let heard = Mutex<[ControlRequest]>([])
        let done = try await ServedSocket.serving { request, _ in
            heard.withLock { $0.append(request) }
            return Done(message: "done: ä")
        } while: {
            try await $0.client.ask(request, for: Done.self)
        }
        #expect(done == Done(message: "done: ä"))
        #expect(heard.withLock { $0 } == [request])
    }

    @Test("bears the process that the kernel vouches for")
    func bearsThePeer() async throws {
        let said = try await ServedSocket.serving { _, peer in
            Done(message: "\(peer.uid) \(peer.gid) \(peer.pid) \(peer.login)")
        } while: {
            try await $0.client.ask(.status, for: Done.self)
        }
        #expect(said.message == "\(getuid()) \(getgid()) \(getpid()) login-\(getuid())")
    }

    @Test(
        "brings a refusal back with all its reasons",
        arguments: [
            Refusal.Status.badRequest, .notPermitted, .notFound, .refused, .failed, .unavailable,
        ])
    func bringsRefusals(status: Refusal.Status) async throws {
        let refusal = Refusal(status, ["the target is disarmed", "the lever is pulled"])
        try await ServedSocket.serving { _, _ in
            throw refusal
        } while: { served in
            await #expect(throws: refusal) {
                try await served.client.ask(.start("rollback"), for: Started.self)
            }
        }
    }

    @Test("brings any other error back as one reason")
    func bringsErrors() async throws {
        struct Broken: Error, CustomStringConvertible {
            let description = "the disk is gone"
        }
        try await ServedSocket.serving { _, _ in
            throw Broken()
        } while: { served in
            await #expect(throws: Refusal(.failed, ["the disk is gone"])) {
                try await served.client.ask(.status, for: Done.self)
            }
        }
    }

    @Test("says where nobody listens")
    func saysWhereNobodyListens() async throws {
        let path = ServedSocket.freshPath()
        let error = await #expect(throws: Unreachable.self) {
            try await ControlClient(socket: path).ask(.status, for: Done.self)
        }
        let text = try #require(error).description
        #expect(text.hasPrefix("cannot reach drilld at \(path) ("))
        #expect(text.hasSuffix("); start it, or name its socket with --socket"))
    }

    @Test("may be answered with megabytes")
    func mayBeLarge() async throws {
        let text = String(repeating: "timeline ", count: 1_000_000)
        let done = try await ServedSocket.serving { _, _ in
            Done(message: text)
        } while: {
            try await $0.client.ask(.status, for: Done.self)
        }
        #expect(done.message == text)
    }

    @Test("is answered beside a hundred others")
    func besideOthers() async throws {
        let answers = try await ServedSocket.serving { request, _ in
            guard case .runs(let limit) = request else { throw Refusal(.badRequest, []) }
            return Done(message: "\(limit)")
        } while: { served in
            try await withThrowingTaskGroup(of: Int?.self) { tasks in
                for number in 1...100 {
                    tasks.addTask {
                        let request = ControlRequest.runs(limit: number)
                        return Int(try await served.client.ask(request, for: Done.self).message)
                    }
                }
                return try await tasks.reduce(into: Set<Int?>()) { $0.insert($1) }
            }
        }
        #expect(answers == Set((1...100).map(Optional.some)))
    }
}
