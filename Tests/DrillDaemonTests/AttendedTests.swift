import ControlAPI
import DrillDaemon
import Drills
import Testing

@Suite("In an attended run", .serialized, .timeLimit(.minutes(2)))
struct AttendedTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
        try ground.plan(
            TestFiles.people, TestFiles.attended("quick", kind: "rollback", scenario: "quick"))
    }

    private func events(_ desk: DrillDesk) async throws -> [RunEvent] {
        try await desk.detail(of: "quick-1")?.timeline.entries.map(\.event) ?? []
    }

    private func whileResponding(_ body: @Sendable (DrillDesk) async throws -> Void) async throws {
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(
                try await eventually {
                    try await events(desk).contains { event in
                        guard case .checkpointOpened = event else { return false }
                        return true
                    }
                })
            try await body(desk)
        }
    }

    private static func decision(_ number: Int) -> ResponseAct {
        .decide(
            Decision(
                branch: .continueMitigation, rung: nil, whyNow: "reason \(number)",
                rejected: "all else", reversibility: "at once", blastRadius: "one file",
                verification: "the probe", confidence: .medium, execution: "sre-1",
                verificationOwner: "sre-2", nextCheckpoint: .minutes(10)))
    }

    @Test("of many who decide at once exactly one has decided")
    func oneDecision() async throws {
        try await whileResponding { desk in
            let answers = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<8 {
                    let person: PersonName = number.isMultiple(of: 2) ? "lead-1" : "lead-2"
                    group.addTask {
                        // Seven of them are refused.
                        (try? await desk.ask(
                            .act(
                                "quick-1", Self.decision(number), by: person, via: "console")))
                            != nil
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0 } == 1)
            let events = try await events(desk)
            let decided = events.count { event in
                guard case .acted(.decide, _, _) = event else { return false }
                return true
            }
            let refused = events.count { event in
                guard case .actRefused(.decide, _, _) = event else { return false }
                return true
            }
            #expect(decided == 1)
            #expect(refused == 7)
        }
    }

    @Test("an update is recorded as it goes out, rendered from the run")
    func update() async throws {
        try await whileResponding { desk in
            let answer = try await desk.ask(
                .act(
                    "quick-1", .sendUpdate(.internal, note: "we look at the flag"), by: "sre-3",
                    via: "drillctl"))
            let message = try #require((answer as? Done)?.message)
            #expect(message.contains("[DRILL quick-1] Internal update"))
            #expect(message.contains("we look at the flag"))
            let recorded = try await events(desk).compactMap { event -> String? in
                guard case .acted(.sendUpdate(.internal, let text), "sre-3", _) = event else {
                    return nil
                }
                return text
            }
            #expect(recorded.count == 1)
            #expect(recorded.first?.contains("[DRILL quick-1] Internal update") == true)
        }
    }

    @Test("everything was looked at before the brief")
    func preChecks() async throws {
        try await whileResponding { desk in
            let found = try await events(desk).compactMap { event -> (PreCheck, Bool?, String)? in
                guard case .preChecked(let check, let passed, let detail) = event else {
                    return nil
                }
                return (check, passed, detail)
            }
            #expect(Set(found.map(\.0)) == Set(PreCheck.allCases))
            let byCheck = Dictionary(uniqueKeysWithValues: found.map { ($0.0, $0) })
            #expect(byCheck[.revision]?.1 == nil)
            #expect(byCheck[.revision]?.2 == "target 'ground' has no Revision=")
            #expect(byCheck[.rollbackPath]?.1 == true)
            #expect(byCheck[.rollbackPath]?.2 == "hooks/repair can be run now")
            #expect(byCheck[.owners]?.1 == true)
            #expect(byCheck[.evidencePlace]?.2 == "the drill has no place for evidence")
        }
    }

    @Test("a status is posted by the hook with the words that were typed")
    func status() async throws {
        try ground.hook("post", #"printf '%s' "$DRILL_STATUS_TEXT" >"$DRILL_TARGET_ROOT/status""#)
        try ground.write(
            TestFiles.scenario(in: ground.path) + "\n\n[Respond status]\nCommand=hooks/post\n",
            to: "etc/scenarios/quick.scenario")
        try await whileResponding { desk in
            _ = try await desk.ask(
                .act(
                    "quick-1",
                    .postStatus(text: "slow & 'odd'\nmore", outOfTurn: .asymmetricSeverity),
                    by: "sre-3", via: "drillctl"))
            #expect(await eventually { ground.read("target/status") == "slow & 'odd'\nmore" })
        }
    }

    @Test("the rollback is fired by whoever takes the step, and not before")
    func rollback() async throws {
        try await whileResponding { desk in
            #expect(ground.read("target/flag") == "broken\n")
            _ = try? await desk.ask(
                .ack("quick-1", page: "flag", person: "sre-1", channel: "drillctl"))
            _ = try await desk.ask(
                .act(
                    "quick-1", .rollBack(outOfTurn: .asymmetricSeverity), by: "sre-1",
                    via: "drillctl"))
            #expect(await eventually { ground.read("target/flag") == "whole again\n" })
        }
    }
}

@Suite("An attended drill", .timeLimit(.minutes(1)))
struct AttendedStartTests {
    @Test("does not start while a level of the roster is empty")
    func emptyLevel() async throws {
        let ground = try TestGround()
        try ground.arm()
        try ground.plan(
            TestFiles.people,
            TestFiles.attended("quick", kind: "rollback", scenario: "quick")
                .replacing("OnCall=secondary:sre-2\n", with: ""))
        let desk = try await ground.start().desk
        await #expect(
            throws: Refusal(
                .refused, ["nobody is on call as secondary; add OnCall=secondary:PERSON"])
        ) { try await desk.ask(.start("quick")) }
    }
}
