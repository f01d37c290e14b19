/// Takes secrets out of the output of a hook, also where a secret arrived in several reads.
package struct Redactor: Hashable, Sendable {
    /// What stands in the place of a secret.
    package static let mark = "[redacted]"

    /// Longest first, so that a secret that contains another one is taken out whole.
    private let secrets: [[UInt8]]

    /// Removes these values, and each longer line of a value of several lines.
    package init(secrets: [String]) {
        let lines = secrets.flatMap { secret in
            secret.split(separator: "\n").map(String.init).filter { $0.utf8.count >= 4 }
        }
        self.secrets = Set(secrets + lines).filter { !$0.isEmpty }
            .map { Array($0.utf8) }
            .sorted { ($0.count, $1.lexicographicallyPrecedes($0) ? 0 : 1) > ($1.count, 0) }
    }

    /// How many bytes beyond the kept ones must be at hand to recognise a secret that begins inside.
    package var lookahead: Int { max(0, (secrets.first?.count ?? 0) - 1) }

    /// The text of the first `limit` bytes, with secrets replaced; never longer than `limit` bytes.
    package func text(of bytes: [UInt8], limit: Int) -> String {
        var kept: [UInt8] = []
        kept.reserveCapacity(min(bytes.count, limit))
        var index = 0
        while index < min(bytes.count, limit) {
            if let secret = secrets.first(where: { bytes[index...].starts(with: $0) }) {
                kept.append(contentsOf: Self.mark.utf8)
                index += secret.count
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return Self.cut(String(decoding: kept, as: UTF8.self), to: limit)
    }

    /// Bytes that are no UTF-8 become longer when they are repaired, so the text is cut once more.
    private static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return String(text[..<end])
    }
}
