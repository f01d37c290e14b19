import Foundation
import Testing

/// A folder with a storm that people answer, and a drilld that watches over it.
final class DaemonPlace {
    let place: ScriptPlace
    private let daemon = Process()

    init() throws {
        place = try ScriptPlace("daemon/files", socket: "state/api.sock")
        let folder = place.folder
        try Self.fill(folder.appending(path: "etc/calendars/storm.calendar"), place: folder.path)
        try FileManager.default.createDirectory(
            at: folder.appending(path: "state"), withIntermediateDirectories: true)
        let journal = folder.appending(path: "journal")
        try Data().write(to: journal)
        daemon.executableURL = ScriptPlace.programs.appending(path: "drilld")
        daemon.arguments = [
            "--foreground", "--state", "\(folder.path)/state", "--folder", "\(folder.path)/etc",
        ]
        daemon.standardInput = FileHandle.nullDevice
        daemon.standardOutput = FileHandle.nullDevice
        daemon.standardError = try FileHandle(forWritingTo: journal)
        try daemon.run()
    }

    deinit {
        daemon.terminate()
        // Foundation would wait for the agent too, which inherits what it listens at.
        var end = siginfo_t()
        waitid(P_PID, id_t(daemon.processIdentifier), &end, WEXITED | WNOWAIT)
    }

    private static func fill(_ file: URL, place: String) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing("@PLACE@", with: place).replacing("@LOGIN@", with: NSUserName())
        try Data(text.utf8).write(to: file)
    }

    /// Waits until drilld answers.
    func untilItAnswers() throws {
        let end = Date().addingTimeInterval(60)
        while try place.run("drillctl status").status != 0 {
            let isUp = daemon.isRunning && Date() < end
            try #require(isUp, "drilld does not answer: \(journal)")
        }
    }

    private var journal: String {
        // A missing journal has nothing to say.
        (try? String(
            contentsOf: place.folder.appending(path: "journal"), encoding: .utf8)) ?? ""
    }
}
