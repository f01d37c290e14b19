import Foundation
import Testing

/// A recorded request.
struct Recording: Decodable {
    let path: String
    let headers: [String: String]
    let body: JSON

    init(_ name: String) throws {
        let url = try #require(
            Bundle.module.url(
                forResource: name, withExtension: "json", subdirectory: "Data/alertmanager"))
        self = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: url))
    }
}

/// Any JSON, for comparing what was sent with what was recorded.
enum JSON: Codable, Equatable {
    case object([String: JSON])
    case list([JSON])
    case text(String)
    case number(Double)
    case bool(Bool)
    case null

    init(_ text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let value): try container.encode(value)
        case .list(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .bool(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }

    subscript(name: String) -> JSON? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }

    subscript(index: Int) -> JSON? {
        guard case .list(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    /// The names of an object's fields.
    var names: [String] {
        guard case .object(let fields) = self else { return [] }
        return fields.keys.sorted()
    }

    /// The text of a value that is one.
    var string: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// As a request body.
    var printed: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }
}
