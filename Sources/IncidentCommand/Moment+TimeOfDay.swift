import CalendarTime

extension Moment {
    /// What the wall clock will show at a moment of this boot: `14:05:00 UTC`, rounded up to whole seconds.
    ///
    /// In UTC, as refusals are recorded and read in the timeline.
    func timeOfDay(at moment: BootInstant) -> String {
        let ahead = TimeSpan(microseconds: max(0, moment - boot))
        let then = wall.advanced(by: ahead).advanced(byMicroseconds: 999_999)
        let seconds = (then - CivilDate(of: then, in: .utc).start(in: .utc)) / 1_000_000
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":") + " UTC"
    }
}
