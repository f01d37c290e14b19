/// Whole days from the first to the last, both included, written `2027-03-29..2027-04-02`.
package struct DateRange: Hashable, Sendable, CustomStringConvertible {
    /// The first day inside.
    package let first: CivilDate
    /// The last day inside, never before the first.
    package let last: CivilDate

    /// The days between two days, which must be in order.
    package init(first: CivilDate, last: CivilDate) throws(DateError) {
        guard first <= last else { throw .reversedRange(first: first, last: last) }
        self.first = first
        self.last = last
    }

    /// Reads `2027-03-29..2027-04-02`, or one date for a single day.
    package init(parsing text: some StringProtocol) throws(DateError) {
        let bytes = Array(text.utf8)
        guard
            let dots = bytes.indices.dropLast().first(where: {
                bytes[$0...].starts(with: [46, 46])
            })
        else {
            let day = try CivilDate(parsing: text)
            try self.init(first: day, last: day)
            return
        }
        let left = String(decoding: bytes[..<dots], as: UTF8.self)
        let right = String(decoding: bytes[(dots + 2)...], as: UTF8.self)
        guard !left.isEmpty, !right.isEmpty else { throw .notARange(String(text)) }
        try self.init(first: CivilDate(parsing: left), last: CivilDate(parsing: right))
    }

    /// Whether the day lies inside.
    package func contains(_ day: CivilDate) -> Bool { first <= day && day <= last }

    /// Whether the instant falls on a day inside, as the clocks of a zone show it.
    package func contains(_ instant: WallInstant, in zone: TimeZoneRules) -> Bool {
        contains(CivilDate(of: instant, in: zone))
    }

    /// The instants inside, from the first midnight up to but without the midnight after the last day.
    package func instants(in zone: TimeZoneRules) -> Range<WallInstant> {
        let end = last.advanced(byDays: 1).start(in: zone)
        return min(first.start(in: zone), end)..<end
    }

    /// The range as it is written; one date when it is a single day.
    package var description: String { first == last ? "\(first)" : "\(first)..\(last)" }
}

/// A quarter of a year, written `2027-Q1`.
package struct Quarter: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year, such as 2027.
    package let year: Int
    /// Which quarter, 1 to 4.
    package let number: Int

    /// Reads `2027-Q1`.
    package init(parsing text: some StringProtocol) throws(DateError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[0].utf8.allSatisfy(isDigit),
            let year = Int(parts[0]), let letter = parts[1].first, letter == "Q" || letter == "q",
            let number = Int(parts[1].dropFirst()), (1...4).contains(number),
            parts[1].utf8.count == 2
        else { throw .notAQuarter(String(text)) }
        self.year = year
        self.number = number
    }

    /// The quarter a day lies in.
    package init(of day: CivilDate) {
        year = day.year
        number = (day.month - 1) / 3 + 1
    }

    /// The quarter after this one.
    package var next: Quarter { Quarter(of: firstDay(of: 1)) }

    /// The instants inside, from its first midnight up to but without the next quarter's.
    package func instants(in zone: TimeZoneRules) -> Range<WallInstant> {
        firstDay(of: 0).start(in: zone)..<firstDay(of: 1).start(in: zone)
    }

    /// The first day of the quarter that many quarters later.
    private func firstDay(of quartersLater: Int) -> CivilDate {
        let months = (number - 1 + quartersLater) * 3
        let days = CivilDate.daysSinceEpoch(year + months / 12, months % 12 + 1, 1)
        return CivilDate(daysSinceEpoch: days)
    }

    /// The earlier of two quarters is the lesser.
    package static func < (left: Self, right: Self) -> Bool {
        (left.year, left.number) < (right.year, right.number)
    }

    /// The quarter as `2027-Q1`.
    package var description: String { "\(padded(year, 4))-Q\(number)" }
}
