import CSystemd
import Glibc

/// Starts, stops and looks at units of PID 1.
///
/// Each operation opens a connection of its own, so a value may be used from any thread and survives a
/// restart of the bus; it blocks its thread, at most until ``deadline``. PID 1 knows the unit as soon as an
/// operation has been sent, so a deadline that passes says nothing about whether it happened.
package struct UnitController: Sendable {
    /// How long one operation may take, the end of its job included.
    package let deadline: Duration

    /// A controller whose operations take at most so long.
    package init(deadline: Duration = .seconds(25)) {
        self.deadline = deadline
    }

    /// Starts a transient service and waits for the end of the start job.
    ///
    /// - Throws: ``SystemdError/refused(method:name:text:)``, for one when the unit exists already;
    ///   ``SystemdError/fragile(unit:word:)`` for a revert that would not survive a daemon-reload.
    package func startTransientService(
        name: String, _ service: TransientService
    ) throws -> JobResult {
        if let word = service.fragileWord { throw SystemdError.fragile(unit: name, word: word) }
        return try startTransient(name: name, properties: service.properties)
    }

    /// Starts a transient timer; the service of the same name has to exist, or its template.
    package func startTransientTimer(name: String, _ timer: TransientTimer) throws -> JobResult {
        try startTransient(name: name, properties: timer.properties)
    }

    /// Starts a unit that has a file.
    package func start(_ unit: String) throws -> JobResult {
        try job("StartUnit", unit) { message in
            try message.append(unit)
            try message.append("replace")
        }
    }

    /// Stops a unit and waits until it has stopped, `ExecStopPost=` included.
    ///
    /// A unit that PID 1 does not know counts as stopped.
    package func stop(_ unit: String) throws -> JobResult {
        do {
            return try job("StopUnit", unit) { message in
                try message.append(unit)
                try message.append("replace")
            }
        } catch let error as SystemdError where error.isUnknownUnit {
            return .done
        }
    }

    /// Forgets that a unit failed; nothing when PID 1 does not know it.
    package func resetFailed(_ unit: String) throws {
        let connection = try BusConnection(deadline: Deadline(after: deadline))
        do {
            _ = try connection.call("ResetFailedUnit") { try $0.append(unit) }
        } catch let error as SystemdError where error.isUnknownUnit {}
    }

    /// What PID 1 knows of a unit; `loaded` is false when there is none of that name.
    package func unitState(_ unit: String) throws -> UnitState {
        let connection = try BusConnection(deadline: Deadline(after: deadline))
        return try UnitState(of: unit, over: connection)
    }

    /// The names of the units that PID 1 has in memory and that match one of the patterns, sorted.
    package func units(matching patterns: [String]) throws -> [String] {
        let connection = try BusConnection(deadline: Deadline(after: deadline))
        let reply = try connection.call("ListUnitsByPatterns") { message in
            try message.append(.strings([]))
            try message.append(.strings(patterns))
        }
        return try Self.unitNames(in: reply)
    }

    /// Runs a service to its end, says how it ended, and leaves no unit behind.
    ///
    /// - Throws: ``SystemdError/deadline(waitingFor:seconds:)`` when it still runs; it is then left alone.
    package func run(name: String, _ service: TransientService) throws -> UnitState {
        precondition(service.kind == .oneshot, "only a oneshot ends with its start job")
        var service = service
        service.remainsAfterExit = true
        _ = try startTransientService(name: name, service)
        let state = try unitState(name)
        _ = try stop(name)
        try resetFailed(name)
        return state
    }

    private func startTransient(name: String, properties: [UnitProperty]) throws -> JobResult {
        try job("StartTransientUnit", name) { message in
            try message.append(name)
            try message.append("fail")
            try message.append(properties)
            try message.container("a", "(sa(sv))") {}
        }
    }

    private func job(
        _ member: String, _ unit: String, arguments: (borrowing BusMessage) throws -> Void
    ) throws -> JobResult {
        let connection = try BusConnection(deadline: Deadline(after: deadline))
        try connection.subscribeToJobs()
        let reply = try connection.call(member, arguments: arguments)
        return try connection.waitForJob(try reply.readText("o"), of: unit)
    }

    private static func unitNames(in reply: borrowing BusMessage) throws -> [String] {
        var names: [String] = []
        guard try reply.enter("a", "(ssssssouso)") else { return [] }
        while try reply.enter("r", "ssssssouso") {
            names.append(try reply.readText())
            try checked("read D-Bus message", sd_bus_message_skip(reply.pointer, "sssssouso"))
            try reply.leave()
        }
        return names.sorted()
    }
}

/// How a job of PID 1 ended; the words are systemd's.
package enum JobResult: String, Hashable, Sendable {
    case done, canceled, timeout, failed, dependency, skipped, invalid, assert, unsupported
    case collected, once
}
