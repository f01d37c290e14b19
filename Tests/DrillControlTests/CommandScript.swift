import Foundation

/// A script of commands and what they print: `$ drillctl …`, the output, `[exit N]`.
struct CommandScript {
    /// Comment lines and commands in the order of the file.
    let parts: [Part]

    /// One piece of a script.
    enum Part: Equatable {
        case comment(String)
        case command(String)
    }

    /// Reads the commands of a script; what they print is not needed to run them.
    init(_ text: String) {
        var parts: [Part] = []
        var isInOutput = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("$ ") {
                parts.append(.command(String(line.dropFirst(2))))
                isInOutput = true
            } else if line.hasPrefix("[exit ") {
                isInOutput = false
            } else if !isInOutput, line.hasPrefix("#") {
                parts.append(.comment(String(line)))
            }
        }
        self.parts = parts
    }

    /// The script with what the commands print now.
    func replayed(in place: ScriptPlace) throws -> String {
        try parts.map { part in
            switch part {
            case .comment(let line): return line + "\n"
            case .command(let line):
                let (output, status) = try place.run(line)
                return "$ \(line)\n\(output)[exit \(status)]\n\n"
            }
        }.joined()
    }
}

/// A folder of its own with the sample files, in which commands are run.
final class ScriptPlace {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "drillctl-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.copyItem(
            at: scriptFolder.appending(path: "files"), to: folder)
    }

    deinit {
        // What stays behind in the temporary folder does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a line in a shell; its two outputs come in one, with paths and ages made the same everywhere.
    func run(_ line: String) throws -> (output: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        let programs = Bundle.module.bundleURL.deletingLastPathComponent().path
        process.environment = [
            "PATH": "\(programs):/usr/bin:/bin", "TZ": "UTC", "DRILL_PATH": "etc",
            "DRILL_STATE": "state", "DRILL_SOCKET": "none.sock", "HOME": folder.path,
            "COLUMNS": "80",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (normalised(String(decoding: data, as: UTF8.self)), process.terminationStatus)
    }

    private func normalised(_ text: String) -> String {
        var text = text.replacing(folder.path, with: "WORK")
        // Ages and clocks differ from run to run; what they are attached to does not.
        text = text.replacing(
            #/(\d+(\.\d+)? ?(y|years?|months?|w|weeks?|days?|d|h|min|s|ms|us) )+(left|ago)/#,
            with: "AGE")
        text = text.replacing("login '\(NSUserName())'", with: "login 'USER'")
        text = text.replacing(#/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+/#, with: "TIME")
        text = text.replacing(#/[+~]\d\d:\d\d:\d\d\.\d+/#, with: "OFFSET")
        text = text.replacing(#/[0-9a-f]{64}/#, with: "HASH")
        return text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    }
}
