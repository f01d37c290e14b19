import ControlAPI
import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOFoundationEssentialsCompat

/// How values travel: JSON with sorted keys.
enum JSONText {
    static func buffer(_ value: any Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    static func parse<Value: Decodable>(_ type: Value.Type, _ buffer: ByteBuffer) throws -> Value {
        try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
    }
}

extension HTTPForm {
    /// Reads a request; its body must be an object of strings.
    init(_ request: Request) async throws {
        let path = Self.segments(request.uri.path)
        guard path.first == Self.version else { throw FormError.unknownPath(request.uri.path) }
        guard let method = Method(rawValue: request.method.rawValue) else {
            throw FormError.badValue(
                field: "method", value: request.method.rawValue, write: "GET or POST")
        }
        let query = Dictionary(
            request.uri.queryParameters.map { (String($0.key), String($0.value)) }
        ) { first, _ in first }
        let body = try await Self.collected(request.body)
        self.init(
            method: method, path: Array(path.dropFirst()), query: query,
            body: try Self.fields(body))
    }

    private static func collected(_ body: RequestBody) async throws -> ByteBuffer {
        do {
            return try await body.collect(upTo: ControlServer.maximumBody)
        } catch is NIOTooManyBytesError {
            let limit = ControlServer.maximumBody
            throw Refusal(
                .badRequest, ["the body is longer than \(limit) bytes; say it in fewer words"])
        }
    }

    /// Names need no percent encoding, so a path that has some names nothing.
    private static func segments(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }

    private static func fields(_ body: ByteBuffer) throws -> [String: String] {
        guard body.readableBytes > 0 else { return [:] }
        do {
            return try JSONText.parse([String: String].self, body)
        } catch {
            throw FormError.badValue(
                field: "body", value: String(buffer: body).prefix(40).description,
                write: "a JSON object of strings")
        }
    }

    /// The path and query as they stand in a request line.
    var target: String {
        let path = "/\(Self.version)/" + path.joined(separator: "/")
        guard !query.isEmpty else { return path }
        let pairs = query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.escaped)" }
        return path + "?" + pairs.joined(separator: "&")
    }
}

extension String {
    /// Percent-encoded but for the characters that RFC 3986 leaves unreserved.
    fileprivate var escaped: String {
        utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-._~".unicodeScalars.contains(scalar))
            return isPlain ? String(Character(scalar)) : "%" + Self.hexadecimal(byte)
        }.joined()
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}
