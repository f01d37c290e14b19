/// A JSON value whose members keep the order in which they were given.
indirect enum JSONValue {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// A number, or null where there is none.
    static func optional(_ number: Double?) -> JSONValue {
        number.map(JSONValue.number) ?? .null
    }

    /// The text with two spaces of indentation.
    func text(indent: String = "") -> String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): "\(number)"
        // JSON has no way to write what is not finite.
        case .number(let number): number.isFinite ? "\(number)" : "null"
        case .string(let text): Self.quoted(text)
        case .array(let values):
            Self.block("[", values.map { $0.text(indent: indent + "  ") }, "]", indent)
        case .object(let members):
            Self.block(
                "{",
                members.map { "\(Self.quoted($0.key)): \($0.value.text(indent: indent + "  "))" },
                "}", indent)
        }
    }

    private static func block(
        _ open: String, _ parts: [String], _ close: String, _ indent: String
    ) -> String {
        guard !parts.isEmpty else { return open + close }
        let inner = parts.map { "\(indent)  \($0)" }.joined(separator: ",\n")
        return "\(open)\n\(inner)\n\(indent)\(close)"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
