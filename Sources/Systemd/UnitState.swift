import CSystemd
import Glibc

/// What PID 1 knows of a service; the words are systemd's.
package struct UnitState: Hashable, Sendable {
    /// `ActiveState`: active, activating, deactivating, inactive, failed.
    package let active: String
    /// `SubState`: running, exited, dead, start, auto-restart …
    package let sub: String
    /// Whether PID 1 has such a unit at all.
    package let isLoaded: Bool
    /// `Result`: success, exit-code, signal, timeout, core-dump, watchdog … ; empty for other kinds of unit.
    package let result: String
    /// How the main process ended, once it has.
    package let exit: Exit?
    /// The main process, while it runs.
    package let mainProcess: UInt32?

    /// How a main process ended.
    package enum Exit: Hashable, Sendable {
        case status(Int32)
        case signal(Int32)
    }
}

extension UnitState {
    private static let unitInterface = "org.freedesktop.systemd1.Unit"
    private static let serviceInterface = "org.freedesktop.systemd1.Service"

    init(of unit: String, over connection: borrowing BusConnection) throws {
        let path = try Self.objectPath(of: unit)
        let load = try connection.text("LoadState", of: path, interface: Self.unitInterface)
        isLoaded = load == "loaded"
        active = try connection.text("ActiveState", of: path, interface: Self.unitInterface)
        sub = try connection.text("SubState", of: path, interface: Self.unitInterface)
        guard unit.hasSuffix(".service") else {
            (result, exit, mainProcess) = ("", nil, nil)
            return
        }
        let service = Self.serviceInterface
        result = try connection.text("Result", of: path, interface: service)
        let code: Int32 = try connection.number("ExecMainCode", "i", of: path, interface: service)
        let status: Int32 = try connection.number(
            "ExecMainStatus", "i", of: path, interface: service)
        let process: UInt32 = try connection.number("MainPID", "u", of: path, interface: service)
        exit = Self.exit(code: code, status: status)
        mainProcess = process == 0 ? nil : process
    }

    // `code` is a CLD_ value of waitid(2); zero while the process has not ended.
    private static func exit(code: Int32, status: Int32) -> Exit? {
        switch Int(code) {
        case 0: nil
        case Int(CLD_EXITED): .status(status)
        default: .signal(status)
        }
    }

    private static func objectPath(of unit: String) throws -> String {
        var path: UnsafeMutablePointer<CChar>?
        try checked(
            "sd_bus_path_encode",
            sd_bus_path_encode("\(BusConnection.managerPath)/unit", unit, &path))
        guard let path else { throw SystemdError.unreadable(what: "the object path of \(unit)") }
        defer { free(path) }
        return String(cString: path)
    }
}
