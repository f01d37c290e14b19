import CalendarTime
import Drills

/// What became of the pages of a run: who was told, who was not, and how that compares with what was to be expected.
package struct StormResult: Hashable, Sendable {
    /// One for each page, in the plan's order.
    package let pages: [PageResult]
    /// One for each channel, in the plan's order.
    package let channels: [ChannelDelivery]
    package let allClear: AllClear?

    /// What a channel did over the whole run.
    package struct ChannelDelivery: Hashable, Sendable {
        package let channel: ChannelName
        package let accepted: Int
        package let rejected: Int
        /// Handed over without an answer.
        package let lost: Int
        /// How often the channel said that it told somebody.
        package let notified: Int
        /// The longest time it took to hand a page over, in microseconds.
        package let slowest: Int64
    }

    /// When everything was clear again.
    package struct AllClear: Hashable, Sendable {
        /// From the injection.
        package let taken: Measurement.Value
        package let limit: TimeSpan

        /// Whether it came in time.
        package var isWithinLimit: Bool {
            guard case .measured(let interval) = taken else { return false }
            return interval.microseconds <= limit.microseconds
        }
    }

    /// Reads the result off a timeline; nil for a run without pages.
    package init?(_ timeline: Timeline) {
        guard let plan = timeline.plan, !plan.pages.isEmpty else { return nil }
        let judges = plan.channels.map { ChannelJudge($0, in: timeline) }
        pages = plan.pages.map { PageResult($0, in: timeline, plan, judges) }
        channels = zip(plan.channels, judges).map { ChannelDelivery($0.name, $1) }
        allClear = AllClear(timeline, limit: plan.response.allClear)
    }

    /// Pages that nobody was told of although somebody had to be.
    package var lost: [PageName] {
        pages.filter { $0.verdict == .lost }.map(\.page.name)
    }

    /// How often people were told beyond what was expected.
    package var duplicates: Int {
        pages.flatMap(\.channels).reduce(0) { $0 + $1.duplicates }
    }
}

extension StormResult.ChannelDelivery {
    fileprivate init(_ name: ChannelName, _ judge: ChannelJudge) {
        let receipts = judge.receipts.map(\.receipt)
        let accepted = receipts.filter(\.wasAccepted)
        channel = name
        self.accepted = accepted.count
        rejected = receipts.count { if case .rejected = $0.verdict { true } else { false } }
        lost = receipts.count { if case .lost = $0.verdict { true } else { false } }
        notified = judge.notifications
        slowest = accepted.map(\.microseconds).max() ?? 0
    }
}

extension StormResult.AllClear {
    /// From the injection to the first word that all is clear; nil if nothing was injected.
    fileprivate init?(_ timeline: Timeline, limit: TimeSpan) {
        guard let start = Milestones(timeline)[.injected], let end = timeline.end else {
            return nil
        }
        let clear = timeline.entries.first { entry in
            switch entry.event {
            case .resolved, .acted(.clear, _, _): true
            default: false
            }
        }
        self.limit = limit
        taken =
            clear.map { .measured(Stamp($0).interval(since: start)) }
            ?? .censored(atLeast: end.interval(since: start))
    }
}
