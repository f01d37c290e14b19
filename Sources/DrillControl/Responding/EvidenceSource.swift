import CalendarTime
import Crypto
import Drills
import Foundation
import Glibc

/// Where evidence comes from: a command to run, a file to read, or an address.
enum EvidenceSource {
    case command(String)
    case file(String)
    case address(String)

    /// How long a command may take.
    static let patience = TimeSpan.minutes(1)
    /// Longer files are no evidence but an archive.
    private static let longestFile = 64 * 1024 * 1024

    init(source: String?, command: String?) {
        if let command {
            self = .command(command)
        } else if let source, source.contains("://") {
            self = .address(source)
        } else {
            self = .file(source ?? "")
        }
    }

    /// What was found there.
    struct Taken {
        let source: EvidenceItem.Source
        let content: Data

        /// The evidence as it is recorded.
        func item(titled title: String) -> EvidenceItem {
            let isAddress = if case .address = source { true } else { false }
            return EvidenceItem(
                title: title, source: source,
                content: isAddress ? "" : content.beginning(upTo: EvidenceItem.maximumContent),
                bytes: isAddress ? 0 : Int64(content.count), hash: content.digest)
        }
    }

    /// Reads the file or runs the command.
    func take(within limit: TimeSpan) async throws -> Taken {
        switch self {
        case .address(let url): return Taken(source: .address(url: url), content: Data(url.utf8))
        case .file(let path):
            return Taken(source: .file(path: path), content: try Self.content(of: path))
        case .command(let line): return try await Self.outcome(of: line, within: limit)
        }
    }

    private static func content(of path: String) throws -> Data {
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: path)
        } catch {
            throw CommandFailure(.usage, "cannot read '\(path)': there is no such file")
        }
        guard (attributes[.size] as? Int ?? 0) <= longestFile else {
            throw CommandFailure(
                .usage,
                "'\(path)' is longer than 64 MiB; put it where it can stay and add its address")
        }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.usage, "cannot read '\(path)'; see who may")
        }
        return content
    }

    /// Both outputs of the command in one, as a terminal would show them.
    private static func outcome(of line: String, within limit: TimeSpan) async throws -> Taken {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        let start = ContinuousClock.now
        try process.run()
        let group = -process.processIdentifier
        let overtime = Task {
            try await Task.sleep(for: .microseconds(limit.microseconds))
            // Foundation starts each process in a group of its own, so its children end with it.
            kill(group, SIGKILL)
            return true
        }
        let content = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let took = start.duration(to: .now)
        overtime.cancel()
        // A sleep that was cancelled in time ended nothing.
        guard (try? await overtime.value) == nil else {
            throw CommandFailure(
                .failed,
                "'\(line)' took longer than \(limit) and was ended; give it more with --timeout")
        }
        let status = process.terminationStatus
        let exit = process.terminationReason == .exit ? status : 128 + status
        let source = EvidenceItem.Source.command(
            line: line, exitStatus: exit, microseconds: Int64(took / .microseconds(1)))
        return Taken(source: source, content: content)
    }
}

extension Data {
    /// SHA-256 in hexadecimal.
    fileprivate var digest: String {
        SHA256.hash(data: self).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The first bytes as text, cut between two characters; what is no text is replaced.
    fileprivate func beginning(upTo limit: Int) -> String {
        var end = Swift.min(count, limit)
        while end < count, end > 0, self[startIndex + end] & 0xC0 == 0x80 { end -= 1 }
        var text = String(decoding: prefix(end), as: UTF8.self)
        // A replacement is longer than the byte it stands for.
        while text.utf8.count > limit { text.removeLast() }
        return text
    }
}
