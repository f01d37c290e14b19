import CalendarTime
import Drills
import IncidentCommand
import Testing

@Suite("A decision")
struct DecisionTests {
    static let refusals: [(Decision, String)] = [
        (
            .sample(
                whyNow: "", rejected: " ", reversibility: "", blastRadius: "", verification: ""),
            """
            a decision without why-now, rejected, reversibility, blast-radius, verification is \
            not accepted; write a sentence for each
            """
        ),
        (
            .sample(verification: "\t"),
            "a decision without verification is not accepted; write a sentence for each"
        ),
        (
            .sample(next: .minutes(45)),
            "next-checkpoint is 45min; write a time of at most 30min, such as 10min"
        ),
        (
            .sample(execution: "sre-2"),
            "sre-2 cannot execute and verify; name two people"
        ),
        (
            .sample(execution: "observer-1"),
            "observer-1 watches and scores this run; name someone who responds"
        ),
        (
            .sample(verificationOwner: "guest"),
            """
            guest has no part in this run; its people are lead-1, deputy-1, sre-1, sre-2, sre-3, \
            comms-1, scorer-1, observer-1
            """
        ),
        (
            .sample(.rollBack, rung: nil),
            "roll-back needs a rung; choose flag-off or full-rollback"
        ),
        (
            .sample(.rollBack, rung: .boundedPatch),
            """
            a bounded-patch rolls nothing back; choose flag-off or full-rollback, or \
            continue-mitigation by bounded-patch
            """
        ),
        (
            .sample(rung: .fullRollback, rejected: "flag-off, bounded-patch"),
            """
            a full-rollback is a branch of its own; choose roll-back by full-rollback, or \
            continue-mitigation by flag-off or bounded-patch
            """
        ),
        (
            .sample(.escalateAndPause, rung: .boundedPatch, rejected: "flag-off"),
            """
            a pause changes nothing but a flag; choose escalate-and-pause without a rung or by \
            flag-off, continue-mitigation by bounded-patch, or roll-back by full-rollback
            """
        ),
        (
            .sample(rung: .boundedPatch),
            """
            bounded-patch comes after flag-off on the reversible ladder; take that first, or say \
            in rejected why not flag-off
            """
        ),
        (
            .sample(.rollBack, rung: .fullRollback),
            """
            full-rollback comes after flag-off and bounded-patch on the reversible ladder; take \
            that first, or say in rejected why not flag-off and bounded-patch
            """
        ),
        (
            .sample(.rollBack, rung: .fullRollback, rejected: "flag-off: there is no flag"),
            """
            full-rollback comes after bounded-patch on the reversible ladder; take that first, or \
            say in rejected why not bounded-patch
            """
        ),
        (
            .sample(rung: nil, confidence: .low),
            """
            at L1 only what can be undone is decided; choose flag-off, roll-back by full-rollback \
            or a higher confidence
            """
        ),
    ]

    @Test("is refused in words, and nothing is decided", arguments: refusals)
    func isRefused(decision: Decision, reason: String) {
        var session = Session.responding()
        #expect(session.decide(decision) == reason)
        #expect(session.board.checkpoints.open?.number == 1)
    }

    @Test(
        "is accepted with its statements and the ladder in order",
        arguments: [
            Decision.sample(), .sample(rung: nil), .sample(.escalateAndPause, rung: nil),
            .sample(confidence: .low), .sample(.escalateAndPause, rung: nil, confidence: .low),
            .sample(.rollBack, rung: .flagOff), .sample(.escalateAndPause, rung: .flagOff),
            .sample(
                .rollBack, rung: .fullRollback,
                rejected: "Flag off: none; a bounded patch takes an hour", confidence: .low),
        ])
    func isAccepted(decision: Decision) {
        var session = Session.responding()
        #expect(session.decide(decision) == nil)
        #expect(session.board.checkpoints.lastDecision?.decision == decision)
    }

    @Test("takes a lower rung once those above were taken")
    func takesLowerRungs() {
        var session = Session.responding()
        session.decide(.sample(next: .minutes(1)))
        session.pass(to: 60)
        session.decide(.sample(rung: .boundedPatch, next: .minutes(1)))
        session.pass(to: 120)
        #expect(session.decide(.sample(.rollBack, rung: .fullRollback)) == nil)
    }

    @Test("at L1 cannot roll back where the scenario has no rollback")
    func needsARollback() {
        var session = Session.responding(.attended(responses: []))
        let decision = Decision.sample(
            .rollBack, rung: .fullRollback, rejected: "flag-off, bounded-patch",
            confidence: .low)
        #expect(
            session.decide(decision)
                == """
                at L1 only what can be undone is decided; choose flag-off, escalate-and-pause or \
                a higher confidence
                """)
    }

    @Test("names nobody who is out")
    func namesNobodyAbsent() {
        var session = Session.responding(.attended(availability: .absent))
        #expect(
            session.decide() == "sre-1 is out in this drill until it ends; name someone else")
    }

    @Test("is the commander's, and the deputy's once the checkpoint is overdue")
    func isTheCommanders() {
        var session = Session.responding()
        #expect(
            session.decide(by: "sre-1")
                == "checkpoint 1 is decided by lead-1; recommend it to them")
        session.pass(to: 61)
        #expect(
            session.decide(by: "deputy-1")
                == "checkpoint 1 is lead-1's to decide for another 3min 59s; recommend it until then"
        )
        session.pass(to: 300)
        #expect(session.decide(by: "deputy-1") == nil)
    }

    @Test("is the deputy's when the commander is out in this cycle")
    func isTheDeputys() {
        let roster = Roster(
            commander: "sre-1", deputy: "deputy-1", scoreOwner: "scorer-1", observers: [],
            onCall: [OnCall(level: .primary, person: "sre-1")], lanes: [.response: "sre-2"])
        var session = Session.responding(.attended(roster: roster, availability: .absent))
        let decision = Decision.sample(execution: "sre-2", verificationOwner: "deputy-1")
        #expect(session.decide(decision, by: "deputy-1") == nil)
    }

    @Test("is made once per checkpoint: of two at once the first recorded stands")
    func isMadeOnce() {
        var session = Session.responding()
        session.decide(.sample(next: .minutes(12)))
        #expect(
            session.decide(.sample(.escalateAndPause, rung: nil))
                == "checkpoint 1 was decided by lead-1; the next opens in 12min")
        #expect(session.board.checkpoints.decisions.count == 1)
    }
}
