import Drills
import Glibc

/// What a command printed that could not be added to its run, kept in a file of whoever ran it.
package struct KeptOutput {
    private let item: EvidenceItem

    /// The evidence that was not taken.
    package init(_ item: EvidenceItem) {
        self.item = item
    }

    /// Why it was not taken, and where the output is now.
    ///
    /// - Parameter folder: where a file that nobody else can read is made.
    package func failure(after error: any Error, in folder: String? = nil) -> CommandFailure {
        let failure = CommandFailure(error)
        let place = folder ?? GlobalOptions.variable("TMPDIR") ?? "/tmp"
        guard let path = keep(in: place) else {
            return CommandFailure(
                failure.status,
                failure.reasons + ["the output of the command could not be kept in '\(place)'"])
        }
        let words =
            "the output of the command is kept in \(path); "
            + "add it with 'drillctl evidence add \(path)'"
        return CommandFailure(failure.status, failure.reasons + [words])
    }

    private func keep(in folder: String) -> String? {
        var template = Array("\(folder)/drillctl-evidence-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var rest = Array(item.content.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            rest = rest.dropFirst(count)
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
