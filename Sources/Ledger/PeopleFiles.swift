import CalendarTime
import Crypto
import Drills

/// The evidence that people added to a run, numbered as everywhere else, and the updates that they sent.
struct PeopleFiles {
    /// File names and contents, in order of time.
    private(set) var files: [(name: String, content: String)] = []
    /// Lines for `sha256sum --check`: of what was kept whole.
    private(set) var sums: [String] = []
    /// One line for each, as in the list of hook calls.
    private(set) var index = ""
    private var items = 0
    private var updates = 0

    init(_ timeline: Timeline) {
        guard let first = timeline.entries.first else { return }
        for entry in timeline.entries {
            guard case .acted(let act, let person, _) = entry.event else { continue }
            switch act {
            case .addEvidence(let item): add(item, by: person, entry, first)
            case .sendUpdate(let kind, let text):
                updates += 1
                let name = "update-\(updates)-\(kind.rawValue).txt"
                files.append((name, text.hasSuffix("\n") ? text : text + "\n"))
                list(name, "\(kind.rawValue) update sent by \(person)", entry, first)
            default: break
            }
        }
    }

    private mutating func add(
        _ item: EvidenceItem, by person: PersonName, _ entry: Timeline.Entry,
        _ first: Timeline.Entry
    ) {
        items += 1
        let what = "evidence \(items) of \(person): \(item.title), \(item.source.words)"
        guard !item.content.isEmpty else { return list("-", what, entry, first) }
        let name = "added-\(items).txt"
        files.append((name, item.content))
        if item.isWhole { sums.append("\(item.hash)  \(name)\n") }
        let kept = "\(name) (\(item.content.utf8.count) of \(item.bytes) bytes)"
        list(kept, what, entry, first)
    }

    private mutating func list(
        _ file: String, _ what: String, _ entry: Timeline.Entry, _ first: Timeline.Entry
    ) {
        let words = [
            WallText.time(entry.at.wall), TimelineText.offset(of: entry, from: first), "-", "-",
            what, file,
        ]
        index += words.map(\.printable).joined(separator: "  ") + "\n"
    }
}

extension EvidenceItem {
    /// Its content is what was hashed: nothing was cut off, and no byte was replaced to make it text.
    fileprivate var isWhole: Bool {
        let digest = SHA256.hash(data: Array(content.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }
        return digest.joined() == hash
    }
}

extension EvidenceItem.Source {
    fileprivate var words: String {
        switch self {
        case .command(let line, let status, let microseconds):
            "'\(line)' ended with exit \(status) after \(WallText.clock(microseconds, digits: 3))"
        case .file(let path): "file \(path)"
        case .address(let url): url
        }
    }
}
