import CSystemd
import Glibc

/// The log of a service: structured entries in the journal, or plain lines where there is none.
package struct Journal: Sendable {
    /// How much an entry matters, as in `syslog(3)`.
    package enum Priority: Int, Comparable, Sendable {
        case critical = 2
        case error, warning, notice, info, debug

        package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    /// The fields that drilld adds; `journalctl DRILL_RUN=…` selects by them.
    package enum Field: String, CaseIterable, Comparable, Sendable {
        case run = "DRILL_RUN"
        case name = "DRILL_NAME"
        case cycle = "DRILL_CYCLE"
        case fault = "DRILL_FAULT"
        case target = "DRILL_TARGET"
        case reason = "DRILL_REASON"
        case result = "DRILL_RESULT"
        case person = "DRILL_PERSON"
        case problem = "DRILL_PROBLEM"

        package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
    }

    private let identifier: String
    private let lines: LineOutput?

    /// The journal of this machine, or standard error when no journal listens.
    package init(identifier: String) {
        self.identifier = identifier
        lines = access("/run/systemd/journal/socket", W_OK) == 0 ? nil : LineOutput(descriptor: 2)
    }

    /// Plain lines to an open descriptor, whatever the machine has.
    package init(identifier: String, linesTo descriptor: Int32) {
        self.identifier = identifier
        lines = LineOutput(descriptor: descriptor)
    }

    /// Writes one entry; a value may have several lines.
    ///
    /// An entry that cannot be delivered is dropped: the ledger is the record, this is the report.
    package func write(
        _ message: String, priority: Priority = .info, catalog: CatalogMessage? = nil,
        fields: [Field: String] = [:]
    ) {
        let sorted = fields.sorted { $0.key < $1.key }.map { ($0.key.rawValue, $0.value) }
        if let lines {
            lines.write(JournalEntry.line(message, priority: priority, fields: sorted))
            return
        }
        var entry = [
            ("MESSAGE", message), ("PRIORITY", String(priority.rawValue)),
            ("SYSLOG_IDENTIFIER", identifier),
        ]
        if let catalog { entry.append(("MESSAGE_ID", catalog.id)) }
        JournalEntry.send(entry + sorted)
    }
}

/// The two forms that an entry takes.
enum JournalEntry {
    /// `<6>message DRILL_RUN=…`, one line whatever the values hold.
    ///
    /// The number is what systemd and most collectors read as the priority of a line.
    static func line(
        _ message: String, priority: Journal.Priority, fields: [(String, String)]
    ) -> String {
        let pairs = fields.map { "\($0.0)=\(escaped($0.1))" }
        let text = ([escaped(message)] + pairs).joined(separator: " ")
        return "<\(priority.rawValue)>\(text)\n"
    }

    /// Sends `NAME=value` pairs to the journal; newlines in values need no care there.
    static func send(_ fields: [(String, String)]) {
        let items = fields.map { Array("\($0.0)=\($0.1)".utf8) }
        let buffer = items.flatMap { $0 }
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var offset = 0
            let vectors = items.map { item in
                defer { offset += item.count }
                let start = UnsafeMutableRawPointer(mutating: base + offset)
                return iovec(iov_base: start, iov_len: item.count)
            }
            _ = sd_journal_sendv(vectors, Int32(vectors.count))
        }
    }

    private static func escaped(_ text: String) -> String {
        String(
            text.unicodeScalars.reduce(into: "".unicodeScalars) { result, scalar in
                switch scalar {
                case "\n": result.append(contentsOf: "\\n".unicodeScalars)
                case _ where scalar.value < 0x20 || scalar.value == 0x7f: result.append("?")
                default: result.append(scalar)
                }
            })
    }
}

/// Whole lines to a descriptor.
private struct LineOutput: Sendable {
    let descriptor: Int32

    func write(_ line: String) {
        var line = line
        line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                let count = Glibc.write(descriptor, start, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
        }
    }
}
