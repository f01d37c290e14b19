/// Makes the files of a calendar with many drills.
struct CalendarText {
    /// Each file stays well below what one file may hold.
    static let drillsPerFile = 2_500

    let drills: Int

    /// One file for the people and targets, and as many as needed for the drills.
    var calendars: [(name: String, text: String)] {
        var files = [("common.calendar", Self.common)]
        for first in stride(from: 0, to: drills, by: Self.drillsPerFile) {
            let last = min(first + Self.drillsPerFile, drills)
            let sections = (first..<last).map(Self.drill)
            let text = "[Calendar]\nTimeZone=Europe/Berlin\n\n" + sections.joined(separator: "\n")
            files.append(("drills-\(first).calendar", text))
        }
        return files
    }

    private static let common = """
        [Person lead-1]
        [Person lead-2]
        [Person observer-1]
        [Person sre-1]
        [Person sre-2]
        [Channel pager]
        Command=hooks/page
        [Target shop]
        Environment=staging
        Allow=unit:shop-*.service
        Steady=hooks/healthy
        Marker=/srv/shop/environment
        [Freeze summer]
        Between=2027-08-01..2027-08-15

        """

    /// A drill of its own hour, minute and days, so that no two drills share a schedule by chance.
    private static func drill(_ index: Int) -> String {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
        let day = days[index % days.count]
        let date = index % 3 == 0 ? "*-*-01..07" : index % 3 == 1 ? "*-01,04,07,10-*" : "*-*-15..21"
        return """
            [Drill drill-\(index)]
            Kind=rollback
            Tier=service
            OnCalendar=\(day) \(date) \(8 + index % 9):\(index % 60):\(index / 60 % 60)
            Scenario=slow
            Target=shop
            Commander=lead-1 lead-2
            Observers=observer-1
            OnCall=primary:sre-1 secondary:sre-2
            Lanes=response:sre-1
            DurationSec=45min
            Channel=pager

            """
    }

    /// The scenario that all drills rehearse.
    static let scenario = """
        [Scenario]
        Description=Payments answer slowly
        Class=technical
        Severity=SEV-2
        Boundary=checkout -> payments
        Signal=p95 above 800ms
        [Packet]
        Hypothesis=Checkout sheds load
        Trigger=latency 50ms -> 900ms
        BlastRadius=shop only
        Abort=hooks/errors-above 50%
        ScoreOwner=observer-1
        [Respond rollback]
        Command=hooks/rollback

        """
}
