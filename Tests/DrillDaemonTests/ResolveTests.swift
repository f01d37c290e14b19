import ControlAPI
import DrillDaemon
import Drills
import Foundation
import Synchronization
import Testing

@Suite("A page that is over", .serialized, .timeLimit(.minutes(2)))
struct ResolveTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
        try ground.hook(
            "repair",
            #"""
            while [ ! -e "${DRILL_TARGET_ROOT%/*}/go" ]; do sleep 0.02; done
            echo "whole again" >"$DRILL_TARGET_ROOT/flag"
            """#)
        try ground.keep("0123456789abcdef0123456789abcdef", in: "routing.key")
        let page = """
            [Page flag]
            Summary=the flag is broken
            Duplicates=1
            RepeatEverySec=300ms
            ResolveSec=600ms

            """
        try ground.write(
            TestFiles.scenario(in: ground.path)
                .replacing("[Page flag]\nSummary=the flag is broken\n", with: page),
            to: "etc/scenarios/quick.scenario")
    }

    private func plan(_ sink: Sink) throws {
        let channel = """
            [Channel duty]
            Type=pagerduty
            Url=http://127.0.0.1:\(sink.port)
            Key=@file:\(ground.path)/routing.key

            """
        try ground.plan(channel, TestFiles.drill("quick", "Channel=\nChannel=duty"))
    }

    private func events(_ desk: DrillDesk) async throws -> [RunEvent] {
        try await desk.detail(of: "quick-1")?.timeline.entries.map(\.event) ?? []
    }

    /// What became of the repetition.
    private func repetition(_ desk: DrillDesk) async throws -> Receipt? {
        try await events(desk).lazy.compactMap { event -> Receipt? in
            guard case .pageRepeated(_, _, let receipt) = event else { return nil }
            return receipt
        }.first
    }

    private func actions(_ sink: Sink) -> [String] {
        sink.requests.map { $0.body.contains(#""trigger""#) ? "trigger" : "resolve" }
    }

    @Test("is not fired again by a repetition that the service put off")
    func retriedRepetition() async throws {
        let sink = try Sink { _, earlier in
            earlier == 1 ? .status(429, headers: "Retry-After: 1\r\n") : .status(202)
        }
        try plan(sink)
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(try await eventually { try await repetition(desk) != nil })
            #expect(
                try await repetition(desk)?.verdict
                    == .lost(reason: "answered 429: {}; not tried again, since the page is over"))
            #expect(Array(actions(sink).prefix(3)) == ["trigger", "trigger", "resolve"])
            try ground.write("", to: "go")
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
        #expect(actions(sink).count { $0 == "trigger" } == 2)
        #expect(actions(sink).last == "resolve")
    }

    @Test("is resolved again after a repetition that arrived behind its end")
    func overtakenRepetition() async throws {
        let gate = DispatchSemaphore(value: 0)
        let sink = try Sink { request, earlier in
            if request.body.contains(#""resolve""#) {
                gate.signal()
            } else if earlier == 1 {
                _ = gate.wait(timeout: .now() + 9)
            }
            return .status(202)
        }
        try plan(sink)
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(try await eventually { try await repetition(desk) != nil })
            #expect(try await repetition(desk)?.wasAccepted == true)
            #expect(await eventually { actions(sink).count >= 4 })
            #expect(actions(sink) == ["trigger", "trigger", "resolve", "resolve"])
            try ground.write("", to: "go")
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
        #expect(actions(sink).count == 4)
    }

    @Test("because the run ended before it was answered is lost, and that is on the record")
    func unanswered() async throws {
        let sink = try Sink { _, earlier in earlier == 0 ? .silence : .status(202) }
        try plan(sink)
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(await eventually { sink.requests.count == 1 })
            _ = try await desk.ask(.abort("quick-1", reason: "enough"))
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
            let receipts = try await events(desk).compactMap { event -> Receipt? in
                guard case .pageSent(_, _, _, let receipt) = event else { return nil }
                return receipt
            }
            #expect(
                receipts.map(\.verdict)
                    == [.lost(reason: "the run ended before it was answered")])
        }
    }
}
