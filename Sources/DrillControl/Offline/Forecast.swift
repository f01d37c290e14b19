import CalendarTime
import DrillDaemon
import Drills
import Ledger
import Mutation

/// A plan with the mutations that the coming cycles will draw.
struct Forecast {
    let plan: CampaignPlan

    /// Drawing goes on from cycle to cycle; beyond this many the plan only names the rotation.
    private static let mostCycles = 200

    /// Plans a window from what was recorded; without a ledger from nothing.
    init(_ calendar: DrillCalendar, span: PlanSpan, reader: LedgerReader?) async throws {
        var recorded: [DrillName: Int] = [:]
        for drill in calendar.drills {
            recorded[drill.name] = try await reader?.lastCycle(of: drill.name) ?? 0
        }
        var until = recorded
        if let before = span.before {
            for row in CampaignPlan.make(calendar, window: before).rows {
                until[row.drill.name, default: 0] += 1
            }
        }
        var counts: [DrillName: Int] = [:]
        for row in CampaignPlan.make(calendar, window: span.window).rows {
            counts[row.drill.name, default: 0] += 1
        }
        var draws: [DrillName: Draw] = [:]
        for drill in calendar.drills {
            guard let count = counts[drill.name] else { continue }
            let first = recorded[drill.name] ?? 0
            let cycles = (until[drill.name] ?? 0) - first + count
            let preview = try await calendar.preview(
                of: drill, cycles: min(cycles, Self.mostCycles), reader: reader)
            draws[drill.name] = Draw(preview, cyclesBefore: first)
        }
        plan = CampaignPlan.make(
            calendar, window: span.window, cyclesBefore: { until[$0] ?? 0 },
            coming: { drill, cycle in
                draws[drill.name]?.coming(drill, cycle: cycle)
                    ?? .rotation(of: drill, cycle: cycle)
            })
    }

    /// The cycles of one drill that were drawn ahead.
    private struct Draw {
        private let preview: MutationPreview
        private let cyclesBefore: Int

        init(_ preview: MutationPreview, cyclesBefore: Int) {
            self.preview = preview
            self.cyclesBefore = cyclesBefore
        }

        func coming(_ drill: Drill, cycle: Int) -> CampaignPlan.Coming {
            let index = cycle - cyclesBefore - 1
            guard preview.steps.indices.contains(index) else {
                let rotation = CampaignPlan.Coming.rotation(of: drill, cycle: cycle)
                return CampaignPlan.Coming(
                    technical: rotation.technical, coordination: rotation.coordination,
                    mutation: preview.isExhausted
                        ? "none left, all variants were played" : "not drawn this far ahead")
            }
            let step = preview.steps[index]
            let values = zip(preview.model.factors, step.variant.values)
            let value = { (role: Factor.Role) in
                values.first { $0.0.role == role }.map { $0.0.values[$0.1] }
            }
            let isAmong = { (pool: [ScenarioName], text: String?) in
                pool.first { $0.text == text }
            }
            return CampaignPlan.Coming(
                technical: isAmong(drill.scenarios, value(.technical)) ?? drill.scenarios[0],
                coordination: isAmong(drill.coordination, value(.coordination)),
                mutation: step.rationale,
                values: Dictionary(values.map { ("\($0.0.name)", $0.0.values[$0.1]) }) { a, _ in a }
            )
        }
    }
}

extension DrillCalendar {
    /// The coming mutations of a drill, from its recorded history if there is a ledger.
    func preview(
        of drill: Drill, cycles: Int, reader: LedgerReader?, chosen: (Int) -> Void = { _ in }
    ) async throws -> MutationPreview {
        if let reader {
            return try await CyclePlanner(reader: reader)
                .preview(drill, cycles: cycles, calendar: self, chosen: chosen)
        }
        return try MutationPreview(
            of: try MutationModel(factors(of: drill)), cycles: cycles,
            seed: DrawnVariant.seed(of: drill), chosen: chosen)
    }
}
