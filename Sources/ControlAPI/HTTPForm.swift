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
    case missing(field: String)
    case badValue(field: String, value: String, write: String)

    package var description: String {
        switch self {
        case .unknownPath(let path): "there is nothing at '\(path)'"
        case .missing(let field): "'\(field)' is missing; give it a value"
        case .badValue(let field, let value, let write):
            "'\(value)' is no \(field); write \(write)"
        }
    }
}
