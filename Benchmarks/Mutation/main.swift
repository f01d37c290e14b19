import Mutation

/// Runs the drill model 6·4·4·4·4·4·5 to full pair coverage and prints one line for each seed:
/// seed, cycles, greatest and mean number of changes, mean and greatest microseconds for a cycle.
///
/// Usage: bench-mutation [SEEDS]
let seeds = UInt64(CommandLine.arguments.dropFirst().first ?? "") ?? 15
let roles: [(Factor.Role, Int)] = [
    (.technical, 6), (.coordination, 4), (.timing, 4), (.dependency, 4), (.owner, 4), (.comms, 4),
    (.stress, 5),
]
let model = try MutationModel(
    factors: roles.map { role, count in
        Factor(
            name: FactorName(role.rawValue), role: role, values: (0..<count).map { "v\($0)" })
    })

let clock = ContinuousClock()
for seed in 1...max(1, seeds) {
    var mutator = Mutator(model: model)
    var changes: [Int] = []
    var microseconds: [Int64] = []
    while mutator.coverage.covered < mutator.coverage.feasible {
        let begin = clock.now
        let step = try mutator.next(seed: seed)
        try mutator.record(
            ScoredCycle(cycle: step.cycle, variant: step.variant, standing: .planned))
        let elapsed = begin.duration(to: clock.now).components
        microseconds.append(elapsed.seconds * 1_000_000 + elapsed.attoseconds / 1_000_000_000_000)
        if step.parent != nil { changes.append(step.changes.count) }
    }
    let mean = Double(changes.reduce(0, +)) / Double(changes.count)
    let meanTime = microseconds.reduce(0, +) / Int64(microseconds.count)
    print(
        seed, mutator.coverage.cycles, changes.max() ?? 0, Double(Int(mean * 100 + 0.5)) / 100,
        meanTime,
        microseconds.max() ?? 0)
}
