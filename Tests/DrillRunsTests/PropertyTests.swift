import CalendarTime
import DrillRuns
import Drills
import Samples
import Testing

@Suite("A run in a random world")
struct PropertyTests {
    @Test(
        "takes back whatever it put in, or says which fault leaked",
        arguments: 0..<300 as Range<UInt64>)
    func takesBackWhatItPutIn(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var edges = SimulatedEdges(.random(using: &random), in: .random(using: &random))
        let outcome = edges.runToTheEnd()
        let asked = Set(edges.effects.compactMap(\.effect.injectedFault))
        let verified = Set(edges.entries.compactMap(\.event.verifiedFault))
        var leaked: Set<FaultName> = []
        if case .leaked(let faults) = outcome { leaked = Set(faults) }
        #expect(outcome != nil, "the run never ends")
        let skipped = Set(edges.entries.compactMap(\.event.skippedFault))
        #expect(asked.subtracting(skipped).isSubset(of: verified.union(leaked)))
        #expect(leaked.isDisjoint(with: verified))
    }

    @Test(
        "injects nothing unless every check before has passed",
        arguments: 0..<100 as Range<UInt64>)
    func checksFirst(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var world = World.random(using: &random)
        world.steadyBefore = 1
        var edges = SimulatedEdges(.random(using: &random), in: world)
        let outcome = edges.runToTheEnd()
        #expect(!edges.effects.contains { $0.effect.injectedFault != nil })
        #expect(outcome != .completed)
    }

    @Test(
        "is restored by its recorded events alone",
        arguments: 0..<100 as Range<UInt64>)
    func isRestored(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let plan = RunPlan.random(using: &random)
        var edges = SimulatedEdges(plan, in: .random(using: &random))
        _ = edges.runToTheEnd()
        for _ in 0..<8 {
            guard let moment = edges.moments.randomElement(using: &random) else { return }
            var restored = DrillRun(
                restoring: plan, from: Array(edges.entries.prefix(moment.count)))
            // What fell due without leaving an event behind has been done by then.
            _ = restored.wake(at: moment.at)
            #expect(moment.run.phase == restored.phase)
            #expect(moment.run.nextWake == restored.nextWake, "after \(moment.count) events")
            #expect(moment.run.pages == restored.pages)
        }
    }

    @Test(
        "is wound down at once by the next process, wherever it was left",
        arguments: 0..<100 as Range<UInt64>)
    func isTakenUp(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let plan = RunPlan.random(using: &random)
        var edges = SimulatedEdges(plan, in: .random(using: &random))
        _ = edges.runToTheEnd()
        // Restoring from each prefix is going on from the one before.
        var restored = DrillRun(plan: plan)
        for (index, entry) in edges.entries.dropLast().enumerated() {
            _ = restored.wake(at: entry.at)
            _ = restored.handle(entry.event, at: entry.at)
            var run = restored
            run.windDown(at: entry.at)
            #expect(run.isClosed, "left after \(index + 1) events")
        }
    }

    @Test(
        "ends with the closing event and says nothing after it",
        arguments: 0..<100 as Range<UInt64>)
    func endsOnce(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var edges = SimulatedEdges(.random(using: &random), in: .random(using: &random))
        _ = edges.runToTheEnd()
        let closings = edges.entries.filter {
            if case .closed = $0.event { true } else { false }
        }
        #expect(closings.count == 1)
        var run = edges.run
        let late = BootInstant(microsecondsSinceBoot: .max)
        #expect(run.handle(.detected(probe: "front"), at: late).isEmpty)
        #expect(run.wake(at: late).isEmpty)
    }
}

extension DrillRun {
    /// What the next process does with the run, in a world where every hook answers at once and well.
    fileprivate mutating func windDown(at now: BootInstant) {
        let good = HookReport(.exited(status: 0))
        var effects = handle(.interrupted(reason: "killed"), at: now)[...]
        while let effect = effects.popFirst() {
            switch effect {
            case .record(let event): effects += handle(event, at: now)
            case .revert(let fault):
                effects += handle(
                    .revertFinished(fault: fault, outcome: .verified, attempt: 1, report: good),
                    at: now)
            case .checkSteady(let stage):
                effects += handle(.steadyChecked(stage: stage, report: good), at: now)
            case .probe(let probe, let stage):
                effects += handle(
                    .probeFinished(probe: probe, stage: stage, report: good), at: now)
            default: break
            }
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), so that a failing seed repeats.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension RunPlan {
    static func random(using random: inout SplitMix) -> RunPlan {
        let kind = Kind.allCases.randomElement(using: &random) ?? .rollback
        let faults = (0..<Int.random(in: 0...3, using: &random)).map { index in
            FaultPlan.sample(
                Name("fault-\(index)"), start: .seconds(.random(in: 0...5, using: &random)),
                duration: .seconds(.random(in: 1...30, using: &random)))
        }
        let steps = Response.Step.allCases.filter { _ in Bool.random(using: &random) }
        let availability: [Availability] = [.present, .absent, .late(.seconds(4))]
        let comms: [CommsCondition] = [.normal, .delayed(.seconds(3)), .channelDown]
        return .sample(
            kind: kind, faults: faults, responses: steps.map(Response.sample),
            probes: Bool.random(using: &random) ? [.sample] : [],
            availability: availability.randomElement(using: &random) ?? .present,
            comms: comms.randomElement(using: &random) ?? .normal)
    }
}

extension World {
    static func random(using random: inout SplitMix) -> World {
        func now() -> Bool { UInt64.random(in: 0..<5, using: &random) == 0 }
        var world = World()
        world.injectStatus = now() ? ["fault-0": 77] : now() ? ["fault-1": 7] : [:]
        world.failingReverts = now() ? ["fault-0": 9] : now() ? ["fault-1": 2] : [:]
        world.revertsAnswer = !now()
        world.responseStatus = now() ? ["rollback": 1] : [:]
        world.rollbackCures = !now()
        world.channelStatus = now() ? 1 : 0
        world.abort = now() ? (from: 3, status: 0) : nil
        world.staysBroken = now()
        let second = Int.random(in: 0...20, using: &random)
        if now() { world.outside.append((second, .haltPulled(by: "lead-1", reason: "stop"))) }
        if now() { world.outside.append((second + 1, .interrupted(reason: "killed"))) }
        return world
    }
}

extension Effect {
    fileprivate var injectedFault: FaultName? {
        if case .inject(let fault) = self { fault } else { nil }
    }
}

extension RunEvent {
    fileprivate var verifiedFault: FaultName? {
        if case .revertFinished(let fault, .verified, _, _) = self { fault } else { nil }
    }

    fileprivate var skippedFault: FaultName? {
        if case .injectFinished(let fault, .skipped, _) = self { fault } else { nil }
    }
}
