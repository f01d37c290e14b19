/// Lengths of time on a running clock: wide enough to read, steady enough not to dance.
enum ClockText {
    /// `12.3s`, `2min 03s`, `1h 02min`.
    static func short(_ microseconds: Int64) -> String {
        let sign = microseconds < 0 ? "-" : ""
        let tenths = Int64(clamping: microseconds.magnitude) / 100_000
        let seconds = tenths / 10
        if seconds < 60 { return "\(sign)\(seconds).\(tenths % 10)s" }
        if seconds < 3_600 { return "\(sign)\(seconds / 60)min \(twoDigits(seconds % 60))s" }
        return "\(sign)\(seconds / 3_600)h \(twoDigits(seconds / 60 % 60))min"
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
