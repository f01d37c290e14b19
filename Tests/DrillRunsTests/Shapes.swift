import Drills
import Samples
import Testing

/// A plan, a world and how the run must end in it.
struct Shape: Sendable, CustomTestStringConvertible {
    let name: String
    let plan: RunPlan
    let world: World
    let outcome: Outcome

    init(_ name: String, _ plan: RunPlan, in world: World = World(), ends outcome: Outcome) {
        self.name = name
        self.plan = plan
        self.world = world
        self.outcome = outcome
    }

    var testDescription: String { name }

    static let all: [Shape] = kinds + people + badEnds + cutShort

    private static let kinds: [Shape] = [
        Shape(
            "rollback, then forward again",
            .sample(responses: [.sample(.ack), .sample(.rollback), .sample(.rollForward)]),
            ends: .completed),
        Shape(
            "replay answers that it does not reproduce",
            .sample(
                kind: .replay, responses: [.sample(.ack), .sample(.trace), .sample(.replay)]),
            in: World(responseStatus: ["replay": 3]), ends: .completed),
        Shape("page storm, primary absent", .storm(availability: .absent), ends: .completed),
        Shape(
            "two faults, the second later",
            .sample(faults: [.sample("latency"), .sample("errors", start: .seconds(6))]),
            ends: .completed),
        Shape(
            "a fault that no rollback cures ends by its own duration",
            .sample(faults: [.sample("latency", duration: .seconds(10))]),
            in: World(rollbackCures: false), ends: .completed),
    ]

    private static let people: [Shape] = [
        Shape(
            "primary late, secondary acks first", .storm(availability: .late(.seconds(20))),
            ends: .completed),
        Shape("comms delayed", .sample(comms: .delayed(.seconds(3))), ends: .completed),
        Shape(
            "channel down, people find out by themselves", .sample(comms: .channelDown),
            ends: .completed),
        Shape(
            "page lost by the channel", .sample(), in: World(channelStatus: 1), ends: .completed),
        Shape(
            "nobody acks", .storm(availability: .absent, secondary: false),
            ends: .censored(reason: "not done within 1min")),
    ]

    private static let badEnds: [Shape] = [
        Shape(
            "steady state bad at the start", .sample(), in: World(steadyBefore: 1),
            ends: .notStarted(reason: "steady state: exit 1")),
        Shape(
            "inject exits 7", .sample(), in: World(injectStatus: ["latency": 7]),
            ends: .failed(reason: "inject of fault latency failed: exit 7")),
        Shape(
            "no fault applies", .sample(), in: World(injectStatus: ["latency": 77]),
            ends: .notStarted(reason: "no fault applies here")),
        Shape(
            "revert exits 7", .sample(), in: World(failingReverts: ["latency": 9]),
            ends: .leaked(faults: ["latency"])),
        Shape(
            "revert works at the second attempt", .sample(),
            in: World(failingReverts: ["latency": 1]), ends: .completed),
        Shape(
            "revert never answers", .sample(), in: World(revertsAnswer: false),
            ends: .leaked(faults: ["latency"])),
        Shape(
            "rollback fails", .sample(), in: World(responseStatus: ["rollback": 1]),
            ends: .failed(reason: "response rollback failed: exit 1")),
        Shape(
            "steady state does not return", .sample(duration: .seconds(30)),
            in: World(staysBroken: true),
            ends: .censored(
                reason: "steady state did not return within 30s: steady state: exit 1, "
                    + "probe front: exit 1")),
    ]

    private static let cutShort: [Shape] = [
        Shape(
            "abort condition holds", .sample(), in: World(abort: (from: 3, status: 0)),
            ends: .aborted(
                reason: "abort condition 'hooks/errors-above 50%': it holds")),
        Shape(
            "abort condition cannot be told", .sample(), in: World(abort: (from: 3, status: 2)),
            ends: .aborted(
                reason: "abort condition 'hooks/errors-above 50%': it could not be told (exit 2), "
                    + "which counts as holding")),
        Shape(
            "halt while a fault is live", .sample(),
            in: World(outside: [(4, .haltPulled(by: "lead-1", reason: "real incident"))]),
            ends: .halted(reason: "lead-1: real incident")),
        Shape(
            "abort during the brief", .sample(),
            in: World(outside: [(0, .abortRequested(by: "lead-1", reason: "not today"))]),
            ends: .aborted(reason: "lead-1: not today")),
        Shape(
            "the daemon dies while a fault is live", .sample(),
            in: World(outside: [(4, .interrupted(reason: "drilld was started again"))]),
            ends: .aborted(reason: "drilld was started again")),
    ]
}

extension RunPlan {
    static func storm(availability: Availability, secondary: Bool = true) -> RunPlan {
        let people = [
            OnCall(level: .primary, person: "sre-1"), OnCall(level: .secondary, person: "sre-2"),
        ]
        return .sample(
            kind: .pageStorm, faults: [], responses: [.sample(.ack)],
            pages: [
                .sample("a"), .sample("b", after: .seconds(2)), .sample("c", after: .seconds(3)),
            ], probes: [], availability: availability,
            onCall: secondary ? people : Array(people.prefix(1)))
    }
}
