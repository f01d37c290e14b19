import CalendarTime
import Drills
import Ledger
import Mutation
import Scoring

/// Draws the mutation of a drill's next cycle from its recorded history.
package struct CyclePlanner: Sendable {
    private let reader: LedgerReader

    /// A planner over recorded history.
    package init(reader: LedgerReader) {
        self.reader = reader
    }

    /// The plan of the cycle that comes next.
    package func plan(
        _ drill: Drill, scheduled: WallInstant, calendar: DrillCalendar
    ) async throws -> RunPlan {
        let cycle = try await reader.lastCycle(of: drill.name) + 1
        let variant = try await draw(drill, calendar: calendar)
        return try RunPlan.make(
            drill: drill, cycle: cycle, scheduled: scheduled, calendar: calendar, variant: variant)
    }

    /// The variant that the next cycle would play.
    package func draw(_ drill: Drill, calendar: DrillCalendar) async throws -> DrawnVariant {
        let model = try MutationModel(calendar.factors(of: drill))
        let seed = DrawnVariant.seed(of: drill)
        let step = try model.mutated(after: try await history(of: drill, model), seed: seed)
        return DrawnVariant(step, of: model, seed: seed)
    }

    /// The coming cycles, as if each was scored and nothing was learned from it.
    package func preview(
        _ drill: Drill, cycles: Int, calendar: DrillCalendar, chosen: (Int) -> Void = { _ in }
    ) async throws -> MutationPreview {
        let model = try MutationModel(calendar.factors(of: drill))
        return try MutationPreview(
            of: model, cycles: cycles, after: try await history(of: drill, model),
            seed: DrawnVariant.seed(of: drill), chosen: chosen)
    }

    /// Every cycle that was played; those of another model (the files changed since) do not count.
    private func history(
        of drill: Drill, _ model: MutationModel
    ) async throws -> [ScoredCycle] {
        var history: [ScoredCycle] = []
        for record in try await reader.cycles(of: drill.name) {
            guard let variant = model.variant(of: record.mutation.values) else { continue }
            let standing = try await standing(of: record)
            history.append(ScoredCycle(cycle: record.cycle, variant: variant, standing: standing))
        }
        return history
    }

    /// Only a run that went through to its scorecard explains a change of score.
    private func standing(of record: CycleRecord) async throws -> ScoredCycle.Standing {
        switch record.outcome {
        case .completed, .censored: break
        default: return .unscored
        }
        guard let card = Scorecard(try await reader.timeline(of: record.run)) else {
            return .unscored
        }
        return .scored(
            ScoredCycle.Score(total: Double(card.score) / Double(card.rows.count)))
    }
}
