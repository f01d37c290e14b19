import CalendarTime
import Drills
import Scoring

/// A scorecard as people read it and the archive keeps it: plain ASCII signs, at most 80 columns.
package struct ScorecardText: Hashable, Sendable {
    /// The whole text; it ends with a line break.
    package let text: String

    /// Writes a scorecard; the timeline it was made from gives the people and the evidence.
    package init(_ card: Scorecard, timeline: Timeline) {
        var lines = heading("Scorecard of \(card.run)")
        if let plan = timeline.plan { lines += Self.about(plan) }
        lines += Self.result(card) + [""]
        lines += Self.rows(card, EvidenceList(timeline)) + [""]
        lines += heading("Measurements", underline: "-")
        lines += Self.measurements(card, HeldBack(timeline))
        if let plan = timeline.plan { lines += Self.people(plan, timeline) }
        text = lines.joined(separator: "\n") + "\n"
    }

    /// What only storms and attended runs have.
    private static func people(_ plan: RunPlan, _ timeline: Timeline) -> [String] {
        var lines: [String] = []
        if plan.kind == .pageStorm, let storm = StormResult(timeline),
            let first = timeline.entries.first
        {
            lines += [""] + heading("Pages", underline: "-")
            lines += StormSection(storm, start: Stamp(first), HeldBack(timeline)).lines
        }
        guard plan.response.isAttended else { return lines }
        return lines + [""] + CommandSection(timeline).lines
    }

    private static func about(_ plan: RunPlan) -> [String] {
        var list = LabelledLines(labelWidth: labelWidth)
        list.add(
            "Drill",
            "\(plan.drill), cycle \(plan.cycle)"
                + (plan.campaign.isEmpty ? "" : ", campaign \(plan.campaign)"))
        list.add("Kind", "\(plan.kind.rawValue), tier \(plan.tier.rawValue)")
        list.add("Scheduled", plan.scheduled.formatted(in: .utc))
        list.add("Target", "\(plan.target.name) (\(plan.target.environment))")
        let stories = [plan.technical, plan.coordination].compactMap { $0?.text }
        list.add(
            "Scenario",
            "\(stories.joined(separator: " with ")): \(plan.title), \(plan.severity.rawValue)")
        list.add("Hypothesis", plan.packet.hypothesis)
        let values = plan.mutation.values.map { "\($0.factor)=\($0.value)" }
        if !values.isEmpty { list.add("Mutation", values.joined(separator: " ")) }
        list.add(values.isEmpty ? "Mutation" : "", plan.mutation.rationale)
        list.add("People", plan.roster.sentence)
        return list.lines
    }

    private static func result(_ card: Scorecard) -> [String] {
        var list = LabelledLines(labelWidth: labelWidth)
        list.add("Outcome", card.outcome.sentence)
        list.add("Score", card.scoreSentence)
        list.add("Exit status", "\(card.exitStatus), \(card.exitMeaning)")
        return list.lines
    }

    private static func rows(_ card: Scorecard, _ evidence: EvidenceList) -> [String] {
        card.rows.flatMap { row in
            paragraph("[\(row.points)] \(row.criterion.rawValue)", indent: 0, hanging: 4)
                + paragraph(row.verdict.sentence, indent: 4, hanging: 2)
                + row.evidence.flatMap(evidence.lines)
        }
    }

    private static func measurements(_ card: Scorecard, _ held: HeldBack) -> [String] {
        guard !card.measurements.all.isEmpty else { return ["none"] }
        return card.measurements.all.flatMap { measurement in
            let isEscalation = measurement.metric == .escalationError
            let reason = isEscalation ? held.sentence(of: measurement.page) : nil
            let words = [measurement.sentence, reason].compactMap { $0 }.joined(separator: "; ")
            return paragraph(measurement.title, indent: 0, hanging: 4)
                + paragraph(words, indent: 4, hanging: 2)
        }
    }

    private static let labelWidth = 13
}

/// The events that rows of a scorecard cite, by their number.
private struct EvidenceList {
    private let entries: [Timeline.Entry]

    init(_ timeline: Timeline) {
        entries = timeline.entries
    }

    /// `#3 +00:00:02.000 fault latency injected (exit 0)`; `~` marks wall time across a restart.
    func lines(_ number: Int) -> [String] {
        guard let first = entries.first, entries.indices.contains(number - 1) else {
            return paragraph("#\(number) is not in the timeline", indent: 4)
        }
        let entry = entries[number - 1]
        let offset = Stamp(entry).interval(since: Stamp(first))
        let sign = offset.microseconds < 0 ? "-" : offset.isWallTime ? "~" : "+"
        let clock = TimeText.clock(Int64(clamping: offset.microseconds.magnitude), digits: 3)
        let place = "#\(number)".padded(to: 4) + " " + sign + clock
        var list = LabelledLines(labelWidth: place.count + 2, indent: 4)
        list.add(place, entry.event.sentence)
        return list.lines
    }
}
