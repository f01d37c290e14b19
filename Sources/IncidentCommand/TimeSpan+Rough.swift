import CalendarTime

extension TimeSpan {
    /// Rounded up to whole seconds, for people.
    var rough: TimeSpan {
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return .seconds(seconds + (rest > 0 ? 1 : 0))
    }
}
