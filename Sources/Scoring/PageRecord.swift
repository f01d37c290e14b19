import CalendarTime
import Drills

/// What became of one page: who was paged when, and who acknowledged it.
package struct PageRecord: Hashable, Sendable {
    package let page: PageName
    /// Deliveries in order.
    package private(set) var deliveries: [Delivery] = []
    /// The first accepted ack.
    package private(set) var ack: Ack?
    private let end: Stamp?
    private let responseEnd: Stamp?

    /// One page to one person.
    package struct Delivery: Hashable, Sendable {
        package let person: PersonName
        package let level: OnCallLevel
        package let channel: ChannelName?
        /// When the channel answered.
        package let at: Stamp
        /// How long handing it over took, in microseconds.
        package let microseconds: Int64
        package let arrived: Bool
        /// When the page was about to be handed over; nil where nothing recorded it.
        package let posted: Stamp?
        /// When the channel first told that person; nil if it never said so.
        package let told: Stamp?
        /// Whether the channel says whom it told.
        let reportsBack: Bool
    }

    /// One accepted ack.
    package struct Ack: Hashable, Sendable {
        package let person: PersonName
        package let at: Stamp
    }

    /// Reads a page's record off the timeline.
    package init(_ page: PageName, in timeline: Timeline) {
        self.page = page
        end = timeline.end
        responseEnd = timeline.responseEnd
        let tellings = PageTellings(page, in: timeline)
        for entry in timeline.entries {
            switch entry.event {
            case .pageSent(page, let person, let level, let receipt):
                let posted = tellings.posting(to: level, over: receipt.channel)
                deliveries.append(
                    Delivery(
                        person: person, level: level, channel: receipt.channel,
                        at: Stamp(entry),
                        microseconds: receipt.microseconds, arrived: receipt.wasAccepted,
                        posted: posted,
                        told: tellings.first(to: level, over: receipt.channel, since: posted),
                        reportsBack: tellings.reportsBack(receipt.channel)))
            case .acked(page, let person, _): ack = ack ?? Ack(person: person, at: Stamp(entry))
            default: break
            }
        }
    }

    /// From the page to whoever acknowledged to the ack; nil without either.
    package var timeToAck: Interval? {
        guard let ack else { return nil }
        return deliveries.filter { $0.person == ack.person }.paged(before: ack.at)
            .map { ack.at.interval(since: $0) }
    }

    /// When a channel first took the page to a level; the ack deadline counts from here.
    func handed(to level: OnCallLevel) -> Stamp? {
        deliveries.first { $0.arrived && $0.level == level }?.at
    }

    /// When somebody was first paged.
    var paged: Stamp? { deliveries.paged() }

    /// When somebody of a level was first paged.
    func paged(_ level: OnCallLevel) -> Stamp? {
        deliveries.filter { $0.level == level }.paged()
    }

    /// Delivery of each page, TTA of the person who acked, and the error of the escalation.
    ///
    /// Nobody is timed for a page that nobody has to acknowledge.
    func measurements(of plan: PagePlan, ackDeadline: TimeSpan) -> [Measurement] {
        let isOneChannel = Set(deliveries.map(\.channel)).count < 2
        let handed = deliveries.compactMap { delivery in
            delivery.delay(until: end).map { value in
                Measurement(
                    metric: .delivery, page: page,
                    channel: isOneChannel ? nil : delivery.channel, value: value, target: nil)
            }
        }
        guard plan.wantsAck else { return handed }
        return handed + timeToAckMeasured + escalationError(ackDeadline)
    }

    private var timeToAckMeasured: [Measurement] {
        let target = Measurements.Standard.ack
        if let timeToAck {
            let value = Measurement.Value.measured(timeToAck)
            return [Measurement(metric: .timeToAck, page: page, value: value, target: target)]
        }
        guard ack == nil, let responseEnd, let first = deliveries.paged() else { return [] }
        let least = responseEnd.interval(since: first)
        guard least.microseconds >= 0 else { return [] }
        let value = Measurement.Value.censored(atLeast: least)
        return [Measurement(metric: .timeToAck, page: page, value: value, target: target)]
    }

    private func escalationError(_ deadline: TimeSpan) -> [Measurement] {
        guard let primary = handed(to: .primary), let secondary = paged(.secondary) else {
            return []
        }
        let error = secondary.interval(since: primary).minus(deadline)
        return [
            Measurement(
                metric: .escalationError, page: page, value: .measured(error), target: .seconds(1))
        ]
    }
}

extension PageRecord.Delivery {
    /// From the posting to the page; nil if the channel did not take it.
    fileprivate func delay(until end: Stamp?) -> Measurement.Value? {
        if let told { return .measured(span(to: told)) }
        guard arrived else { return nil }
        guard reportsBack, let end else { return .measured(span(to: at)) }
        return .censored(atLeast: span(to: end))
    }

    private func span(to stamp: Stamp) -> Interval {
        if let posted { return stamp.interval(since: posted) }
        let rest = stamp.interval(since: at)
        return Interval(
            microseconds: rest.microseconds + microseconds, isWallTime: rest.isWallTime)
    }
}

extension [PageRecord.Delivery] {
    /// When somebody was first paged: told, where a channel says whom it told, else when the channel took the page.
    ///
    /// Whoever acknowledged before any channel told them had looked there themselves, and was paged when the page was
    /// there; so was everyone where a channel that should tell never did.
    fileprivate func paged(before limit: Stamp? = nil) -> Stamp? {
        let arrived = filter(\.arrived)
        let known = compactMap(\.told) + arrived.filter { !$0.reportsBack }.map(\.at)
        return known.earliest(before: limit) ?? arrived.map(\.at).earliest(before: limit)
    }
}

extension [Stamp] {
    /// The one before all others, not later than the limit.
    fileprivate func earliest(before limit: Stamp?) -> Stamp? {
        filter { stamp in limit.map { $0.interval(since: stamp).microseconds >= 0 } ?? true }
            .min { $0.interval(since: $1).microseconds < 0 }
    }
}
