import Drills
import IncidentCommand

/// A piece of evidence.
struct EvidenceView: Sendable {
    let number: Int
    let evidenceTitle: String
    let by: String
    let origin: String
    /// Set for an address that a browser can follow.
    let address: [String]
    let hash: String
    let kept: [KeptView]

    /// What was kept of a command's output or of a file.
    struct KeptView: Sendable {
        let keptText: String
        let keptSize: String
        let wholeHash: String
    }

    /// - Parameter limit: how many characters of what was kept are shown; 0: none of it.
    init(_ entry: EvidenceList.Entry, showing limit: Int = 0) {
        number = entry.number
        evidenceTitle = entry.item.title
        by = entry.signed.by.text
        origin = entry.item.source.origin
        hash = String(entry.item.hash.prefix(12))
        kept = KeptView(entry.item, showing: limit).map { [$0] } ?? []
        if case .address(let url) = entry.item.source, url.isWebAddress {
            address = [url]
        } else {
            address = []
        }
    }
}

extension EvidenceView.KeptView {
    fileprivate init?(_ item: EvidenceItem, showing limit: Int) {
        guard limit > 0, !item.content.isEmpty else { return nil }
        let shown = String(String.UnicodeScalarView(item.content.unicodeScalars.prefix(limit)))
        keptText = shown
        keptSize =
            Int64(shown.utf8.count) == item.bytes
            ? "all \(item.bytes) bytes"
            : "the first \(shown.utf8.count) of \(item.bytes) bytes; the archive has what was kept"
        wholeHash = item.hash
    }
}

extension String {
    /// Whether it is an address that a link may lead to; any other scheme could run as script.
    var isWebAddress: Bool { hasPrefix("https://") || hasPrefix("http://") }
}
