import CalendarTime
import Drills
import Scoring

/// The pages of a storm as programs read them; times are microseconds.
package struct StormRecord: Encodable {
    /// One for each page, in the plan's order.
    let pages: [Page]
    /// One for each channel, in the plan's order.
    let channels: [Delivery]
    /// Nil if nothing was injected.
    let allClear: AllClear?

    struct Page: Encodable {
        let page: PageName
        /// The worst that a channel made of it, such as `as expected` or `lost`; nil if it was never sent.
        let verdict: PageVerdict?
        /// Everyone who was told, such as `primary` or `team payments`.
        let routed: [String]
        let acknowledgedBy: PersonName?
        /// From the page to that person to the ack; nil without an ack, or if they found out otherwise.
        let timeToAckMicroseconds: Int64?
        let escalation: Escalation
        let states: [Change]
        let channels: [Told]
    }

    struct Escalation: Encodable {
        /// `not due`, `paged`, `needless` or `missing`.
        let verdict: String
        /// From the ack deadline to the page to the secondary, or if that is missing to the end of the run; nil for the rest.
        let microsecondsAfterDeadline: Int64?
    }

    struct Change: Encodable {
        let state: PageResult.State
        /// From the beginning of the run.
        let atMicroseconds: Int64
        let person: PersonName?
    }

    /// What one channel made of a page.
    struct Told: Encodable {
        let channel: ChannelName
        let verdict: PageVerdict
        let routed: [String]
        /// When somebody should have been told first, from the beginning of the run; nil if nobody had to be.
        let expectedAtMicroseconds: TimeSpan?
        /// When somebody was, as far as the channel says so.
        let notifiedAtMicroseconds: TimeSpan?
        /// How often people were told beyond what was expected.
        let duplicates: Int
    }

    /// What a channel did over the whole run.
    struct Delivery: Encodable {
        let channel: ChannelName
        let accepted: Int
        let rejected: Int
        /// Handed over without an answer.
        let lost: Int
        /// How often the channel said that it told somebody.
        let notified: Int
        /// The longest time it took to hand a page over.
        let slowestMicroseconds: Int64
    }

    struct AllClear: Encodable {
        /// From the injection.
        let microseconds: Int64
        /// Whether it was not reached: it took longer than this.
        let isLowerBound: Bool
        let limitMicroseconds: TimeSpan
        let isWithinLimit: Bool
    }

    /// Nil for a run that is no page storm.
    package init?(_ timeline: Timeline) {
        guard timeline.plan?.kind == .pageStorm, let first = timeline.entries.first,
            let storm = StormResult(timeline)
        else { return nil }
        pages = storm.pages.map { Page($0, start: Stamp(first)) }
        channels = storm.channels.map(Delivery.init)
        allClear = storm.allClear.map(AllClear.init)
    }
}

extension StormRecord.Page {
    fileprivate init(_ result: PageResult, start: Stamp) {
        page = result.page.name
        verdict = result.verdict
        routed = result.routed.map(\.description)
        acknowledgedBy = result.ack?.person
        timeToAckMicroseconds = result.timeToAck?.microseconds
        escalation = StormRecord.Escalation(result.escalation)
        states = result.states.map {
            StormRecord.Change(
                state: $0.state, atMicroseconds: $0.at.interval(since: start).microseconds,
                person: $0.person)
        }
        channels = result.channels.map {
            StormRecord.Told(
                channel: $0.channel, verdict: $0.verdict, routed: $0.routed.map(\.description),
                expectedAtMicroseconds: $0.expected, notifiedAtMicroseconds: $0.notified,
                duplicates: $0.duplicates)
        }
    }
}

extension StormRecord.Escalation {
    fileprivate init(_ result: EscalationResult) {
        (verdict, microsecondsAfterDeadline) =
            switch result {
            case .notDue: ("not due", nil)
            case .paged(let error): ("paged", error.microseconds)
            case .needless: ("needless", nil)
            case .missing(let late): ("missing", late.microseconds)
            }
    }
}

extension StormRecord.Delivery {
    fileprivate init(_ delivery: StormResult.ChannelDelivery) {
        channel = delivery.channel
        accepted = delivery.accepted
        rejected = delivery.rejected
        lost = delivery.lost
        notified = delivery.notified
        slowestMicroseconds = delivery.slowest
    }
}

extension StormRecord.AllClear {
    fileprivate init(_ clear: StormResult.AllClear) {
        let interval: Interval
        (interval, isLowerBound) = clear.taken.known
        microseconds = interval.microseconds
        limitMicroseconds = clear.limit
        isWithinLimit = clear.isWithinLimit
    }
}
