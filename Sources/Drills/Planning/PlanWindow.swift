import CalendarTime

/// The days that a plan covers.
package enum PlanWindow: Hashable, Sendable, CustomStringConvertible {
    case quarter(Quarter)
    case days(DateRange)

    /// The instants inside, as the clocks of a zone show the days.
    package func instants(in zone: TimeZoneRules) -> Range<WallInstant> {
        switch self {
        case .quarter(let quarter): quarter.instants(in: zone)
        case .days(let days): days.instants(in: zone)
        }
    }

    /// The window as it is written: `2027-Q1` or `2027-01-01..2027-02-15`.
    package var description: String {
        switch self {
        case .quarter(let quarter): "\(quarter)"
        case .days(let days): "\(days)"
        }
    }
}
