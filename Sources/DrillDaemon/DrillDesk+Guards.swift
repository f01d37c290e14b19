import Drills
import Faults

/// What keeps a run from beginning, beside the halt.
extension DrillDesk {
    /// Where people take the steps, each level has to be there and the commander has to have both hands free.
    func peopleReasons(against plan: RunPlan) -> [String] {
        guard plan.response.isAttended else { return [] }
        let lanes = plan.roster.lanesOfCommander.map { lane in
            "commander \(plan.roster.commander) owns lane \(lane.rawValue); "
                + "name somebody else with Lanes=\(lane.rawValue):PERSON"
        }
        let levels = OnCallLevel.allCases.filter { level in
            !plan.roster.onCall.contains { $0.level == level }
        }
        return lanes
            + levels.map { level in
                "nobody is on call as \(level.rawValue); add OnCall=\(level.rawValue):PERSON"
            }
    }

    /// A drill without faults needs no armed target, but HALT and dirty ground stop it as well.
    func groundReasons(against plan: RunPlan) -> [String] {
        Ground(store: store).refusals(target: plan.target, faults: plan.faults, run: plan.run)
            .filter { refusal in
                guard plan.faults.isEmpty else { return true }
                switch refusal {
                case .halted, .leaked, .stillArmed, .storeUnreadable, .diskIsFull: return true
                default: return false
                }
            }.map(\.description)
    }
}
