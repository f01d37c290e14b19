import Foundation

/// A folder of its own with sample files, in which commands are run.
final class ScriptPlace: Sendable {
    /// Where the files are now.
    let folder: URL
    private let socket: String

    /// - Parameter files: a folder of sample files below that of the scripts.
    init(_ files: String = "files", socket: String = "none.sock") throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "drillctl-\(UUID().uuidString)")
        self.socket = socket
        try FileManager.default.copyItem(at: scriptFolder.appending(path: files), to: folder)
    }

    deinit {
        // What stays behind in the temporary folder does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    /// The folder of the programs under test.
    static var programs: URL { Bundle.module.bundleURL.deletingLastPathComponent() }

    /// Runs a line in a shell; its two outputs come in one, with paths and ages made the same everywhere.
    ///
    /// A line that ends with `&` is started and left alone; it writes into files.
    func run(_ line: String) throws -> (output: String, status: Int32) {
        guard !line.hasSuffix(" &") else {
            let process = process(String(line.dropLast(2)))
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            return ("", 0)
        }
        let process = process(line)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (normalised(String(decoding: data, as: UTF8.self)), process.terminationStatus)
    }

    private func process(_ line: String) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "\(Self.programs.path):/usr/bin:/bin", "TZ": "UTC", "DRILL_PATH": "etc",
            "DRILL_STATE": "state", "DRILL_SOCKET": socket, "HOME": folder.path,
            "COLUMNS": "80",
        ]
        process.standardInput = FileHandle.nullDevice
        return process
    }

    private func normalised(_ text: String) -> String {
        var text = text.replacing(folder.path, with: "WORK")
        // Ages and clocks differ from run to run; what they are attached to does not.
        text = text.replacing(
            #/(\d+(\.\d+)? ?(y|years?|months?|w|weeks?|days?|d|h|min|s|ms|us) )+(left|ago)/#,
            with: "AGE")
        text = text.replacing(#/opens in (\d+(min|s) ?)+/#, with: "opens in AGE")
        text = text.replacing("login '\(NSUserName())'", with: "login 'USER'")
        text = text.replacing(#/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+/#, with: "TIME")
        text = text.replacing(#/[+~]\d\d:\d\d:\d\d\.\d+/#, with: "OFFSET")
        text = text.replacing(#/[0-9a-f]{64}/#, with: "HASH")
        return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    }
}
