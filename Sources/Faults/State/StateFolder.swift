import Drills
import Glibc

/// Where the agent and the daemon keep what must survive both of them.
package struct StateFolder: Hashable, Sendable {
    /// The absolute path.
    package let path: String

    /// A state folder; ``prepare()`` creates what is missing of it.
    package init(_ path: String) {
        self.path = path
    }

    var armed: String { "\(path)/armed" }
    var locks: String { "\(path)/locks" }
    var tombstones: String { "\(path)/tombstones" }
    var commands: String { "\(path)/commands" }
    var calls: String { "\(path)/calls" }
    var targets: String { "\(path)/targets" }
    /// The file of the HALT lever.
    package var halt: String { "\(path)/halt.json" }
    var reserve: String { "\(path)/reserve" }

    /// The socket of an agent that was not given another one.
    package var socket: String { "\(path)/agent.sock" }

    func record(of fault: FaultID) -> String { "\(armed)/\(fault).json" }
    func attempts(of fault: FaultID) -> String { "\(armed)/\(fault).state" }
    /// The copy of a record whose fault was taken back below a later one.
    func outlasted(_ fault: FaultID) -> String { "\(armed)/\(fault)\(Self.outlastedSuffix)" }
    static let outlastedSuffix = ".outlasted"
    func lock(of fault: FaultID) -> String { "\(locks)/\(fault)" }
    func arming(of target: TargetName) -> String { "\(targets)/\(target).armed" }

    /// The folder that a fault's hook may use as its own until the revert is verified.
    package func folder(of fault: FaultID) -> String { "\(path)/faults/\(fault)" }

    /// The tag of a fault's processes.
    package func tag(of fault: FaultID) -> FaultTag { FaultTag(folder: folder(of: fault)) }

    /// Creates the folders that are missing.
    package func prepare() throws {
        try Self.create(path, mode: 0o750)
        // The agent may be root without the right to override modes: it comes in through the group.
        let folders = [armed, locks, tombstones, commands, calls, targets, "\(path)/faults"]
        for folder in folders { try Self.create(folder, mode: 0o770) }
    }

    /// Creates the folder of a fault, closed to others: hooks may keep anything in it.
    func prepareFolder(of fault: FaultID) throws {
        try Self.create(folder(of: fault), mode: 0o700)
    }

    private static func create(_ folder: String, mode: mode_t) throws {
        if mkdir(folder, mode) == 0 {
            // Whatever the umask took away.
            chmod(folder, mode)
        } else if errno != EEXIST {
            throw SystemError(errno, "create \(folder)")
        }
    }
}
