import ArgumentParser
import DrillDaemon
import Drills
import Faults
import Foundation
import UnitFiles

/// The files of drilld.conf have errors.
struct WrongFiles: Error, CustomStringConvertible {
    let problems: [Problem]

    var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Where everything lies; what is not given comes from drilld.conf.
struct Places: ParsableArguments {
    @Option(help: "The folder of the ledger, armed records and the archive.")
    var state: String?

    @Option(
        name: .customLong("folder"),
        help: "A folder with calendars/ and scenarios/; repeat it, the last one wins.")
    var folders: [String] = []

    @Option(help: "The UNIX socket of the control API.")
    var socket: String?

    @Option(help: "The UNIX socket of the agent.")
    var agentSocket: String?

    /// What files and arguments say together.
    func configuration(startsAgent: Bool) throws -> DaemonConfiguration {
        let unitFolders = folders.isEmpty ? UnitFolders() : UnitFolders(folders)
        let settings = try settings(in: unitFolders)
        let state = StateFolder(state.map(absolute) ?? settings.stateDirectory)
        let isOwn = self.state != nil
        return DaemonConfiguration(
            folders: unitFolders, state: state,
            archive: isOwn ? "\(state.path)/archive" : settings.archiveDirectory,
            socket: socket.map(absolute) ?? (isOwn ? "\(state.path)/api.sock" : settings.socket),
            agentSocket: agentSocket.map(absolute) ?? (isOwn ? state.socket : settings.agent),
            agentProgram: startsAgent ? sibling("drill-agent") : nil,
            controlProgram: sibling("drillctl"), operatorGroup: settings.operatorGroup,
            consoleURL: settings.consoleURL)
    }

    private func settings(in folders: UnitFolders) throws -> DaemonSettings {
        var problems: [Problem] = []
        let path = folders.paths.reversed().map { "\($0)/drilld.conf" }
            .first { FileManager.default.fileExists(atPath: $0) }
        let file =
            path.flatMap { UnitFile.read($0, into: &problems) }
            ?? UnitFile(name: "drilld.conf", path: "drilld.conf", sections: [])
        let settings = DaemonSettings(file, specifiers: .ofThisHost(), into: &problems)
        guard let settings, !problems.containsError else { throw WrongFiles(problems: problems) }
        return settings
    }

    /// A program that lies beside this one, or in the library folder of an installation.
    private func sibling(_ name: String) -> String {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let folder = own.deletingLastPathComponent()
        let beside = folder.appendingPathComponent(name).path
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        return folder.deletingLastPathComponent().appendingPathComponent("lib/drilld/\(name)").path
    }

    private func absolute(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.path
    }
}
