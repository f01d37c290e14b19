import CalendarTime
import Drills
import Faults
import Systemd
import UnitFiles

/// Where a daemon finds its files and its agent, and where it keeps what it records.
package struct DaemonConfiguration: Sendable {
    /// Hold `calendars/` and `scenarios/`.
    package let folders: UnitFolders
    package let state: StateFolder
    package let archive: String
    /// The UNIX socket of the control API.
    package let socket: String
    package let agentSocket: String
    /// Started when nobody listens at the agent's socket; nil where systemd does that.
    package let agentProgram: String?
    /// The path of `drillctl`, given to hooks as `DRILL_CTL`.
    package let controlProgram: String
    /// Members may do everything; others may look and stop.
    package let operatorGroup: String
    package let zones: ZoneDatabase
    /// The folder with the secrets of channels; nil: drilld was given none.
    package let credentials: String?
    /// Where people reach the console, if that is not where it listens; no trailing slash.
    package let consoleURL: String?

    /// A configuration in full.
    package init(
        folders: UnitFolders, state: StateFolder, archive: String, socket: String,
        agentSocket: String, agentProgram: String?, controlProgram: String, operatorGroup: String,
        zones: ZoneDatabase = ZoneDatabase(),
        credentials: String? = Activation.credentialsDirectory, consoleURL: String? = nil
    ) {
        self.folders = folders
        self.state = state
        self.archive = archive
        self.socket = socket
        self.agentSocket = agentSocket
        self.agentProgram = agentProgram
        self.controlProgram = controlProgram
        self.operatorGroup = operatorGroup
        self.zones = zones
        self.credentials = credentials
        self.consoleURL = consoleURL
    }

    /// The ledger's file.
    package var ledger: String { "\(state.path)/ledger.sqlite" }

    /// Touched while the agenda is watched, so that the next start knows what was missed.
    var heartbeat: String { "\(state.path)/alive" }

    /// The folders that hooks are looked up in, the one that overrides the others first.
    package var hookFolders: [String] { folders.paths.reversed().map { "\($0)/scenarios" } }
}
