import CalendarTime
import Drills

/// What people kept as evidence, numbered from 1 in the order it was added.
package struct EvidenceList: Hashable, Sendable {
    package private(set) var items: [Entry] = []

    /// A numbered piece of evidence.
    package struct Entry: Hashable, Sendable {
        /// Counted from 1.
        package let number: Int
        package let item: EvidenceItem
        package let signed: Signed
    }

    /// The piece of a number; nil if there is none.
    package subscript(number: Int) -> Entry? {
        items.indices.contains(number - 1) ? items[number - 1] : nil
    }

    mutating func note(_ event: RunEvent, at now: BootInstant) {
        guard case .acted(.addEvidence(let item), let person, _) = event else { return }
        items.append(
            Entry(number: items.count + 1, item: item, signed: Signed(by: person, at: now)))
    }

    /// Why a piece of evidence is not kept; nil: it is.
    func refusal(of item: EvidenceItem) -> String? {
        guard missing([("title", item.title)]) == nil else {
            return "evidence needs a title; say in a few words what it shows"
        }
        let kept = item.content.utf8.count
        guard kept <= EvidenceItem.maximumContent else {
            return "\(kept) bytes of evidence are too many; keep the first "
                + "\(EvidenceItem.maximumContent) and the hash of all"
        }
        guard item.bytes >= 0, item.hash.utf8.count == 64, item.hash.allSatisfy(\.isHexDigit)
        else {
            return "'\(item.hash)' is no SHA-256 hash; write 64 hexadecimal digits"
        }
        return nil
    }
}
