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

    /// One page to one person.
    package struct Delivery: Hashable, Sendable {
        package let person: PersonName
        package let level: OnCallLevel
        package let channel: ChannelName?
        package let at: Stamp
        /// How long handing it over took, in microseconds.
        package let microseconds: Int64
        package let arrived: Bool
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
        for entry in timeline.entries {
            switch entry.event {
            case .pageSent(page, let person, let level, let receipt):
                deliveries.append(
                    Delivery(
                        person: person, level: level, channel: receipt.channel,
                        at: Stamp(entry),
                        microseconds: receipt.microseconds, arrived: receipt.wasAccepted))
            case .acked(page, let person, _): ack = ack ?? Ack(person: person, at: Stamp(entry))
            default: break
            }
        }
    }

    /// From the page that arrived at whoever acknowledged to the ack; nil without either.
    package var timeToAck: Interval? {
        guard let ack,
            let delivery = deliveries.first(where: { $0.arrived && $0.person == ack.person })
        else { return nil }
        return ack.at.interval(since: delivery.at)
    }

    /// Delivery of each page, TTA of the person who acked, and the error of the escalation.
    ///
    /// Nobody is timed for a page that nobody has to acknowledge.
    func measurements(of plan: PagePlan, ackDeadline: TimeSpan) -> [Measurement] {
        let arrived = deliveries.filter(\.arrived)
        let isOneChannel = Set(deliveries.map(\.channel)).count < 2
        let handed = arrived.map { delivery in
            let interval = Interval(microseconds: delivery.microseconds, isWallTime: false)
            return Measurement(
                metric: .delivery, page: page, channel: isOneChannel ? nil : delivery.channel,
                value: .measured(interval), target: nil)
        }
        guard plan.wantsAck else { return handed }
        return handed + timeToAck(arrived) + escalationError(arrived, ackDeadline)
    }

    private func timeToAck(_ arrived: [Delivery]) -> [Measurement] {
        guard let first = arrived.first else { return [] }
        let target = Measurements.Standard.ack
        if let timeToAck {
            let value = Measurement.Value.measured(timeToAck)
            return [Measurement(metric: .timeToAck, page: page, value: value, target: target)]
        }
        guard ack == nil, let end else { return [] }
        let value = Measurement.Value.censored(atLeast: end.interval(since: first.at))
        return [Measurement(metric: .timeToAck, page: page, value: value, target: target)]
    }

    private func escalationError(_ arrived: [Delivery], _ deadline: TimeSpan) -> [Measurement] {
        guard let primary = arrived.first(where: { $0.level == .primary }),
            let secondary = arrived.first(where: { $0.level == .secondary })
        else { return [] }
        let taken = secondary.at.interval(since: primary.at)
        let error = Interval(
            microseconds: taken.microseconds - deadline.microseconds, isWallTime: taken.isWallTime)
        return [
            Measurement(
                metric: .escalationError, page: page, value: .measured(error), target: .seconds(1))
        ]
    }
}
