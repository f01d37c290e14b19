extension TimeZoneRules {
    /// When a reading occurs.
    enum Resolution: Hashable {
        case once(WallInstant)
        case twice(WallInstant, WallInstant)
        case missing(Gap)
    }

    /// Readings that never occur, because the clocks were put forward.
    struct Gap: Hashable {
        /// The first missing reading.
        let first: Int64
        /// The first reading after the gap.
        let resumption: Int64
        let before: LocalOffset
    }

    /// Where a search for readings after an instant begins: all earlier ones have occurred by then.
    ///
    /// In the second pass of a repeated hour that is the end of the hour, since each reading of the
    /// hour occurred in the first pass.
    func firstReading(after instant: WallInstant) -> (reading: Int64, stretch: Int) {
        let seconds = instant.microsecondsSinceEpoch.flooredQuotient(1_000_000)
        let current = stretch(at: seconds)
        var latest = instant.microsecondsSinceEpoch.saturatingSum(offsets[current].microseconds)
        var index = current
        while index > 0, starts[index] > seconds - Self.widestChange {
            let shown = starts[index] * 1_000_000 + offsets[index - 1].microseconds - 1
            latest = max(latest, shown)
            index -= 1
        }
        return (latest.saturatingSum(1), current)
    }

    /// The instant of a reading near a stretch, or when it does not occur once, how it does occur.
    func resolve(reading: Int64, near stretch: Int) -> Resolution {
        let microseconds = reading - offsets[stretch].microseconds
        let seconds = microseconds.flooredQuotient(1_000_000)
        let begins = starts[stretch]
        let isPastStart = begins == .min || seconds >= begins + Self.widestChange
        let isBeforeEnd =
            stretch + 1 == starts.count || seconds < starts[stretch + 1] - Self.widestChange
        guard isPastStart, isBeforeEnd else { return resolve(reading: reading) }
        return .once(WallInstant(microsecondsSinceEpoch: microseconds))
    }

    /// When a reading occurs.
    func resolve(reading: Int64) -> Resolution {
        let seconds = reading.flooredQuotient(1_000_000)
        let folded = foldedShift(seconds)
        let second = seconds - folded
        var index = stretch(at: second - Self.widestChange)
        var first: WallInstant?
        var previous = index
        while index < starts.count, starts[index] <= second + Self.widestChange {
            let instant = second - offsets[index].seconds
            let ends = index + 1 == starts.count ? Int64.max : starts[index + 1]
            if starts[index] <= instant, instant < ends {
                let found = WallInstant(
                    microsecondsSinceEpoch: reading - offsets[index].microseconds)
                if let first { return .twice(first, found) }
                first = found
            }
            previous = index
            index += 1
        }
        if let first { return .once(first) }
        return .missing(gap(around: second, endingAtOrBefore: previous, shift: folded))
    }

    /// The gap that holds a reading no stretch shows.
    private func gap(around second: Int64, endingAtOrBefore last: Int, shift: Int64) -> Gap {
        var index = last
        while index > 1, second < starts[index] + offsets[index - 1].seconds { index -= 1 }
        let before = offsets[max(0, index - 1)]
        let first = starts[index] + before.seconds + shift
        let resumption = starts[index] + offsets[index].seconds + shift
        return Gap(
            first: first * 1_000_000, resumption: resumption * 1_000_000, before: before)
    }

    /// How many seconds to take off so that the known changes stand for the years far ahead.
    private func foldedShift(_ seconds: Int64) -> Int64 {
        guard let repeatsFrom, seconds >= repeatsFrom - Self.widestChange else { return 0 }
        let cycles = (seconds - (repeatsFrom - Self.widestChange)) / Self.secondsPer400Years + 1
        return cycles * Self.secondsPer400Years
    }

    /// No two clocks are further apart than this, in seconds.
    static let widestChange: Int64 = 2 * 86_400
}
