import Crypto

/// HMAC-SHA256 of a text, compared in a time that does not depend on where two differ.
enum Signature {
    /// 64 hexadecimal digits.
    static func hexadecimal(of text: String, key: String) -> String {
        Hexadecimal.text(of: bytes(of: Array(text.utf8), key: Array(key.utf8)))
    }

    /// Whether hexadecimal digits are the signature of a text.
    static func isValid(_ digits: some StringProtocol, of text: String, key: String) -> Bool {
        guard let code = Hexadecimal.bytes(of: digits) else { return false }
        return isValid(code, of: Array(text.utf8), key: Array(key.utf8))
    }

    /// The 32 bytes of a code.
    static func bytes(of content: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key)))
    }

    /// Whether 32 bytes are the code of some content.
    static func isValid(_ code: [UInt8], of content: [UInt8], key: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: content, using: SymmetricKey(data: key))
    }

    /// Whether two texts are equal; a secret is compared with what somebody sent.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        // Codes under one key are equal exactly when the texts are, and may be compared by the library.
        let key = SymmetricKey(size: .bits256)
        let code = Array(HMAC<SHA256>.authenticationCode(for: Array(left.utf8), using: key))
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Array(right.utf8), using: key)
    }

    /// A short name for a text, the same for ever: 32 hexadecimal digits.
    static func name(of text: String) -> String {
        Hexadecimal.text(of: SHA256.hash(data: Array(text.utf8)).prefix(16))
    }
}

/// Bytes as digits of base 16.
enum Hexadecimal {
    /// Two small digits per byte.
    static func text(of bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The bytes; nil if there are other characters or an odd count.
    static func bytes(of text: some StringProtocol) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2)
            .map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
