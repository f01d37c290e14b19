import Foundation

/// Any JSON, so that it can be written in another shape than it was encoded in.
///
/// Cases of enums without labels are encoded as `{"late": {"_0": 5}}`; for programs that read it this becomes
/// `{"late": 5}`. Several such values become a list; one beside labelled values is called `value`.
enum PlainJSON: Codable, Hashable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case natural(UInt64)
    case number(Double)
    case text(String)
    case list([PlainJSON])
    case members([String: PlainJSON])

    /// A value as programs read it.
    init(_ value: some Encodable) throws {
        let decoded = try JSONDecoder().decode(
            PlainJSON.self, from: try JSONEncoder().encode(value))
        self = decoded.withoutCaseLabels
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each fails for every other kind of value.
        if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(UInt64.self) {
            self = .natural(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let values = try? container.decode([PlainJSON].self) {
            self = .list(values)
        } else {
            self = .members(try container.decode([String: PlainJSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .natural(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .members(let members): try container.encode(members)
        }
    }

    private var withoutCaseLabels: PlainJSON {
        switch self {
        case .list(let values): return .list(values.map(\.withoutCaseLabels))
        case .members(let members):
            let plain = members.mapValues(\.withoutCaseLabels)
            let values = (0..<plain.count).map { "_\($0)" }.compactMap { plain[$0] }
            guard let first = values.first else { return .members(plain) }
            let content = values.count == 1 ? first : .list(values)
            guard values.count < plain.count else { return content }
            let labelled = plain.filter { !$0.key.hasPrefix("_") }
            return .members(labelled.merging(["value": content]) { label, _ in label })
        default: return self
        }
    }
}
