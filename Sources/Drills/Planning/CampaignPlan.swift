import CalendarTime

/// What will happen in a quarter or any other window, and what speaks against it.
package struct CampaignPlan: Hashable, Sendable {
    package let window: PlanWindow
    /// In the order of their starts.
    package let rows: [Row]
    /// Sentences for people, without full stop; the gravest kinds first.
    package let warnings: [Warning]

    /// One planned run.
    package struct Row: Hashable, Sendable {
        package let drill: Drill
        /// Counted from 1.
        package let cycle: Int
        package let start: WallInstant
        package let coming: Coming
        package let roster: Roster?

        /// When the run is closed at the latest.
        package var end: WallInstant { start.advanced(by: drill.duration) }

        /// The start as people read it, in the zone of the drill's calendar.
        package var date: String {
            start.formatted(in: drill.calendar.zone, precision: .seconds)
        }
    }

    /// What a cycle will draw, as far as is known today.
    package struct Coming: Hashable, Sendable {
        package let technical: ScenarioName
        package let coordination: ScenarioName?
        /// The mutation in words; empty if nobody drew it.
        package let mutation: String
        /// The value of each factor by its name; empty if nobody drew it.
        package let values: [String: String]

        /// What a cycle will draw.
        package init(
            technical: ScenarioName, coordination: ScenarioName?, mutation: String,
            values: [String: String] = [:]
        ) {
            self.technical = technical
            self.coordination = coordination
            self.mutation = mutation
            self.values = values
        }

        /// The pools in turn, for a plan without history.
        package static func rotation(of drill: Drill, cycle: Int) -> Coming {
            let turn = max(cycle, 1) - 1
            let pool = drill.coordination
            return Coming(
                technical: drill.scenarios[turn % drill.scenarios.count],
                coordination: pool.isEmpty ? nil : pool[turn % pool.count], mutation: "")
        }
    }

    /// Something that a planner should look at.
    package struct Warning: Hashable, Sendable {
        package let topic: Topic
        package let text: String

        /// What the warning is about, in the order in which topics are listed.
        package enum Topic: String, CaseIterable, Hashable, Sendable {
            case overlap, freeze, clocks, roles, coverage, length
        }
    }

    /// No plan lists more runs than this.
    package static let rowLimit = 2_000
}

extension CampaignPlan {
    /// The plan of all drills of a calendar.
    ///
    /// - Parameters:
    ///   - cyclesBefore: how many cycles a drill has behind it when the window begins.
    ///   - coming: what a cycle will draw; asked cycle by cycle for each drill.
    package static func make(
        _ calendar: DrillCalendar, window: PlanWindow,
        cyclesBefore: (DrillName) -> Int = { _ in 0 },
        coming: (Drill, Int) -> Coming = Coming.rotation
    ) -> CampaignPlan {
        let frozen = FrozenTimes(calendar.freezes)
        var rows: [Row] = []
        var isTruncated = false
        for drill in calendar.drills {
            let starts = starts(of: drill, window, frozen)
            isTruncated = isTruncated || starts.count > rowLimit
            var cycle = cyclesBefore(drill.name)
            for start in starts.prefix(rowLimit) {
                cycle += 1
                rows.append(
                    row(drill, cycle, start, coming: coming(drill, cycle), calendar: calendar))
            }
        }
        rows.sort { ($0.start, $0.drill.name) < ($1.start, $1.drill.name) }
        isTruncated = isTruncated || rows.count > rowLimit
        let listed = Array(rows.prefix(rowLimit))
        let warnings = PlanWarnings(
            calendar: calendar, window: window, rows: listed, isTruncated: isTruncated)
        return CampaignPlan(window: window, rows: listed, warnings: warnings.all)
    }

    private static func row(
        _ drill: Drill, _ cycle: Int, _ start: WallInstant, coming: Coming, calendar: DrillCalendar
    ) -> Row {
        let packet = calendar.scenarios[coming.technical]?.packet
        return Row(
            drill: drill, cycle: cycle, start: start, coming: coming,
            roster: packet.map { Roster(drill, cycle: cycle, scoreOwner: $0.scoreOwner) })
    }

    /// The starts inside the window, one more than the limit at most.
    private static func starts(
        of drill: Drill, _ window: PlanWindow, _ frozen: FrozenTimes
    ) -> [WallInstant] {
        let instants = window.instants(in: drill.calendar.zone)
        var starts: [WallInstant] = []
        var last = instants.lowerBound.advanced(byMicroseconds: -1)
        while starts.count <= rowLimit, let next = drill.nextStart(after: last, frozen: frozen),
            next < instants.upperBound
        {
            starts.append(next)
            last = next
        }
        return starts
    }
}
