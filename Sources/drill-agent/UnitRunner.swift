import CalendarTime
import Drills
import Faults
import Glibc
import Synchronization
import Systemd

/// Runs each hook in a unit of its own: the agent itself is locked into a sandbox in which a hook could
/// not do its work.
final class UnitRunner: HookRunner {
    private let places: Places
    private let program: String
    private let calls: CallFolder
    private let lastCall = Mutex(0)

    init(places: Places) throws {
        self.places = places
        program = try Places.program()
        calls = places.callFolder
    }

    func run(_ call: HookCall) async -> HookReport {
        let name = nextName(call)
        do {
            try calls.put(call, as: name)
            defer { calls.discard(name) }
            let end = CallEnd()
            defer { end.mark() }
            return try await withTaskCancellationHandler {
                try await Blocking.run { [self] in try runUnit(name, call) }
            } onCancel: {
                stop(name, until: end)
            }
        } catch {
            return HookReport(.lost(reason: "\(error)"))
        }
    }

    func endCalls(of fault: FaultID, verb: HookVerb?) async -> Bool {
        let pattern = "drill-hook-\(fault):\(verb?.rawValue ?? "*"):*.service"
        return await Blocking.run {
            do {
                let controller = UnitController()
                for unit in try controller.units(matching: [pattern]) {
                    _ = try controller.stop(unit)
                }
                return true
            } catch {
                return false
            }
        }
    }

    /// Ends and forgets what an agent left behind that was killed.
    func clearRemains() {
        calls.clear()
        let controller = UnitController()
        // Bound to the agent, they have ended or are about to; what is left is their names.
        for unit in (try? controller.units(matching: ["drill-hook-*.service"])) ?? [] {
            _ = try? controller.stop(unit)
            try? controller.resetFailed(unit)
        }
    }

    private func runUnit(_ name: CallName, _ call: HookCall) throws -> HookReport {
        let patience = Duration.microseconds(call.timeout.microseconds) + .seconds(30)
        let state = try UnitController(deadline: patience).run(
            name: "drill-hook-\(name.text).service", service(name, call))
        if let report = try calls.report(of: name) { return report }
        return HookReport(.lost(reason: "its unit ended with the result '\(state.result)'"))
    }

    private func service(_ name: CallName, _ call: HookCall) -> TransientService {
        var service = TransientService(
            description: "Hook \(call.path)", kind: .oneshot,
            start: [program, "call", "--calls", calls.path] + places.arguments + ["--", name.text])
        service.startTimeout = .microseconds(call.timeout.microseconds) + .seconds(20)
        service.killMode = .mixed
        // Probes come every second, and the report is evidence enough: only warnings for the journal.
        let warnings = UnitProperty("LogLevelMax", .int32(4))
        // Without the usual conflict with shutdown.target: faults are reverted on the way down as well.
        // The agent goes before that target, and its hooks before the agent.
        service.further = [warnings, UnitProperty("DefaultDependencies", .boolean(false))]
        service.stopTimeout = .seconds(2)
        // A hook does not outlive the agent that waits for it.
        service.bindsTo = ["drill-agent.service"]
        service.after = ["drill-agent.service"]
        return service
    }

    /// Stops the unit of a call again and again: the first time it may not have been started yet.
    private func stop(_ name: CallName, until end: CallEnd) {
        Task {
            while !end.isMarked {
                // If it ended by itself meanwhile, so much the better.
                await Blocking.run {
                    _ = try? UnitController().stop("drill-hook-\(name.text).service")
                }
                // A task of its own, which nobody cancels.
                try? await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private func nextName(_ call: HookCall) -> CallName {
        let number = lastCall.withLock { last in
            last += 1
            return last
        }
        return CallName(call, process: getpid(), number: number)
    }
}

/// Whether a call has come to its end.
private final class CallEnd: Sendable {
    private let marked = Mutex(false)

    var isMarked: Bool { marked.withLock { $0 } }

    func mark() { marked.withLock { $0 = true } }
}
