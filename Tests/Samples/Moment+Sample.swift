import CalendarTime

extension Moment {
    /// A moment of a machine that was started at midnight of 1970-01-01 UTC.
    package static func sample(_ boot: BootInstant) -> Moment {
        Moment(
            wall: WallInstant(microsecondsSinceEpoch: boot.microsecondsSinceBoot), boot: boot)
    }
}
