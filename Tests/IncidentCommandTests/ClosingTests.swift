import CalendarTime
import Drills
import IncidentCommand
import Testing

@Suite("All clear")
struct ClosingTests {
    private let clear = ResponseAct.clear(reason: "errors are gone")

    @Test("needs a reason, every page acknowledged and the bleed stopped")
    func needs() {
        var session = Session.responding(.attended(pages: [.sample("a"), .sample("b")]))
        #expect(
            session.act(.clear(reason: ""))
                == "all clear needs its reason; say what shows that it is over")
        #expect(
            session.act(clear)
                == "these pages are not acknowledged: a, b; acknowledge them first")
        session.acknowledge("a")
        session.acknowledge("b")
        #expect(
            session.act(clear)
                == "the bleed is not stopped, nothing was rolled back or mitigated; stop it first")
        session.note(.mitigated)
        #expect(session.act(clear) == nil)
        #expect(
            session.act(clear, by: "sre-2")
                == "sre-1 declared all clear; status, trace and investigate remain")
    }

    @Test("waits for no page of another team, for noise or for one that is over")
    func waitsForNothingElse() {
        var session = Session.scoped(.attended(pages: [.sample("a"), .noise, .foreign]))
        session.rollBack()
        session.note(.ackExpired(page: "a", person: "sre-1"))
        #expect(
            session.act(clear) == "these pages are not acknowledged: a; acknowledge them first")
        session.note(.pageResolved(page: "a", reason: "its end came"))
        #expect(session.act(clear) == nil)
    }

    @Test("is possible with the bleed going on where a rollback would not stop it")
    func isPossibleWithoutRollback() {
        var session = Session.scoped()
        session.act(.captureTrace(note: "n", outOfTurn: .rollbackWouldNotStopIt))
        #expect(session.act(clear) == nil)
    }

    @Test("waits for the branch of a checkpoint that is frozen")
    func waitsForTheFrozen() {
        var session = Session.scoped()
        session.rollBack()
        session.pass(to: 300)
        #expect(
            session.act(clear)
                == """
                checkpoint 1 is frozen without a decision; lead-1 or deputy-1 has to choose a \
                branch first
                """)
        session.decide()
        #expect(session.act(clear) == nil)
    }

    @Test("does not wait for a frozen checkpoint that nobody is there to decide")
    func waitsForNobody() {
        let roster = Roster(
            commander: "sre-1", deputy: nil, scoreOwner: "scorer-1", observers: [],
            onCall: [
                OnCall(level: .primary, person: "sre-1"),
                OnCall(level: .secondary, person: "sre-2"),
            ], lanes: [.response: "sre-2"])
        var session = Session.responding(.attended(roster: roster, availability: .absent))
        session.acknowledge(by: "sre-2")
        session.note(.mitigated)
        session.pass(to: 300)
        #expect(session.act(clear, by: "sre-2") == nil)
    }

    @Test("is no close at L1")
    func isNoCloseAtL1() {
        var session = Session.scoped()
        session.decide(.sample(confidence: .low, next: .minutes(1)))
        session.rollBack()
        #expect(
            session.act(clear)
                == """
                the last decision was made at L1, which allows no close; decide at L2 or L3 first
                """)
        session.pass(to: 60)
        session.decide()
        #expect(session.act(clear) == nil)
    }
}

@Suite("The words of a step")
struct StepTests {
    static let refusals: [(ResponseAct, String)] = [
        (
            .captureTrace(note: " ", outOfTurn: nil),
            "the scenario has no step that captures a trace; say in a note where it is"
        ),
        (
            .postStatus(text: "", outOfTurn: .asymmetricSeverity),
            "a status needs a text; say how things stand"
        ),
        (
            .investigate(note: "", outOfTurn: .asymmetricSeverity),
            "say in a note what is investigated"
        ),
        (.replay, "the scenario has no step that replays a trace; investigate by hand"),
    ]

    @Test("say what happened, or the step is refused", arguments: refusals)
    func refuses(act: ResponseAct, reason: String) {
        var session = Session.scoped()
        session.rollBack()
        #expect(session.act(act) == reason)
    }

    @Test("are not needed where the scenario has a step, and a replay needs its trace")
    func replays() {
        var session = Session.scoped(
            .attended(responses: [.sample(.rollback), .sample(.trace), .sample(.replay)]))
        session.rollBack()
        #expect(session.act(.replay) == "there is no trace to replay; capture one first")
        #expect(session.act(.captureTrace(note: "", outOfTurn: nil)) == nil)
        #expect(session.act(.replay) == nil)
    }
}

@Suite("Evidence and severity")
struct EvidenceTests {
    static let refusals: [(EvidenceItem, String)] = [
        (.sample(title: ""), "evidence needs a title; say in a few words what it shows"),
        (.sample(hash: "abc"), "'abc' is no SHA-256 hash; write 64 hexadecimal digits"),
        (
            .sample(content: String(repeating: "x", count: 49_153)),
            "49153 bytes of evidence are too many; keep the first 49152 and the hash of all"
        ),
    ]

    @Test("is kept whole and named, or refused", arguments: refusals)
    func refuses(item: EvidenceItem, reason: String) {
        var session = Session.responding()
        #expect(session.act(.addEvidence(item)) == reason)
    }

    @Test("is numbered from 1 in the order it was added")
    func isNumbered() {
        var session = Session()
        session.act(.addEvidence(.sample(title: "first")))
        session.act(.addEvidence(.sample(title: "second")))
        #expect(session.board.evidence[1]?.item.title == "first")
        #expect(session.board.evidence[2]?.number == 2)
        #expect(session.board.evidence[3] == nil)
        #expect(session.board.evidence[0] == nil)
    }

    static let changes: [(SeverityChange, PersonName, String)] = [
        (
            SeverityChange(severity: .sev1, evidence: 1, why: "w"), "sre-1",
            "the severity is changed by lead-1 or deputy-1; recommend it to them"
        ),
        (
            SeverityChange(severity: .sev2, evidence: 1, why: "w"), "lead-1",
            "the severity is SEV-2 already"
        ),
        (
            SeverityChange(severity: .sev1, evidence: 2, why: "w"), "lead-1",
            "there is no evidence 2; the last number is 1"
        ),
        (
            SeverityChange(severity: .sev1, evidence: 0, why: "w"), "lead-1",
            "there is no evidence 0; the last number is 1"
        ),
        (
            SeverityChange(severity: .sev1, evidence: 1, why: ""), "deputy-1",
            "a change of severity needs its reason; say in why what the evidence shows"
        ),
    ]

    @Test("change the severity only together with its reason", arguments: changes)
    func refusesChanges(change: SeverityChange, person: PersonName, reason: String) {
        var session = Session.responding()
        session.act(.addEvidence(.sample()))
        #expect(session.act(.changeSeverity(change), by: person) == reason)
    }

    @Test("change the posture with the severity")
    func changesPosture() {
        var session = Session.responding()
        session.act(.addEvidence(.sample()))
        session.act(
            .changeSeverity(SeverityChange(severity: .sev1, evidence: 1, why: "every region")),
            by: "lead-1")
        #expect(session.board.severity.current == .sev1)
        #expect(session.board.severity.changes.map(\.from) == [.sev2])
        #expect(
            session.board.severity.posture == [
                "roll back first and understand later; secondary and deputy are called at once",
                "stop writes first; correct later from the record, replay only reconciled",
            ])
    }

    @Test("know a posture for each class of dependency", arguments: DependencyClass.allCases)
    func knowsPostures(dependency: DependencyClass) {
        #expect(dependency.posture.contains(": ") || dependency.posture.contains("; "))
    }
}

extension PagePlan {
    fileprivate static let noise = PagePlan(
        name: "noise", summary: "disk", after: .zero, to: .primary, severity: .sev3,
        isNoise: true)
    fileprivate static let foreign = PagePlan(
        name: "foreign", summary: "search", after: .zero, to: .primary, severity: .sev3,
        team: "search")
}
