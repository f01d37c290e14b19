import CalendarTime
import FoundationEssentials

/// How a service over HTTP wants to be told.
protocol WireForm: Sendable {
    /// Where it is, without anything secret.
    var url: String { get }
    /// What it can be told.
    var steps: Set<PageOrder.Step> { get }
    /// Whether telling it twice pages once, because it knows a page by its key.
    var knowsPages: Bool { get }
    /// What must not be seen in any text about it.
    var secrets: [String] { get }
    /// The request for one attempt.
    func request(_ order: PageOrder, at now: WallInstant) throws -> WireRequest
    /// What the service calls the page; nil if its answer does not say.
    func reference(in answer: [UInt8]) -> String?
}

/// A POST of JSON.
struct WireRequest: Sendable {
    let url: String
    /// Beside the content type.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// A POST of a value as JSON with sorted keys.
    init(
        url: String, headers: [(name: String, value: String)] = [], json value: some Encodable
    ) throws {
        self.init(url: url, headers: headers, body: try Self.json(value))
    }

    /// A POST of bytes that are JSON already.
    init(url: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// A value as JSON with sorted keys.
    static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// A field of a JSON object; nil if the answer is anything else.
    static func field(_ name: String, in answer: [UInt8]) -> String? {
        // Services answer what they like; a name is worth having, no more.
        let object = try? JSONDecoder().decode([String: Field].self, from: Data(answer))
        return object?[name]?.text.map { Redaction(secrets: []).excerpt($0) }
    }

    private struct Field: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}
