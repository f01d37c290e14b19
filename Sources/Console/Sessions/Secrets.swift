import Crypto

/// Random texts that nobody guesses.
enum RandomText {
    /// 256 random bits in hexadecimal.
    static func fresh() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { HexText.of($0) }
    }
}

/// Bytes in hexadecimal.
enum HexText {
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// SHA-256 of a text: what is kept of a secret, and looked up by it.
struct TextDigest: Hashable, Sendable {
    let hexadecimal: String

    init(_ text: String) {
        hexadecimal = HexText.of(SHA256.hash(data: Array(text.utf8)))
    }
}

extension String {
    /// Whether two texts are the same, in a time that does not tell where they differ.
    func isSame(as other: String) -> Bool {
        let (one, two) = (Array(utf8), Array(other.utf8))
        guard one.count == two.count else { return false }
        return zip(one, two).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
