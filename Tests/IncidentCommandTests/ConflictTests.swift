import CalendarTime
import Drills
import IncidentCommand
import Testing

@Suite("Conflicting recommendations")
struct ConflictTests {
    static let rankings: [(Recommendation, Recommendation, String)] = [
        (
            .sample(), .sample(.continueMitigation, rung: nil, reversibility: 2, blastRadius: 2),
            """
            roll-back by flag-off of sre-1 (reversibility 3, blast radius 1) goes before \
            continue-mitigation of sre-2 (reversibility 2, blast radius 2): the more reversible \
            wins
            """
        ),
        (
            .sample(),
            .sample(
                .continueMitigation, rung: nil, reversibility: 0, blastRadius: 3, evidence: 1),
            """
            continue-mitigation of sre-2 (reversibility 0, blast radius 3) goes before roll-back \
            by flag-off of sre-1 (reversibility 3, blast radius 1): it rests on evidence 1, the \
            other on none
            """
        ),
        (
            .sample(reversibility: 2, blastRadius: 0),
            .sample(.escalateAndPause, rung: nil, reversibility: 3, blastRadius: 1),
            """
            escalate-and-pause of sre-2 (reversibility 3, blast radius 1) goes before roll-back \
            by flag-off of sre-1 (reversibility 2, blast radius 0): the more reversible wins
            """
        ),
        (
            .sample(reversibility: 2, blastRadius: 0),
            .sample(.escalateAndPause, rung: nil, reversibility: 3, blastRadius: 3),
            """
            escalate-and-pause of sre-2 (reversibility 3, blast radius 3) goes before roll-back \
            by flag-off of sre-1 (reversibility 2, blast radius 0): the more reversible wins
            """
        ),
        (
            .sample(reversibility: 2, blastRadius: 1),
            .sample(.escalateAndPause, rung: nil, reversibility: 2, blastRadius: 0),
            """
            escalate-and-pause of sre-2 (reversibility 2, blast radius 0) goes before roll-back \
            by flag-off of sre-1 (reversibility 2, blast radius 1): equally reversible, the \
            smaller blast radius wins
            """
        ),
        (
            .sample(), .sample(rung: .fullRollback),
            """
            roll-back by flag-off of sre-1 (reversibility 3, blast radius 1) goes before \
            roll-back by full-rollback of sre-2 (reversibility 3, blast radius 1): equal scores, \
            the first recommended wins
            """
        ),
    ]

    @Test("become one record with one winner, in words", arguments: rankings)
    func ranks(first: Recommendation, second: Recommendation, sentence: String) {
        var session = Session.conflicting(first, second)
        #expect(session.board.checkpoints.conflict?.sentence == sentence)
        session.decide(
            .sample(.escalateAndPause, rung: nil, rejected: "flag-off, continue mitigation"))
        #expect(session.board.checkpoints.all.first?.conflict?.sentence == sentence)
        #expect(session.board.checkpoints.conflict == nil)
    }

    @Test("are none when both say the same, or one person thinks again")
    func agree() {
        #expect(Session.conflicting(.sample(), .sample()).board.checkpoints.conflict == nil)
        var session = Session.conflicting(.sample(), .sample(.escalateAndPause, rung: nil))
        session.act(.recommend(.sample()), by: "sre-2")
        #expect(session.board.checkpoints.conflict == nil)
    }

    @Test("are decided against the winner only with evidence or with the winner rejected")
    func bindsTheDecision() {
        var session = Session.conflicting(.sample(), .sample(.escalateAndPause, rung: nil))
        let against = """
            recommendations conflict at checkpoint 1 and roll-back by flag-off of sre-1 goes \
            first; take it, say in rejected why not flag-off, or cite evidence such as 'evidence 1'
            """
        #expect(session.decide(.sample(.escalateAndPause, rung: nil)) == against)
        let cited = Decision.sample(
            .escalateAndPause, rung: nil, whyNow: "Evidence 1 shows that no flag was touched")
        #expect(session.decide(cited) == against, "there is no evidence 1 yet")
        session.act(.addEvidence(.sample()))
        #expect(session.decide(cited) == nil)
    }

    @Test("are looked at again within 10min, or that is on the record")
    func areReassessed() {
        var session = Session.conflicting(.sample(), .sample(.escalateAndPause, rung: nil))
        session.decide(.sample(.rollBack, next: .minutes(30)))
        session.pass(to: 600)
        #expect(
            Drawing(session, of: ["checkpoint", "reassessment"]).text == """
                checkpoint   |D    2    !|
                reassessment |          !|
                """)
        var kept = Session.conflicting(.sample(), .sample(.escalateAndPause, rung: nil))
        kept.decide(.sample(.rollBack, next: .minutes(30)))
        kept.pass(to: 480)
        kept.decide()
        kept.pass(to: 900)
        #expect(!kept.board.overruns.contains(.reassessment(checkpoint: 1)))
    }

    static let refusals: [(Recommendation, String)] = [
        (.sample(why: " "), "a recommendation needs its reason; say why in a sentence"),
        (
            .sample(reversibility: 4),
            "reversibility and blast-radius are numbers from 0 to 3"
        ),
        (
            .sample(.continueMitigation, rung: .fullRollback),
            """
            a full-rollback is a branch of its own; choose roll-back by full-rollback, or \
            continue-mitigation by flag-off or bounded-patch
            """
        ),
        (
            .sample(evidence: 1),
            "there is no evidence 1, none was added yet; add it first"
        ),
    ]

    @Test("are made of recommendations with reason, scores and evidence", arguments: refusals)
    func refuses(recommendation: Recommendation, reason: String) {
        var session = Session.responding()
        #expect(session.act(.recommend(recommendation)) == reason)
    }
}

extension Session {
    fileprivate static func conflicting(_ first: Recommendation, _ second: Recommendation)
        -> Session
    {
        var session = Session.responding()
        if first.evidence != nil || second.evidence != nil {
            session.act(.addEvidence(.sample()))
        }
        session.act(.recommend(first), by: "sre-1")
        session.act(.recommend(second), by: "sre-2")
        return session
    }
}
