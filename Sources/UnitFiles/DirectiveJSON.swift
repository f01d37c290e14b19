/// The tables of directives as JSON, for editors and other tools.
package enum DirectiveJSON {
    /// An array with one object for each table; two spaces of indentation, keys in a fixed order.
    package static func text(for tables: [DirectiveTable]) -> String {
        JSONValue.array(tables.map(value)).text() + "\n"
    }

    private static func value(_ table: DirectiveTable) -> JSONValue {
        .object([
            ("suffix", .string(table.suffix)), ("help", .string(table.help)),
            ("sections", .array(table.sections.map { value($0, in: table) })),
        ])
    }

    private static func value(_ rule: SectionRule, in table: DirectiveTable) -> JSONValue {
        .object([
            ("kind", .string(rule.kind)), ("name", .string(rule.naming.rawValue)),
            ("required", .bool(rule.isRequired)), ("repeatable", .bool(rule.isRepeatable)),
            ("help", .string(rule.help)),
            ("directives", .array(table.directives(in: rule.kind).map(value))),
        ])
    }

    private static func value(_ directive: Directive) -> JSONValue {
        .object(
            [
                ("key", .string(directive.key)), ("type", .string(directive.type.name)),
                ("placeholder", .string(directive.type.placeholder)),
            ] + details(of: directive.type) + [
                ("default", directive.defaultValue.map(JSONValue.string) ?? .null),
                ("required", .bool(directive.isRequired)), ("list", .bool(directive.isList)),
                ("help", .string(directive.help)),
            ])
    }

    private static func details(of type: ValueType) -> [(String, JSONValue)] {
        switch type {
        case .choice(let words): [("choices", .array(words.map(JSONValue.string)))]
        case .integer(let range):
            [("minimum", bound(range.lowerBound)), ("maximum", bound(range.upperBound))]
        case .reference(let kind): [("section", .string(kind))]
        default: []
        }
    }
}

extension DirectiveJSON {
    /// A bound that any number keeps is none.
    private static func bound(_ number: Int) -> JSONValue {
        number == .min || number == .max ? .null : .number(number)
    }
}

/// The few shapes of JSON that the tables need; the order of members is kept.
private enum JSONValue {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    func text(indentation: String = "") -> String {
        let inner = indentation + "  "
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let value): return String(value)
        case .string(let value): return Self.quoted(value)
        case .array(let values):
            return Self.block("[", values.map { $0.text(indentation: inner) }, "]", indentation)
        case .object(let members):
            let lines = members.map { "\(Self.quoted($0)): \($1.text(indentation: inner))" }
            return Self.block("{", lines, "}", indentation)
        }
    }

    private static func block(
        _ open: String, _ items: [String], _ close: String, _ indentation: String
    ) -> String {
        guard !items.isEmpty else { return open + close }
        let lines = items.map { "\(indentation)  \($0)" }.joined(separator: ",\n")
        return "\(open)\n\(lines)\n\(indentation)\(close)"
    }

    private static func quoted(_ text: String) -> String {
        let body = text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(body)\""
    }
}
