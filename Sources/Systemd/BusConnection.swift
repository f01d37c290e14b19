import CSystemd
import Glibc

/// One connection to PID 1, used by one thread and closed at the end of its scope.
struct BusConnection: ~Copyable {
    private let bus: OpaquePointer
    private let deadline: Deadline

    static let destination = "org.freedesktop.systemd1"
    static let managerPath = "/org/freedesktop/systemd1"
    static let manager = "org.freedesktop.systemd1.Manager"

    /// Connects: root straight to PID 1, as systemctl does, so that reverting a fault does not depend on
    /// the message bus being up; everybody else through the system bus.
    init(deadline: Deadline) throws {
        self.deadline = deadline
        bus = try Self.isDirect ? Self.openDirect() : Self.openSystemBus()
    }

    deinit {
        sd_bus_flush_close_unref(bus)
    }

    private static let privateSocket = "/run/systemd/private"

    private static var isDirect: Bool { geteuid() == 0 && access(privateSocket, F_OK) == 0 }

    private static func openDirect() throws -> OpaquePointer {
        var bus: OpaquePointer?
        try checked("sd_bus_new", sd_bus_new(&bus))
        guard let bus else { throw SystemdError.unreadable(what: "the new bus") }
        do {
            try checked("sd_bus_set_address", sd_bus_set_address(bus, "unix:path=\(privateSocket)"))
            try checked("connect to \(privateSocket)", sd_bus_start(bus))
            return bus
        } catch {
            sd_bus_unref(bus)
            throw error
        }
    }

    private static func openSystemBus() throws -> OpaquePointer {
        var bus: OpaquePointer?
        try checked("connect to the system bus", sd_bus_open_system(&bus))
        guard let bus else { throw SystemdError.unreadable(what: "the system bus") }
        return bus
    }
}

extension BusConnection {
    /// Calls a method of the manager and hands over its answer.
    func call(
        _ member: String, arguments: (borrowing BusMessage) throws -> Void = { _ in }
    ) throws -> BusMessage {
        let message = try newCall(
            to: Self.destination, path: Self.managerPath, interface: Self.manager, member)
        try arguments(message)
        return try send(message, describedAs: member)
    }

    /// Asks to be told of the ends of jobs. Straight connections are told in any case.
    func subscribeToJobs() throws {
        _ = try call("Subscribe")
        guard !Self.isDirect else { return }
        let message = try newCall(
            to: "org.freedesktop.DBus", path: "/org/freedesktop/DBus",
            interface: "org.freedesktop.DBus", "AddMatch")
        try message.append(
            "type='signal',sender='\(Self.destination)',interface='\(Self.manager)',"
                + "member='JobRemoved',path='\(Self.managerPath)'")
        _ = try send(message, describedAs: "AddMatch")
    }

    /// Waits for the end of a job, from whatever came in since ``subscribeToJobs()``.
    func waitForJob(_ path: String, of unit: String) throws -> JobResult {
        while true {
            var incoming: OpaquePointer?
            let progress = try checked("sd_bus_process", sd_bus_process(bus, &incoming))
            if let incoming {
                let message = BusMessage(adopting: incoming)
                if let result = try jobResult(message, path) { return result }
            } else if progress == 0 {
                let left = deadline.microsecondsLeft
                guard left > 0 else { throw deadline.missed(waitingFor: "the job of \(unit)") }
                try checked("sd_bus_wait", sd_bus_wait(bus, left))
            }
        }
    }

    private func jobResult(_ message: borrowing BusMessage, _ path: String) throws -> JobResult? {
        guard sd_bus_message_is_signal(message.pointer, Self.manager, "JobRemoved") > 0 else {
            return nil
        }
        _ = try message.readNumber()
        guard try message.readText("o") == path else { return nil }
        _ = try message.readText()
        return JobResult(rawValue: try message.readText()) ?? .failed
    }

    private func newCall(
        to destination: String, path: String, interface: String, _ member: String
    ) throws -> BusMessage {
        var message: OpaquePointer?
        try checked(
            "new D-Bus call",
            sd_bus_message_new_method_call(bus, &message, destination, path, interface, member))
        guard let message else { throw SystemdError.unreadable(what: "the new D-Bus call") }
        return BusMessage(adopting: message)
    }

    private func send(_ message: borrowing BusMessage, describedAs name: String) throws
        -> BusMessage
    {
        let left = deadline.microsecondsLeft
        guard left > 0 else { throw deadline.missed(waitingFor: name) }
        var error = sd_bus_error()
        defer { sd_bus_error_free(&error) }
        var reply: OpaquePointer?
        let result = sd_bus_call(bus, message.pointer, left, &error, &reply)
        guard result >= 0, let reply else {
            throw failure(of: name, error, result)
        }
        return BusMessage(adopting: reply)
    }

    private func failure(of method: String, _ error: sd_bus_error, _ result: Int32) -> SystemdError
    {
        if result == -ETIMEDOUT { return deadline.missed(waitingFor: method) }
        guard let name = error.name else { return .system(call: method, errno: -result) }
        let text = error.message.map { String(cString: $0) } ?? "no reason given"
        return .refused(method: method, name: String(cString: name), text: text)
    }
}

extension BusConnection {
    /// Reads a text property of a unit's object.
    func text(_ property: String, of path: String, interface: String) throws -> String {
        var error = sd_bus_error()
        defer { sd_bus_error_free(&error) }
        sd_bus_set_method_call_timeout(bus, max(1, deadline.microsecondsLeft))
        var value: UnsafeMutablePointer<CChar>?
        let result = sd_bus_get_property_string(
            bus, Self.destination, path, interface, property, &error, &value)
        guard result >= 0, let value else { throw failure(of: property, error, result) }
        defer { free(value) }
        return String(cString: value)
    }

    /// Reads a number property of a unit's object; `type` is its D-Bus type.
    func number<Number: FixedWidthInteger>(
        _ property: String, _ type: Character, of path: String, interface: String
    ) throws -> Number {
        var error = sd_bus_error()
        defer { sd_bus_error_free(&error) }
        sd_bus_set_method_call_timeout(bus, max(1, deadline.microsecondsLeft))
        var value: Number = 0
        let code = CChar(bitPattern: type.asciiValue ?? 0)
        let result = sd_bus_get_property_trivial(
            bus, Self.destination, path, interface, property, &error, code, &value)
        guard result >= 0 else { throw failure(of: property, error, result) }
        return value
    }
}

/// The moment until which one operation may take.
struct Deadline {
    private let end: ContinuousClock.Instant
    private let limit: Duration

    init(after limit: Duration) {
        self.limit = limit
        end = .now + limit
    }

    /// What is left, zero when it is over.
    var microsecondsLeft: UInt64 { (end - .now).wholeMicroseconds }

    /// The error for a wait that took until the deadline.
    func missed(waitingFor what: String) -> SystemdError {
        .deadline(waitingFor: what, seconds: limit / .seconds(1))
    }
}
