import CalendarTime
import Drills
import Scoring

/// A run as it stands, drawn for a terminal: phase, a clock for each metric against its target,
/// faults, pages, where the people stand, and the last events.
package struct LiveProgress: Sendable {
    private let timeline: Timeline
    private let plan: RunPlan
    private let now: Stamp
    private let response: ResponseLines?
    private let colour: Colour

    /// What there is to draw at a moment of the boot of the last entry; nil before the run is opened.
    package init?(_ timeline: Timeline, now: Moment, colour: Colour = Colour(isOn: false)) {
        guard let plan = timeline.plan, let last = timeline.entries.last else { return nil }
        let clock = Timeline.Entry(at: now, bootID: last.bootID, event: .noted(text: ""))
        // Clocks that run are measured up to now, as if something had just been recorded.
        self.timeline =
            timeline.outcome == nil ? Timeline(entries: timeline.entries + [clock]) : timeline
        self.plan = plan
        let shown = timeline.outcome == nil ? clock : last
        self.now = Stamp(shown)
        response = ResponseLines(timeline, now: shown.at.boot)
        self.colour = colour
    }

    /// The lines, none wider than `width` characters.
    package func lines(width: Int = 80) -> [String] {
        let parts: [[Line]] = [
            heading, clocks, faults, pages, response?.lines ?? [], lastEvents,
        ]
        let blocks = parts.filter { !$0.isEmpty }.map { part in
            part.map { $0.drawn(width: width, colour) }
        }
        return Array(blocks.joined(separator: [""]))
    }
}

extension LiveProgress {
    /// A line whose tone is laid over it after it was cut to the width.
    struct Line {
        let text: String
        var tone: Tone = .plain

        enum Tone {
            case plain, good, bad, busy, faint
        }

        func drawn(width: Int, _ colour: Colour) -> String {
            // A line break or an escape in what people wrote would tear the screen.
            let plain = String(
                text.unicodeScalars.map { scalar in
                    scalar.value < 0x20 || scalar.value == 0x7F ? " " : Character(scalar)
                })
            let cut =
                plain.count <= width ? plain : String(plain.prefix(max(0, width - 1))) + "~"
            return switch tone {
            case .plain: cut
            case .good: colour.good(cut)
            case .bad: colour.bad(cut)
            case .busy: colour.busy(cut)
            case .faint: colour.faint(cut)
            }
        }
    }

    private var heading: [Line] {
        guard let first = timeline.entries.first else { return [] }
        let passed = ClockText.short(now.interval(since: Stamp(first)).microseconds)
        let phases = timeline.entries.compactMap { entry -> Phase? in
            guard case .phaseEntered(let phase) = entry.event else { return nil }
            return phase
        }
        let phase =
            timeline.outcome.map { "closed, \($0.sentence)" } ?? (phases.last ?? .brief).rawValue
        return [
            Line(text: "\(plan.run): \(plan.kind.rawValue) on \(plan.target.name), \(plan.title)"),
            Line(text: "phase \(phase)   \(passed) of at most \(plan.duration)"),
        ]
    }

    private var lastEvents: [Line] {
        let told = timeline.entries.filter { $0.event.isNews }.suffix(3)
        guard let first = timeline.entries.first else { return [] }
        return told.map { entry in
            let offset = ClockText.short(Stamp(entry).interval(since: Stamp(first)).microseconds)
            return Line(text: "+\(offset)  \(entry.event.sentence)", tone: .faint)
        }
    }
}

extension LiveProgress {
    private var clocks: [Line] {
        let measured = Measurements(timeline)
        let rows = plan.headlineMetrics.map { ClockRow($0, measured[$0], at: timeline) }
        guard !rows.isEmpty else { return [] }
        let head = ClockRow.columns("METRIC", "CLOCK", "TARGET", "FROM -> TO")
        return [Line(text: head)] + rows.map(\.line)
    }

    private var faults: [Line] {
        plan.faults.map { fault in
            var line = Line(text: "fault \(fault.name): not yet injected", tone: .faint)
            for entry in timeline.entries {
                switch entry.event {
                case .injectFinished(fault.name, .injected, _),
                    .injectFinished(fault.name, .unknown, _):
                    let age = ClockText.short(now.interval(since: Stamp(entry)).microseconds)
                    line = Line(text: "fault \(fault.name): LIVE for \(age)", tone: .busy)
                case .injectFinished(fault.name, .skipped, _):
                    line = Line(text: "fault \(fault.name): skipped", tone: .faint)
                case .injectFinished(fault.name, .failed(let reason), _):
                    line = Line(text: "fault \(fault.name): not injected, \(reason)", tone: .bad)
                case .revertFinished(fault.name, .verified, _, _):
                    line = Line(text: "fault \(fault.name): reverted and verified", tone: .good)
                case .revertFinished(fault.name, .failed(let reason), let attempt, _):
                    line = Line(
                        text: "fault \(fault.name): NOT REVERTED (attempt \(attempt)), \(reason)",
                        tone: .bad)
                default: break
                }
            }
            return line
        }
    }

    private var pages: [Line] {
        plan.pages.map { page in
            let record = PageRecord(page.name, in: timeline)
            guard let sent = record.deliveries.last else {
                return Line(text: "page \(page.name): not yet sent", tone: .faint)
            }
            if let ack = record.ack {
                let start = record.deliveries.last { $0.person == ack.person } ?? sent
                let time = ClockText.short(ack.at.interval(since: start.at).microseconds)
                return Line(
                    text: "page \(page.name): acknowledged by \(ack.person) after \(time)",
                    tone: .good)
            }
            let age = ClockText.short(now.interval(since: sent.at).microseconds)
            guard page.wantsAck else {
                return Line(text: "page \(page.name): sent \(age) ago, needs no ack", tone: .faint)
            }
            let escalated = sent.level == .secondary ? ", escalated" : ""
            return Line(
                text: "page \(page.name): \(sent.person) paged \(age) ago\(escalated), no ack",
                tone: .busy)
        }
    }
}

extension RunEvent {
    /// Whether a person who follows a run wants to read it; polls only say that nothing changed.
    var isNews: Bool {
        switch self {
        case .probeFinished(_, .during, _), .abortChecked: false
        case .noted(let text): !text.isEmpty
        default: true
        }
    }
}
