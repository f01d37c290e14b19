import Console
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Glibc

/// The HALT lever when no daemon answers: its file blocks every injection all the same.
struct OfflineLever {
    let state: StateFolder
    /// Why the daemon was not asked.
    let cause: Unreachable

    /// Pulls the lever and asks the agent, if there is one, to revert everything.
    func pull(reason: String) async throws -> Done {
        guard access(state.path, W_OK) == 0 else {
            let problem = "'\(state.path)' cannot be written, so the lever is not pulled"
            throw CommandFailure(
                .failed, ["\(cause)", "\(problem); name drilld's folder with --state"])
        }
        let halt = Halt(
            by: Accounts.login(of: getuid()), reason: reason, at: MachineClock.now().wall)
        do {
            try HaltLever(folder: state).pull(halt)
        } catch {
            throw CommandFailure(
                .failed,
                ["\(cause)", "the lever of \(state.path) could not be pulled: \(error)"])
        }
        return Done(
            message: "drilld does not answer, but the lever is pulled; \(await revertAll())")
    }

    /// Forbids injections into a target: stopping never waits for anybody.
    func disarm(_ target: TargetName) throws -> Done {
        do {
            try ArmedTargets(folder: state).disarm(target)
        } catch {
            throw CommandFailure(
                .failed,
                ["\(cause)", "target \(target) could not be disarmed in \(state.path): \(error)"])
        }
        return Done(message: "drilld does not answer, but target \(target) is disarmed")
    }

    private func revertAll() async -> String {
        let sockets: [String] = [state.socket, Self.installedAgent]
        guard let socket = sockets.first(where: { access($0, W_OK) == 0 }) else {
            return "there is no agent; faults are reverted by their units or as it starts"
        }
        let agent = AgentClient(folder: state, role: .visitor, socket: socket)
        defer { agent.close() }
        do {
            let left = try await agent.revertAll()
            guard !left.isEmpty else { return "no fault is left" }
            return "still to be reverted: " + left.map { $0.fault.text }.joined(separator: ", ")
        } catch {
            return "\(error); 'drillctl faults' tells when the faults are gone"
        }
    }

    private static let installedAgent = "/run/drilld/agent.sock"
}
