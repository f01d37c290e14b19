import ArgumentParser
import CalendarTime
import Console
import DrillDaemon
import Drills
import Faults
import Foundation
import Glibc
import Ledger
import UnitFiles

/// The options that every verb takes.
struct GlobalOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "The socket of drilld; $DRILL_SOCKET, else /run/drilld/api.sock.", valueName: "path"),
        completion: .file())
    var socket: String?

    @Option(
        help: ArgumentHelp(
            "The folder with the ledger; $DRILL_STATE, else /var/lib/drilld.",
            valueName: "folder"),
        completion: .directory)
    var state: String?

    @Option(
        name: .customLong("folder"),
        help: ArgumentHelp(
            """
            A folder with calendars/ and scenarios/; a later one overrides an earlier one. \
            $DRILL_PATH, else /usr/lib/drilld:/run/drilld:/etc/drilld.
            """, valueName: "folder"),
        completion: .directory)
    var folders: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(
        help: "Print no colours; they are only used on a terminal, and never if $NO_COLOR is set.")
    var noColor = false
}

extension GlobalOptions {
    /// Where a command writes.
    var output: Output { Output() }

    /// Whether colours help.
    var usesColour: Bool {
        output.isTerminal && !noColor && Self.variable("NO_COLOR") == nil
            && Self.variable("TERM") != "dumb"
    }

    var socketPath: String { socket ?? Self.variable("DRILL_SOCKET") ?? "/run/drilld/api.sock" }

    /// The folder that was named; nil when it is the standard one.
    var namedState: String? { state ?? Self.variable("DRILL_STATE") }

    var stateFolder: StateFolder { StateFolder(namedState ?? "/var/lib/drilld") }

    var ledgerPath: String { "\(stateFolder.path)/ledger.sqlite" }

    var unitFolders: UnitFolders {
        if !folders.isEmpty { return UnitFolders(folders) }
        guard let path = Self.variable("DRILL_PATH") else { return UnitFolders() }
        return UnitFolders(path.split(separator: ":").map(String.init))
    }

    /// Folders that somebody named and that are not there.
    var missingFolders: [String] {
        guard !folders.isEmpty || Self.variable("DRILL_PATH") != nil else { return [] }
        return unitFolders.paths.filter { access($0, R_OK | X_OK) != 0 }
    }

    /// The folders that hooks are looked up in, the one that overrides the others first.
    var hookFolders: [String] { unitFolders.paths.reversed().map { "\($0)/scenarios" } }

    var client: ControlClient { ControlClient(socket: socketPath) }

    var now: WallInstant { MachineClock.now().wall }

    /// The zone of whoever reads.
    var zone: TimeZoneRules {
        ZoneDatabase().localZone(variable: Self.variable("TZ"))
    }

    /// A variable that is set to something.
    static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension GlobalOptions {
    /// The files as drilld would read them.
    func load() -> (calendar: DrillCalendar?, problems: [Problem]) {
        let hooks = HookGuard(folders: hookFolders)
        return CalendarSource(folders: unitFolders, zones: ZoneDatabase(), hookGuard: hooks).load()
    }

    /// The calendar; exit status 78 if the files have errors.
    func calendar() throws -> DrillCalendar {
        let (calendar, problems) = load()
        guard let calendar else {
            let errors = problems.filter { $0.severity == .error }
            throw CommandFailure(.configuration, errors.map(\.description))
        }
        return calendar
    }

    /// The ledger, for reading only.
    func ledger() throws -> LedgerReader { try LedgerReader.open(path: ledgerPath) }

    /// The ledger if there is one; a folder that was named must have one or be new.
    func ledgerIfAny() throws -> LedgerReader? {
        do {
            return try ledger()
        } catch LedgerError.missing {
            return nil
        } catch LedgerError.cannotOpen where namedState == nil {
            // Not everyone may read the daemon's own folder; a plan without history is still a plan.
            return nil
        }
    }
}

/// Reads a name on a command line.
func readName<Subject>(_ text: String) throws -> Name<Subject> {
    guard let name = Name<Subject>(checking: text) else {
        throw ValidationError(
            "'\(text)' is no name; a name has letters, digits, '-', '_' and '.', and begins with a "
                + "letter or digit")
    }
    return name
}
