/// Markup that is well-formed as HTML and as XML; text enters it only through escaping.
struct Markup {
    /// The markup as written.
    let source: String

    /// Text of any origin.
    static func text(_ text: String) -> Markup { Markup(source: escaped(text)) }

    /// An element within a line.
    static func inline(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: Markup...
    ) -> Markup {
        let inner = children.map(\.source).joined()
        return Markup(source: "<\(head(name, attributes))>\(inner)</\(name)>")
    }

    /// An element whose children stand on lines of their own.
    static func block(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup]
    ) -> Markup {
        let inner = children.map { $0.source + "\n" }.joined()
        return Markup(source: "<\(head(name, attributes))>\n\(inner)</\(name)>")
    }

    /// An element that never has children.
    static func empty(_ name: String, _ attributes: KeyValuePairs<String, String>) -> Markup {
        Markup(source: "<\(head(name, attributes))/>")
    }

    /// These one after the other.
    static func joined(_ parts: [Markup]) -> Markup {
        Markup(source: parts.map(\.source).joined())
    }

    private static func head(
        _ name: String, _ attributes: KeyValuePairs<String, String>
    ) -> String {
        name + attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.printable.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
