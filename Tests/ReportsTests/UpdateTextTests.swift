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
