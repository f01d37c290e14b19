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
