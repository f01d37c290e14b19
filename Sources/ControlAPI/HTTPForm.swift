/// A request as it travels: method, path, query and JSON body.
package struct HTTPForm: Hashable, Sendable {
    package let method: Method
    /// Segments of the path, without the version; names need no encoding.
    package let path: [String]
    /// Percent-decoded.
    package let query: [String: String]
    /// Empty for a GET.
    package let body: [String: String]

    /// The methods that are used.
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// The first segment of every path.
    package static let version = "v1"

    /// A request in parts.
    package init(
        method: Method, path: [String], query: [String: String] = [:], body: [String: String] = [:]
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    static func get(_ path: String..., query: [String: String] = [:]) -> HTTPForm {
        HTTPForm(method: .get, path: path, query: query)
    }

    static func post(_ path: String..., body: [String: String] = [:]) -> HTTPForm {
        HTTPForm(method: .post, path: path, body: body)
    }
}

/// Why a form is no request.
package enum FormError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownPath(String)
    /// All that is missing, not only the first.
    case missing(fields: [String])
    case tooLong(field: String, count: Int, limit: Int)
    case exclusive(fields: [String])
    case badValue(field: String, value: String, write: String)

    package var description: String {
        switch self {
        case .unknownPath(let path): "there is nothing at '\(path)'"
        case .missing(let fields) where fields.count == 1:
            "'\(fields[0])' is missing; give it a value"
        case .missing(let fields): "\(Self.listed(fields)) are missing; give them values"
        case .tooLong(let field, let count, let limit):
            "'\(field)' has \(count) characters; write at most \(limit)"
        case .exclusive(let fields):
            "\(Self.listed(fields)) exclude each other; give one of them"
        case .badValue(let field, let value, let write):
            "'\(value.prefix(80))' is no \(field); write \(write)"
        }
    }

    /// The names in quotes: 'a', 'b' and 'c'.
    private static func listed(_ fields: [String]) -> String {
        let quoted = fields.map { "'\($0)'" }
        return quoted.dropLast().joined(separator: ", ") + " and " + (quoted.last ?? "")
    }
}
