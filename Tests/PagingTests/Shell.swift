import Foundation

/// An HMAC that is not ours.
enum Openssl {
    static func signature(of text: String, key: String) throws -> String {
        let output = try Shell.output(
            "printf %s \"$1\" | openssl dgst -sha256 -hmac \"$2\" -r | cut -d' ' -f1", text, key)
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// A line of shell, run to its end.
enum Shell {
    static func output(_ line: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line, "sh"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Whether a program is installed.
    static func has(_ program: String) -> Bool {
        (try? output("command -v \"$1\"", program))?.isEmpty == false
    }
}
