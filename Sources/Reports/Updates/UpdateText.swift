import CalendarTime
import Drills
import IncidentCommand

/// What people are told while a response goes on, rendered from the run's state and never typed twice.
package enum UpdateText {
    /// An update as of `now`: lines of at most 78 characters, with a line break at the end.
    ///
    /// - Parameter note: what the sender adds in their own words; may be empty.
    package static func render(
        _ kind: UpdateKind, _ board: IncidentBoard, timeline: Timeline, now: Moment,
        note: String = "", zone: TimeZoneRules = .utc
    ) -> String {
        let facts = IncidentFacts(board, timeline, now: now, zone: zone)
        var list = LabelledLines(labelWidth: 14)
        for (label, text) in kind.parts(of: facts) { list.add(label, text) }
        if !note.isEmpty { list.add("Note", note) }
        let title = "[DRILL \(board.plan.run)] \(kind.title)"
        let lines =
            heading(title) + paragraph("As of \(now.wall.formatted(in: zone))", indent: 0) + [""]
            + list.lines
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same from a timeline alone; nil for an empty one.
    package static func render(
        _ kind: UpdateKind, _ timeline: Timeline, now: Moment, note: String = "",
        zone: TimeZoneRules = .utc
    ) -> String? {
        IncidentBoard(timeline).map {
            render(kind, $0, timeline: timeline, now: now, note: note, zone: zone)
        }
    }
}

extension UpdateKind {
    /// The name in headings.
    package var title: String {
        switch self {
        case .firstFiveMinutes: "First five minutes"
        case .escalation: "Escalation"
        case .internal: "Internal update"
        case .stakeholder: "Update for stakeholders"
        case .snapshot: "Incident snapshot"
        case .leadership: "Note for leadership"
        }
    }

    fileprivate func parts(of facts: IncidentFacts) -> [(String, String)] {
        switch self {
        case .firstFiveMinutes:
            [
                ("Incident", facts.incident), ("Began", facts.began), ("Scope", facts.scope),
                ("Pages", facts.pages), ("Harm", facts.bleed), ("Done", facts.done),
                ("Next step", facts.nextStep), ("Owners", facts.owners),
                ("Next word", facts.nextWord()),
            ]
        case .escalation:
            [
                ("Incident", facts.incident), ("Why now", facts.whyNow), ("Asked", facts.asked),
                ("Scope", facts.scope), ("Harm", facts.bleed), ("Decided", facts.decided),
                ("Pages", facts.pages), ("Owners", facts.owners),
            ]
        case .internal:
            [
                ("Incident", facts.incident), ("Scope", facts.scope), ("Harm", facts.bleed),
                ("Done", facts.done), ("Decided", facts.decided),
                ("Checkpoint", facts.checkpoint), ("Evidence", facts.evidence),
                ("Risk", facts.risk), ("Owners", facts.owners), ("Next word", facts.nextWord()),
            ]
        case .stakeholder:
            [
                ("What", facts.incident), ("Touches", facts.scope), ("Harm", facts.bleed),
                ("Users", facts.damage), ("Status", facts.lastStatus),
                ("Next word", facts.nextWord(of: .stakeholder)),
            ]
        case .snapshot: snapshot(facts)
        case .leadership:
            [
                ("Incident", facts.incident), ("Harm", facts.bleed), ("Users", facts.damage),
                ("Could be", facts.bleedStopFirst), ("Decided", facts.allDecisions),
                ("Risk", facts.risk), ("Promises", facts.promises),
                ("Process debt", facts.debt),
            ]
        }
    }

    private func snapshot(_ facts: IncidentFacts) -> [(String, String)] {
        let clocks = facts.clocks.enumerated().map { ($0.offset == 0 ? "Clocks" : "", $0.element) }
        return [
            ("Incident", facts.incident), ("Began", facts.began), ("Scope", facts.scope),
            ("Pages", facts.pages), ("Harm", facts.bleed), ("Users", facts.damage),
            ("Done", facts.done), ("Next step", facts.nextStep), ("Status", facts.lastStatus),
            ("Decided", facts.decided),
            ("Checkpoint", facts.checkpoint), ("Evidence", facts.evidence), ("Risk", facts.risk),
            ("Owners", facts.owners), ("Promises", facts.promises), ("Overdue", facts.debt),
        ] + clocks
    }
}
