import CalendarTime

/// The instants at which no drill starts: all freezes together, in order and without overlap.
package struct FrozenTimes: Sendable {
    private let periods: [Range<WallInstant>]

    /// No freeze at all.
    package static let none = FrozenTimes([])

    /// The days of all these freezes.
    package init(_ freezes: [Freeze]) {
        var merged: [Range<WallInstant>] = []
        let all = freezes.map { $0.days.instants(in: $0.zone) }
        for period in all.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, period.lowerBound <= last.upperBound {
                let end = max(last.upperBound, period.upperBound)
                merged[merged.count - 1] = last.lowerBound..<end
            } else {
                merged.append(period)
            }
        }
        periods = merged
    }

    /// When the freeze that covers an instant ends; nil when none does.
    package func end(covering instant: WallInstant) -> WallInstant? {
        var (low, high) = (0, periods.count)
        while low < high {
            let middle = (low + high) / 2
            if periods[middle].upperBound <= instant { low = middle + 1 } else { high = middle }
        }
        guard low < periods.count, periods[low].contains(instant) else { return nil }
        return periods[low].upperBound
    }
}
