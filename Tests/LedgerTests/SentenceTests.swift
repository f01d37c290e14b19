import CalendarTime
import Drills
import Foundation
import Ledger
import Samples
import Testing

@Suite("What the ledger says")
struct SentenceTests {
    @Test("has a sentence for every event of a run")
    func runEvents() throws {
        let bad = HookReport(.timedOut)
        let good = HookReport.exit(0)
        let followUp = FollowUp(owner: "sre-1", due: "2027-02-01", text: "add an alert")
        let events: [RunEvent] = [
            .opened(plan: .cycle(1, of: "storm")), .phaseEntered(phase: .debrief),
            .probeFinished(probe: "front", stage: .before, report: good),
            .probeFinished(probe: "front", stage: .after, report: bad),
            .steadyChecked(stage: .before, report: good),
            .steadyChecked(stage: .during, report: bad),
            .injectFinished(fault: "f", outcome: .injected, report: good),
            .injectFinished(fault: "f", outcome: .skipped, report: .exit(77)),
            .injectFinished(fault: "f", outcome: .failed(reason: "it said no"), report: .exit(7)),
            .injectFinished(fault: "f", outcome: .unknown(reason: "no answer"), report: bad),
            .revertFinished(fault: "f", outcome: .verified, attempt: 1, report: good),
            .revertFinished(
                fault: "f", outcome: .failed(reason: "another fingerprint"), attempt: 2,
                report: .exit(7)),
            .abortChecked(condition: 0, report: good),
            .abortChecked(condition: 1, report: .exit(1)),
            .abortChecked(condition: 2, report: bad),
            .pageSent(
                page: "p", person: "sre-1", level: .primary,
                receipt: Receipt(channel: "pager", report: good)),
            .pageSent(
                page: "p", person: "sre-1", level: .primary,
                receipt: Receipt(channel: "pager", report: bad)),
            .pageWithheld(page: "p", person: "sre-1", reason: "the channel is down"),
            .acked(page: "p", person: "sre-1", channel: "drillctl"),
            .ackRefused(page: "p", person: "sre-2", reason: "another login"),
            .escalated(page: "p", from: "sre-1", to: "sre-2"),
            .responseStarted(response: "rollback", page: nil, person: "sre-1"),
            .responseStarted(response: "ack", page: "p", person: "sre-1"),
            .responseFinished(response: "ack", page: "p", person: "sre-1", report: good),
            .detected(probe: "front"), .mitigated, .resolved, .allReverted,
            .ownerNamed(checkpoint: .respond, lane: .comms, person: "sre-2"),
            .followUpAdded(followUp: followUp), .abortRequested(by: "lead-1", reason: "too hot"),
            .haltPulled(by: "lead-1", reason: "real incident"),
            .interrupted(reason: "the machine was restarted"), .noted(text: "hello"),
        ]
        let outcomes: [Outcome] = [
            .completed, .notStarted(reason: "the steady state is bad"), .failed(reason: "r"),
            .aborted(reason: "r"), .halted(reason: "r"), .leaked(faults: ["f", "g"]),
            .censored(reason: "the deadline passed"),
        ]
        let sentences = (events + outcomes.map { .closed(outcome: $0) }).map(\.sentence)
        try expectGolden("run-events.txt", sentences.joined(separator: "\n") + "\n")
    }

    @Test("has a sentence for every event of the daemon")
    func operationalEvents() throws {
        let events: [OperationalEvent] = [
            .missed(drill: "storm", scheduled: moment(0).wall, reason: "drilld was down"),
            .haltPulled(by: "sre-1", reason: "r"), .haltReleased(by: "lead-1", reason: "r"),
            .targetArmed(target: "shop", by: "lead-1"),
            .targetDisarmed(target: "shop", by: "lead-1"),
            .faultLeaked(fault: "storm-1.latency", reason: "r"),
            .faultRevertedLate(fault: "storm-1.latency", reason: "r"),
            .faultForgotten(fault: "storm-1.latency", by: "a", second: "b", reason: "r"),
            .reloaded(drills: 1), .reloaded(drills: 12),
            .reloadRefused(problems: 2, first: "a.calendar:1:1: no"),
            .daemonStarted(bootID: "b", version: "1.0"), .daemonStopped(reason: "SIGTERM"),
        ]
        let sentences = events.map(\.sentence)
        try expectGolden("operational-events.txt", sentences.joined(separator: "\n") + "\n")
    }

    @Test("says what a verdict proves and what it does not")
    func verdicts() throws {
        let hash = try #require(EventHash(String(repeating: "ab", count: 32)))
        let verdicts: [LedgerVerdict] = [
            .intact(count: 1, head: hash, anchor: .notGiven),
            .intact(count: 4_211, head: hash, anchor: .found(sequence: 4_000)),
            .broken(sequence: 3, flaw: .changed), .broken(sequence: 3, flaw: .missing(count: 2)),
            .broken(sequence: 3, flaw: .reordered(after: 9)),
            .broken(sequence: 3, flaw: .unlinked),
            .broken(sequence: 3, flaw: .tailMissing(count: 1)),
            .broken(sequence: 3, flaw: .headChanged),
            .broken(sequence: 3, flaw: .unreadable(reason: "a column is damaged")),
            .broken(sequence: 3, flaw: .anchorMissing(hash)),
        ]
        let texts = verdicts.map { "\($0)\n" }
        try expectGolden("verdicts.txt", texts.joined(separator: "\n"))
    }
}
