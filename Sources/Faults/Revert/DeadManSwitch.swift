import Drills

/// What reverts a fault when everyone who knows of it has died.
package protocol DeadManSwitch: Sendable {
    /// What people see: `systemd` or `session`.
    var name: String { get }
    /// Takes hold of a fault before it is injected; throws if it cannot, and then nothing is injected.
    func hold(_ record: ArmedRecord) async throws
    /// Lets go of a fault that is gone.
    func release(_ fault: FaultID) async
    /// Whether somebody other than this process still watches the deadline of a fault.
    func isHeld(_ fault: FaultID) async -> Bool
}

/// Without systemd the agent itself is the switch: it holds the deadlines for as long as it lives, and
/// sweeps all armed records when it starts.
package struct SessionSwitch: DeadManSwitch {
    package let name = "session"

    /// A switch that needs nothing but the running agent.
    package init() {}

    package func hold(_ record: ArmedRecord) {}

    package func release(_ fault: FaultID) {}

    package func isHeld(_ fault: FaultID) -> Bool { false }
}
