import CalendarTime
import Console
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Foundation
import Testing

@Suite("A page storm whose drilld is killed", .serialized, .timeLimit(.minutes(3)))
struct KilledStormTests {
    private let ground: TestGround
    private let sink: Sink

    init() throws {
        ground = try TestGround()
        sink = try Sink { _, _ in .status(202) }
        try ground.keep("key-of-the-webhooks-0123", in: "signing.key")
        try ground.arm()
        try ground.write(TestFiles.storm(in: ground.path), to: "etc/scenarios/storm.scenario")
        try ground.hook(
            "repair",
            #"""
            while [ ! -e "${DRILL_TARGET_ROOT%/*}/go" ]; do sleep 0.02; done
            echo "whole again" >"$DRILL_TARGET_ROOT/flag"
            """#)
        let channel = """
            [Channel sink]
            Type=webhook
            Url=http://127.0.0.1:\(sink.port)
            Key=@file:\(ground.path)/signing.key

            """
        try ground.plan(
            TestFiles.people, channel,
            TestFiles.attended("storm", kind: "page-storm", scenario: "storm")
                .replacing("Channel=pager", with: "Channel=sink"))
    }

    /// The program as it was built beside these tests.
    private func launch() throws -> Process {
        let process = Process()
        process.executableURL = Bundle.module.bundleURL.deletingLastPathComponent()
            .appending(path: "drilld")
        process.arguments = [
            "--foreground", "--state", ground.state.path, "--folder", "\(ground.path)/etc",
            "--socket", ground.configuration.socket, "--agent-socket", ground.state.socket,
        ]
        process.standardError = FileHandle(forWritingAtPath: "/dev/null")
        try process.run()
        return process
    }

    private var client: ControlClient { ControlClient(socket: ground.configuration.socket) }

    private func entries() async -> [Timeline.Entry] {
        // While no drilld listens, nothing is known.
        (try? await client.ask(.run("storm-1"), for: RunDetail.self))?.timeline.entries ?? []
    }

    private func events() async -> [RunEvent] { await entries().map(\.event) }

    private func begin() async throws {
        #expect(
            await eventually {
                (try? await client.ask(.start("storm"), for: Started.self)) != nil
            })
    }

    /// Posts that fire, by page and level; the same page is posted again only with the same key.
    private func posts() throws -> [String: Set<String>] {
        var keys: [String: Set<String>] = [:]
        for request in sink.requests {
            let body = try JSONSerialization.jsonObject(with: Data(request.body.utf8))
            guard let fields = body as? [String: Any], fields["event"] as? String == "firing",
                let page = fields["page"] as? String, let level = fields["level"] as? String
            else { continue }
            let key = request.head.split(separator: "\r\n").first { line in
                line.lowercased().hasPrefix("idempotency-key:")
            }
            keys["\(page) \(level)", default: []].insert(String(key ?? "none"))
        }
        return keys
    }

    @Test("goes on: no page twice, no ack lost, and the clocks are right")
    func goesOn() async throws {
        let first = try launch()
        defer { first.terminate() }
        try await begin()
        #expect(await eventually { sink.requests.count >= 2 })
        let ack = ControlRequest.ack("storm-1", page: "p1", person: "sre-1", channel: "test")
        #expect(await eventually { (try? await client.ask(ack, for: Done.self)) != nil })
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()

        let second = try launch()
        defer { second.terminate() }
        #expect(
            await eventually {
                await events().contains(.resumed(reason: "drilld was started again"))
            })
        // Nobody acknowledges the others: each is escalated when its own deadline comes.
        #expect(
            await eventually {
                let escalated = await events().count { event in
                    guard case .escalated = event else { return false }
                    return true
                }
                return escalated == 4
            })
        let entries = await entries()
        try expectRightClocks(entries)
        #expect(
            entries.count { $0.event == .acked(page: "p1", person: "sre-1", channel: "test") } == 1)
        #expect(await eventually { (try? posts().count) == 9 })
        for (page, keys) in try posts() { #expect(keys.count == 1, "\(page)") }
        _ = try await client.ask(.abort("storm-1", reason: "seen enough"), for: Done.self)
        #expect(await eventually { await events().last.isClosed })
        second.terminate()
        second.waitUntilExit()
        #expect(ground.read("target/flag") == "whole\n")
    }

    @Test("does not go on while the HALT lever is pulled: nobody is paged any more")
    func obeysHalt() async throws {
        let first = try launch()
        defer { first.terminate() }
        try await begin()
        #expect(await eventually { sink.requests.count >= 2 })
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        try HaltLever(folder: ground.state).pull(
            Halt(by: "sre-1", reason: "enough", at: MachineClock.now().wall))

        let second = try launch()
        defer { second.terminate() }
        #expect(await eventually { await events().last.isClosed })
        let recorded = await events()
        #expect(recorded.contains(.interrupted(reason: "drilld was started again")))
        let taken = recorded.drop { $0 != .interrupted(reason: "drilld was started again") }
        #expect(
            !taken.contains { event in
                if case .pagePosting = event { true } else { false }
            })
        #expect(ground.read("target/flag") == "whole\n")
    }

    /// Each page is escalated five seconds after it was sent, within what a busy machine takes.
    private func expectRightClocks(_ entries: [Timeline.Entry]) throws {
        for entry in entries {
            guard case .escalated(let page, _, _) = entry.event else { continue }
            let sent = try #require(
                entries.first { earlier in
                    guard case .pageSent(page, _, .primary, _) = earlier.event else { return false }
                    return true
                })
            let error = abs((entry.at.boot - sent.at.boot) - 5_000_000)
            #expect(error < 2_000_000, "\(page): \(error)µs off")
        }
    }
}

extension RunEvent? {
    fileprivate var isClosed: Bool {
        guard case .closed? = self else { return false }
        return true
    }
}
