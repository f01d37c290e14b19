import Console
import ControlAPI
import Drills
import Foundation
import Glibc
import Testing

@Suite("A control socket", .timeLimit(.minutes(1)))
struct ListenerTests {
    private static let answer: ControlServer.Answer = { _, _ in Done(message: "fine") }

    @Test("lets owner and group in, nobody else")
    func hasItsMode() async throws {
        let mode = try await ServedSocket.serving(answer: Self.answer) { served in
            var status = stat()
            stat(served.path, &status)
            return status.st_mode & 0o777
        }
        #expect(mode == 0o660)
    }

    @Test("takes the place of one that a killed daemon left")
    func replacesAnOldOne() async throws {
        let path = ServedSocket.freshPath()
        close(try UNIXAddress.listening(at: path))
        let done = try await ServedSocket.serving(path: path, answer: Self.answer) {
            try await $0.client.ask(.status, for: Done.self)
        }
        #expect(done == Done(message: "fine"))
    }

    @Test("may be inherited")
    func mayBeInherited() async throws {
        let path = ServedSocket.freshPath()
        let descriptor = try UNIXAddress.listening(at: path)
        let done = try await ServedSocket.serving(
            at: .descriptor(descriptor), path: path, answer: Self.answer
        ) { try await $0.client.ask(.status, for: Done.self) }
        #expect(done == Done(message: "fine"))
    }

    @Test("ends a long poll when the server shuts down")
    func endsLongPolls() async throws {
        let (polling, feed) = AsyncStream.makeStream(of: Void.self)
        try await ServedSocket.serving { _, _ in
            feed.finish()
            // Nothing ever comes; only the shutdown ends it.
            for await _ in AsyncStream<Void>.makeStream().stream {}
            return Done(message: "ended")
        } while: { served in
            async let poll = served.client.ask(
                .events("rollback-1", after: 0, waitMilliseconds: 60_000), for: Done.self)
            for await _ in polling {}
            await served.shutDown()
            // An answer or a closed connection: either way nobody waits on.
            _ = try? await poll
        }
    }

    @Test("may be closed while clients come in", arguments: 1...50)
    func closesUnderLoad(round: Int) async throws {
        try await ServedSocket.serving(answer: Self.answer) { served in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<8 {
                    // Some are answered, some find the socket closed; nobody waits for ever.
                    tasks.addTask { _ = try? await served.client.ask(.status, for: Done.self) }
                }
                tasks.addTask { await served.shutDown() }
                try await tasks.waitForAll()
            }
        }
    }

    @Test("says so when it cannot be made")
    func cannotBeMade() async throws {
        await #expect(throws: (any Error).self) {
            try await ServedSocket.serving(path: "/proc/no/such.sock", answer: Self.answer) { _ in }
        }
    }
}
