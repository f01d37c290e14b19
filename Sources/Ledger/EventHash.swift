import Crypto

/// The SHA-256 of one event and, through the hash before it, of everything recorded before.
package struct EventHash: Hashable, Sendable {
    /// Always 32.
    package let bytes: [UInt8]

    /// What the first event names as the hash before it.
    package static let beforeFirst = EventHash(zeros: ())

    /// Takes 32 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == SHA256.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The hash of canonical bytes.
    init(of place: [UInt8], _ body: [UInt8]) {
        var hash = SHA256()
        hash.update(data: place)
        hash.update(data: body)
        bytes = hash.finalize().withUnsafeBytes(Array.init)
    }

    private init(zeros: Void) {
        bytes = [UInt8](repeating: 0, count: SHA256.byteCount)
    }
}

extension EventHash: LosslessStringConvertible, Codable {
    /// Reads 64 hexadecimal digits.
    package init?(_ text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard text.utf8.count == SHA256.byteCount * 2, digits.count == text.utf8.count
        else { return nil }
        bytes = stride(from: 0, to: digits.count, by: 2)
            .map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// 64 hexadecimal digits.
    package var description: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads 64 hexadecimal digits.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = EventHash(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not the hash of an event")
        }
        self = hash
    }

    /// Writes 64 hexadecimal digits.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
