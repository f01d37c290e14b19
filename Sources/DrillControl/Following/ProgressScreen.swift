import CalendarTime
import Drills
import Ledger

/// Shows a run while it goes on: redrawn in place on a terminal, one line an event elsewhere.
struct ProgressScreen {
    private let output: Output
    private let style: Style
    private var drawnLines = 0
    private var toldEntries = 0

    /// How progress is shown.
    enum Style {
        case terminal(Colour)
        case lines
        case silent
    }

    init(_ output: Output, style: Style) {
        self.output = output
        self.style = style
    }

    /// Whether clocks are to be redrawn while nothing happens.
    var isLive: Bool {
        if case .terminal = style { true } else { false }
    }

    /// Shows what is new.
    mutating func show(_ timeline: Timeline, now: Moment) {
        switch style {
        case .terminal(let colour): redraw(timeline, now: now, colour)
        case .lines: tell(timeline)
        case .silent: break
        }
    }

    private mutating func redraw(_ timeline: Timeline, now: Moment, _ colour: Colour) {
        guard let progress = LiveProgress(timeline, now: now, colour: colour) else { return }
        let lines = progress.lines(width: output.columns)
        let up = drawnLines == 0 ? "" : "\u{1B}[\(drawnLines)A"
        // Each line is cleared to its end, then everything below the last one.
        output.write(up + lines.map { "\($0)\u{1B}[K\n" }.joined() + "\u{1B}[J")
        drawnLines = lines.count
    }

    private mutating func tell(_ timeline: Timeline) {
        let lines = TimelineText.render(timeline).split(separator: "\n")
        for (line, entry) in zip(lines, timeline.entries).dropFirst(toldEntries)
        where entry.event.isNews {
            output.write(line + "\n")
        }
        toldEntries = timeline.entries.count
    }
}
