import CalendarTime
import Drills
import Scoring

/// One run with all that was recorded of it.
package struct RunDetail: Hashable, Sendable, Codable {
    package let timeline: Timeline
    package let phase: Phase
    /// Nil while the run is open.
    package let scorecard: Scorecard?

    /// A run and what follows from its timeline.
    package init(timeline: Timeline, phase: Phase, scorecard: Scorecard?) {
        self.timeline = timeline
        self.phase = phase
        self.scorecard = scorecard
    }
}

/// The part of a timeline that came after what the asker knows.
package struct TimelineTail: Hashable, Sendable, Codable {
    package let entries: [Timeline.Entry]
    /// Entries of the run in all; ask again after this many.
    package let count: Int
    package let isClosed: Bool
    /// The daemon's clocks now, for running clocks on the screen.
    package let now: Moment

    /// The newest entries of a run.
    package init(entries: [Timeline.Entry], count: Int, isClosed: Bool, now: Moment) {
        self.entries = entries
        self.count = count
        self.isClosed = isClosed
        self.now = now
    }
}

/// What stands behind a link in a page.
package struct PageLink: Hashable, Sendable, Codable {
    package let run: RunID
    package let page: PageName
    package let person: PersonName
    package let summary: String
    /// Who acknowledged the page; nil while nobody did.
    package let acknowledgedBy: PersonName?
    package let isOpen: Bool

    /// A page as its link shows it.
    package init(
        run: RunID, page: PageName, person: PersonName, summary: String,
        acknowledgedBy: PersonName?, isOpen: Bool
    ) {
        self.run = run
        self.page = page
        self.person = person
        self.summary = summary
        self.acknowledgedBy = acknowledgedBy
        self.isOpen = isOpen
    }
}
