import NIOCore

/// The fields of a form as browsers send them (`application/x-www-form-urlencoded`).
struct FormBody: Sendable {
    /// The most bytes of a form.
    static let maximumBytes = 64 * 1_024
    private static let maximumFields = 200

    /// Of several with one name, the last.
    private(set) var fields: [String: String] = [:]

    init(_ body: ByteBuffer) throws(WebProblem) {
        try self.init(String(buffer: body))
    }

    init(_ text: String) throws(WebProblem) {
        let pairs = text.utf8.split(separator: UInt8(ascii: "&"))
        guard pairs.count <= Self.maximumFields else { throw .brokenBody("too many fields") }
        for pair in pairs {
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            fields[name] = parts.count == 2 ? try Self.decoded(parts[1]) : ""
        }
    }

    /// What was typed, without spaces around it and with line ends as one character.
    subscript(_ name: String) -> String? {
        guard let value = fields[name] else { return nil }
        let lines = value.replacing("\r\n", with: "\n")
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        guard let first = lines.firstIndex(where: { !isBlank($0) }),
            let last = lines.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(lines[first...last])
    }

    private static func decoded(_ text: Substring.UTF8View) throws(WebProblem) -> String {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst()?.hexadecimal,
                    let low = rest.popFirst()?.hexadecimal
                else { throw .brokenBody("a '%' is not followed by two hexadecimal digits") }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .brokenBody("it is not UTF-8")
        }
        return text
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    fileprivate var hexadecimal: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
