import CalendarTime
import Drills
import IncidentCommand
import Scoring

/// What an attended run cost, what was decided in it, and what took longer than it may.
struct CommandSection {
    let lines: [String]

    init(_ timeline: Timeline) {
        lines =
            Self.damage(timeline) + [""] + Self.decisions(timeline) + [""] + Self.debt(timeline)
    }

    private static func damage(_ timeline: Timeline) -> [String] {
        guard let board = IncidentBoard(timeline), let last = timeline.entries.last else {
            return []
        }
        let words = DamageWords(board.damage, now: last.at.boot)
        let departures = board.playbook.departures.flatMap { departure in
            paragraph(
                "\(departure.step.rawValue) out of turn by \(departure.signed.by): "
                    + departure.reason.rawValue, indent: 0, hanging: 4)
        }
        return heading("Damage", underline: "-")
            + paragraph("as it went: \(words.cost)", indent: 0, hanging: 4)
            + paragraph("bleed stopped first: \(words.bleedStopFirst)", indent: 0, hanging: 4)
            + departures
    }

    /// Each fact with the conflict that a decision settled, and at the end one that nobody settled.
    private static func decisions(_ timeline: Timeline) -> [String] {
        let checkpoints = IncidentBoard(timeline)?.checkpoints
        var settled = (checkpoints?.all ?? []).filter { $0.decided != nil }.map(\.conflict)[...]
        let facts = timeline.entries.filter { entry in
            switch entry.event {
            case .checkpointOpened, .acted(.decide, _, _), .acted(.changeSeverity, _, _),
                .acted(.handOff, _, _):
                true
            default: false
            }
        }
        let list = facts.flatMap { entry -> [String] in
            guard case .acted(.decide, _, _) = entry.event else { return entry.line(in: timeline) }
            return entry.line(in: timeline) + conflict(settled.popFirst() ?? nil)
        }
        return heading("Decisions", underline: "-")
            + (list.isEmpty ? ["no checkpoint was opened and nothing was decided"] : list)
            + conflict(checkpoints?.conflict)
    }

    private static func conflict(_ conflict: Conflict?) -> [String] {
        guard let conflict else { return [] }
        return paragraph(
            "conflict at checkpoint \(conflict.checkpoint): \(conflict.sentence)", indent: 14,
            hanging: 2)
    }

    private static func debt(_ timeline: Timeline) -> [String] {
        let reasons = timeline.entries.compactMap { entry -> (Overrun, String)? in
            guard case .acted(.explainOverrun(let overrun, let reason), let person, _) = entry.event
            else { return nil }
            return (overrun, "\(person): \(reason)")
        }
        let list = timeline.entries.flatMap { entry -> [String] in
            guard case .overran(let overrun, _) = entry.event else { return [] }
            let reason = reasons.last { $0.0 == overrun }?.1 ?? "nobody said why"
            return entry.line(in: timeline) + paragraph(reason, indent: 14, hanging: 2)
        }
        return heading("Process debt", underline: "-")
            + (list.isEmpty ? ["nothing took longer than it may"] : list)
    }
}

extension Timeline.Entry {
    /// `+00:02:20.000 lead-1 decided to …`, wrapped.
    func line(in timeline: Timeline) -> [String] {
        guard let first = timeline.entries.first else { return [] }
        let clock = TimeText.clock(Stamp(self).span(since: Stamp(first)).microseconds, digits: 1)
        var list = LabelledLines(labelWidth: 14)
        list.add("+" + clock, event.sentence)
        return list.lines
    }
}
