/// The values one part of a calendar expression admits: a list of numbers, ranges and repetitions.
///
/// An empty list stands for `*`. Seconds count in microseconds, all others in ones.
struct CalendarField: Hashable, Sendable {
    var parts: [Part] = []

    /// One member of the list: `5`, `1..7`, `0/15`, `8..18/2`.
    struct Part: Hashable, Sendable, Comparable {
        var start: Int
        /// The last value of a range, kept at or below the end that was written.
        var stop: Int?
        /// The step, or 0 when the start stands alone.
        var step: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.start, left.stop ?? -1, left.step) < (right.start, right.stop ?? -1, right.step)
        }
    }

    static func only(_ values: Int...) -> Self {
        Self(parts: values.map { Part(start: $0, stop: nil, step: 0) })
    }

    /// `*` where seconds stand: each whole one.
    static let everySecond = Self(parts: [Part(start: 0, stop: nil, step: 1_000_000)])

    var isStar: Bool { parts.isEmpty }
}

extension CalendarField {
    /// The parts in systemd's normal form: ranges end on a step, single values lose theirs, and the
    /// list is sorted without doubles.
    func normalized() -> Self {
        var result: [Part] = []
        for part in parts.map(Self.normalized).sorted() where result.last != part {
            result.append(part)
        }
        return Self(parts: result)
    }

    private static func normalized(_ part: Part) -> Part {
        var part = part
        guard var stop = part.stop else { return part }
        if stop > part.start, part.step > 0 { stop -= (stop - part.start) % part.step }
        part.stop = stop
        let neverSteps = stop > part.start && part.step > 0 && part.start + part.step > stop
        if neverSteps || part.start == stop {
            part.step = 0
            part.stop = nil
        }
        return part
    }

    /// Two-digit years mean 1970 to 2069.
    func withWholeYears() -> Self {
        func whole(_ year: Int) -> Int {
            if (0..<70).contains(year) { return year + 2000 }
            return (70..<100).contains(year) ? year + 1900 : year
        }
        return Self(
            parts: parts.map {
                Part(start: whole($0.start), stop: $0.stop.map(whole), step: $0.step)
            })
    }

    /// The values from 0 to 63 that the field admits up to a limit, as bits.
    func bits(from lowest: Int, through highest: Int) -> UInt64 {
        guard !isStar else {
            return (lowest...highest).reduce(0) { $0 | 1 << UInt64($1) }
        }
        return parts.reduce(0) { bits, part in
            part.values(through: highest).reduce(bits) { $0 | 1 << UInt64($1) }
        }
    }

    /// The least admitted value at or after one, not above the limit.
    func first(atOrAfter value: Int, through highest: Int) -> Int? {
        var best: Int?
        for part in parts {
            guard let found = part.first(atOrAfter: value), found <= highest else { continue }
            if let other = best, other <= found { continue }
            best = found
        }
        return best
    }
}

extension CalendarField.Part {
    /// All values up to a limit, in order.
    func values(through highest: Int) -> StrideThrough<Int> {
        guard step > 0 else { return stride(from: start, through: min(start, highest), by: 1) }
        return stride(from: start, through: min(stop ?? highest, highest), by: step)
    }

    /// The least value at or after one.
    func first(atOrAfter value: Int) -> Int? {
        if start >= value { return start }
        guard step > 0 else { return nil }
        let found = start + (value - start + step - 1) / step * step
        guard let stop, found > stop else { return found }
        return nil
    }

    /// The part of the days of one month that this part means when counted from its last day.
    func fromMonthEnd(length: Int) -> Self {
        guard let stop else { return Self(start: length + 1 - start, stop: nil, step: step) }
        return Self(start: length + 1 - stop, stop: length + 1 - start, step: step)
    }
}

extension CalendarField {
    /// The field as systemd prints it, each number at least that wide.
    func text(width: Int, unit: Int = 1) -> String {
        if isStar || self == .everySecond { return "*" }
        return parts.map { $0.text(width: width, unit: unit) }.joined(separator: ",")
    }

}

extension CalendarField.Part {
    fileprivate func text(width: Int, unit: Int) -> String {
        var text = Self.number(start, width, unit)
        if let stop { text += ".." + Self.number(stop, width, unit) }
        if step > 0, stop == nil || step != unit { text += "/" + Self.number(step, 1, unit) }
        return text
    }

    private static func number(_ value: Int, _ width: Int, _ unit: Int) -> String {
        let fraction = value % unit
        return padded(value / unit, width) + (fraction > 0 ? "." + padded(fraction, 6) : "")
    }
}
