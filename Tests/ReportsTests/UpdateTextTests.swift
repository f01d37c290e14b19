import CalendarTime
import Drills
import Reports
import Samples
import Testing

@Suite("An update")
struct UpdateTextTests {
    /// The sample storm as it stood at a second.
    private func storm(at second: Int64) -> (timeline: Timeline, now: Moment) {
        let steps = SampleStorm.story.filter { $0.second <= Double(second) }
        let now = Moment(
            wall: WallInstant(microsecondsSinceEpoch: second * 1_000_000),
            boot: BootInstant(microsecondsSinceBoot: second * 1_000_000 + 100_000_000))
        return (SampleStorm.timeline(steps), now)
    }

    @Test(
        "is rendered from the run's state as recorded",
        arguments: [
            (UpdateKind.firstFiveMinutes, Int64(90)), (.escalation, 95), (.internal, 310),
            (.stakeholder, 310), (.snapshot, 450), (.leadership, 800),
        ])
    func golden(kind: UpdateKind, second: Int64) throws {
        let (timeline, now) = storm(at: second)
        let text = try #require(
            UpdateText.render(kind, timeline, now: now, note: kind == .internal ? "lag falls" : ""))
        try expectGolden(text, "update-\(kind.rawValue).txt")
    }

    @Test("has something to say before anything happened", arguments: UpdateKind.allCases)
    func early(kind: UpdateKind) throws {
        let (timeline, now) = storm(at: 0)
        let text = try #require(UpdateText.render(kind, timeline, now: now))
        #expect(
            text.contains("nothing is injected yet") || kind == .escalation || kind == .internal
                || kind == .snapshot)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("says what is not known rather than a number")
    func unknown() throws {
        let plan = SampleStorm.plan(withUsersPerMinute: nil)
        let steps = SampleStorm.story.filter { $0.second < 40 }
        let now = storm(at: 40).now
        let text = try #require(
            UpdateText.render(.leadership, SampleStorm.timeline(steps, of: plan), now: now))
        #expect(text.contains("not known; the scenario has no UsersAffectedPerMinute="))
        #expect(text.contains("goes on for 30s now"))
        #expect(text.contains("cannot be told without an ack and a rollback"))
    }

    @Test("names no person to stakeholders")
    func stakeholders() throws {
        let (timeline, now) = storm(at: 310)
        let text = try #require(UpdateText.render(.stakeholder, timeline, now: now))
        for person in ["sre-1", "sre-2", "lead-1", "lead-2", "observer-2"] {
            #expect(!text.contains(person))
        }
    }

    @Test("does not exist for an empty timeline")
    func empty() {
        let (_, now) = storm(at: 0)
        #expect(UpdateText.render(.internal, Timeline(entries: []), now: now) == nil)
    }

    @Test(
        "of a checkpoint has what everybody needs to know there, as recorded",
        arguments: [("open", Int64(135)), ("overdue", 745), ("between", 200)])
    func packet(name: String, second: Int64) throws {
        let (timeline, now) = storm(at: second)
        let text = try #require(PacketText.render(timeline, now: now))
        try expectGolden(text, "packet-\(name).txt")
    }

    @Test("of each checkpoint there was is kept as it stood when it opened, with what was decided")
    func packets() throws {
        let packets = PacketText.renderAll(SampleStorm.conflicted)
        #expect(packets.count == 2)
        try expectGolden(packets.joined(separator: "\n"), "packets.txt")
        #expect(PacketText.renderAll(Timeline(entries: [])).isEmpty)
    }

    @Test("takes a status that a hook posts for posted once the hook has")
    func statusByHook() throws {
        let plan = RunPlan.sample(responses: [.sample(.status)])
        let now = storm(at: 60).now
        func text(_ status: Int32) throws -> String {
            let steps: [SampleStorm.Step] = [
                (
                    5,
                    .acted(
                        act: .postStatus(text: "we are on it", outOfTurn: nil), person: "sre-1",
                        via: "console")
                ),
                (
                    7,
                    .responseFinished(
                        response: "status", page: nil, person: "sre-1", report: .exit(status))
                ),
            ]
            return try #require(
                UpdateText.render(.stakeholder, SampleStorm.timeline(steps, of: plan), now: now))
        }
        #expect(try text(1).contains("nothing was posted yet"))
        #expect(try text(0).contains("we are on it"))
    }
}

extension SampleStorm {
    /// The storm with two recommendations that conflict at its first checkpoint, and one after the decision.
    static var conflicted: Timeline {
        let advice = { (branch: Decision.Branch, rung: Decision.Rung?, reversibility: Int) in
            ResponseAct.recommend(
                Recommendation(
                    branch: branch, rung: rung, why: "w", reversibility: reversibility,
                    blastRadius: 1, evidence: nil))
        }
        let more: [Step] = [
            (
                131,
                .acted(act: advice(.rollBack, .fullRollback, 3), person: "sre-1", via: "console")
            ),
            (
                132,
                .acted(
                    act: advice(.continueMitigation, .boundedPatch, 1), person: "sre-2",
                    via: "console")
            ),
            (450, .acted(act: advice(.escalateAndPause, nil, 2), person: "sre-1", via: "console")),
            (451, .acted(act: advice(.rollBack, .flagOff, 3), person: "sre-2", via: "console")),
        ]
        return timeline((story + more).sorted { $0.second < $1.second })
    }
}

@Suite("The notebook of the on-call")
struct NotebookTextTests {
    @Test("is one page as recorded")
    func golden() throws {
        let text = NotebookText(SampleStorm.plan).text
        try expectGolden(text, "notebook.txt")
        #expect(text.split(separator: "\n").count <= 66)
    }

    @Test("says so where the scenario names no rollback, channel or address")
    func bare() throws {
        try expectGolden(NotebookText(.sample(responses: [], pages: [])).text, "notebook-bare.txt")
    }
}
