import CalendarTime

/// Durations as people compare them: rounded to about three digits, in systemd's units.
enum DurationText {
    /// `4min 3s` for 243.1; to the millisecond below a second, to the minute from an hour on.
    static func short(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e12 else { return "?" }
        let sign = seconds < 0 ? "−" : ""
        let micros = (abs(seconds) * 1_000_000).rounded()
        let step: Double =
            switch abs(seconds) {
            case ..<0.9995: 1_000
            case ..<59.95: 100_000
            case ..<3_599.5: 1_000_000
            default: 60_000_000
            }
        let rounded = Int64((micros / step).rounded() * step)
        if rounded == 0 { return micros == 0 ? "0s" : sign + "<1ms" }
        let tenths = rounded < 60_000_000 && rounded > 1_000_000 && rounded % 1_000_000 != 0
        let accuracy = TimeSpan.milliseconds(tenths ? 100 : 1)
        return sign + TimeSpan(microseconds: rounded).formatted(accuracy: accuracy)
    }

    /// The same with a sign before a positive one, for changes.
    static func change(_ seconds: Double) -> String {
        (seconds > 0 ? "+" : "") + short(seconds)
    }

    /// `4min 3.200s`, to the millisecond, for records.
    static func exact(_ microseconds: Int64) -> String {
        let span = TimeSpan(microseconds: Int64(clamping: microseconds.magnitude))
        return (microseconds < 0 ? "-" : "") + span.formatted(accuracy: .milliseconds(1))
    }
}

/// Numbers with a fixed count of places, the same in every locale.
enum NumberText {
    /// `0.09` for 0.0893 with two places, halves away from zero.
    static func fixed(_ number: Double, places: Int) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "?" }
        let scale = (0..<places).reduce(1) { power, _ in power * 10 }
        let whole = Int((abs(number) * Double(scale)).rounded())
        let sign = number < 0 && whole != 0 ? "−" : ""
        guard places > 0 else { return "\(sign)\(whole)" }
        let digits = String(whole % scale)
        return sign + "\(whole / scale)." + String(repeating: "0", count: places - digits.count)
            + digits
    }

    /// `p = 0.089`, or `p < 0.001`.
    static func probability(_ p: Double) -> String {
        p < 0.001 ? "< 0.001" : "= \(fixed(p, places: 3))"
    }

    /// `+12 %` for 0.12.
    static func percentChange(_ share: Double) -> String {
        (share >= 0.0005 ? "+" : "") + "\(fixed(share * 100, places: 1)) %"
    }
}
