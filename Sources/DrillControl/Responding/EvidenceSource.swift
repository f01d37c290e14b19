import CalendarTime
import Drills
import Foundation
import Glibc

/// Where evidence comes from: a command to run, a file to read, or an address.
package enum EvidenceSource: Hashable, Sendable {
    case command(String)
    case file(String)
    case address(String)

    /// How long a command may take.
    package static let patience = TimeSpan.minutes(1)
    /// Longer files are no evidence but an archive.
    package static let longestFile = 64 * 1024 * 1024

    init(source: String?, command: String?) {
        if let command {
            self = .command(command)
        } else if let source, source.contains("://") {
            self = .address(source)
        } else {
            self = .file(source ?? "")
        }
    }

    /// The evidence as it is recorded: the file read, or the command run to its end.
    ///
    /// - Throws: ``CommandFailure`` if there is nothing to read, or the command took longer than `limit`.
    package func item(titled title: String, within limit: TimeSpan) throws -> EvidenceItem {
        switch self {
        case .address(let url):
            var digest = EvidenceContent()
            digest.add(Array(url.utf8))
            return EvidenceItem(
                title: title, source: .address(url: url), content: "", bytes: 0, hash: digest.hash)
        case .file(let path):
            return try Self.content(of: path).item(titled: title, from: .file(path: path))
        case .command(let line):
            let outcome = try EvidenceCommand(line).run(within: limit)
            return outcome.content.item(titled: title, from: outcome.source)
        }
    }

    private static func content(of path: String) throws -> EvidenceContent {
        // Without waiting for whoever writes into a pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .usage,
                "cannot read '\(path)' (\(String(cString: strerror(errno)))); "
                    + "name a file that you may read")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure(
                .usage, "'\(path)' is no regular file; name one, or print it with --run")
        }
        var content = EvidenceContent()
        while try content.takeOne(from: descriptor) {
            guard content.count <= longestFile else {
                throw CommandFailure(
                    .usage,
                    "'\(path)' is longer than 64 MiB; put it where it can stay and add its address")
            }
        }
        return content
    }
}
