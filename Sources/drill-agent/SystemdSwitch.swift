import CalendarTime
import Dispatch
import Drills
import Faults
import Systemd

/// PID 1 as the dead-man's switch: a hold unit that reverts when it ends, and a timer as second clock.
struct SystemdSwitch: DeadManSwitch {
    let name = "systemd"
    private let places: Places
    private let program: String
    /// How long after its deadline the second clock looks after a fault.
    private static let secondClockGrace = TimeSpan.seconds(30)

    init(places: Places) throws {
        self.places = places
        program = try Places.program()
    }

    /// The switch that fits this machine.
    static func ifBooted(places: Places) -> any DeadManSwitch {
        // Without the path of this program no unit can be written; the agent is the switch then.
        guard Boot.isSystemd, let found = try? SystemdSwitch(places: places) else {
            return SessionSwitch()
        }
        return found
    }

    func hold(_ record: ArmedRecord) async throws {
        try await Blocking.run {
            let result = try UnitController().startTransientService(
                name: Self.holdUnit(of: record.fault), service(holding: record))
            guard result == .done else { throw NotHeld(fault: record.fault, result: result) }
            let second = record.deadline.wall.advanced(by: Self.secondClockGrace)
            _ = try UnitController().startTransientTimer(
                name: Self.timer(of: record.fault),
                TransientTimer(
                    description: "Second clock of fault \(record.fault)",
                    microsecondsSinceEpoch: second.microsecondsSinceEpoch))
        }
    }

    func release(_ fault: FaultID) async {
        await Blocking.run {
            let controller = UnitController()
            // What cannot be stopped ends by itself and finds nothing to revert.
            for unit in [Self.timer(of: fault), Self.holdUnit(of: fault)] {
                _ = try? controller.stop(unit)
                try? controller.resetFailed(unit)
            }
        }
    }

    func isHeld(_ fault: FaultID) async -> Bool {
        await Blocking.run {
            // Not known means not held: a revert too many does no harm.
            let state = try? UnitController().unitState(Self.holdUnit(of: fault))
            return state.map { $0.isLoaded && ["active", "activating"].contains($0.active) }
                ?? false
        }
    }

    private func service(holding record: ArmedRecord) -> TransientService {
        let fault = record.fault.text
        var service = TransientService(
            description: "Fault \(fault) on \(record.target.name)", kind: .exec,
            start: [program, "hold"] + places.arguments + ["--", fault])
        service.stopPost = [program, "revert"] + places.arguments + ["--", fault]
        let left = record.deadline.boot.span(since: MachineClock.bootNow())
        service.runtimeMax = .microseconds(max(left.microseconds, 1))
        service.stopTimeout = .seconds(300)
        service.collectMode = .inactiveOrFailed
        // When all end together, the one that was injected last goes first.
        service.after = older(than: record)
        if !record.plan.outlivesDaemon {
            service.bindsTo = ["drilld.service"]
            service.after.append("drilld.service")
        }
        return service
    }

    /// The hold units of the faults that were armed before on the same target.
    private func older(than record: ArmedRecord) -> [String] {
        // Records that cannot be listed hold nobody up.
        let entries = (try? ArmedStore(reading: places.folder).entries()) ?? []
        return entries.filter {
            $0.fault != record.fault && $0.record?.target.name == record.target.name
        }.map { Self.holdUnit(of: $0.fault) }
    }

    private static func holdUnit(of fault: FaultID) -> String { "drill-fault-\(fault).service" }

    private static func timer(of fault: FaultID) -> String { "drill-revert@\(fault).timer" }
}

/// PID 1 did not start the unit that would revert a fault, so the fault is not injected.
struct NotHeld: Error, CustomStringConvertible {
    let fault: FaultID
    let result: JobResult

    var description: String {
        "systemd did not start the hold unit of '\(fault)' (job \(result.rawValue)); "
            + "see 'systemctl status drilld.service'"
    }
}

/// Calls that block, on a thread of their own.
enum Blocking {
    static func run<Result: Sendable>(
        _ action: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "blocking").async {
                continuation.resume(with: Swift.Result { try action() })
            }
        }
    }

    static func run<Result: Sendable>(
        _ action: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "blocking").async { continuation.resume(returning: action()) }
        }
    }
}
