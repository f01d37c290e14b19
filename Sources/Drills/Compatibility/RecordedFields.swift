/// The fields of a recorded object by their names, for decoders that know older forms too.
struct RecordedFields {
    private let container: KeyedDecodingContainer<FieldName>

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: FieldName.self)
    }

    private init(_ container: KeyedDecodingContainer<FieldName>) {
        self.container = container
    }

    /// The names of all fields.
    var names: [String] { container.allKeys.map(\.stringValue) }

    /// The value of a field that has to be there.
    subscript<Value: Decodable>(name: String) -> Value {
        get throws { try container.decode(Value.self, forKey: FieldName(name)) }
    }

    /// The value of a field that may be missing.
    func optional<Value: Decodable>(_ name: String) throws -> Value? {
        try container.decodeIfPresent(Value.self, forKey: FieldName(name))
    }

    /// The fields of an object in this one.
    func fields(of name: String) throws -> RecordedFields {
        RecordedFields(
            try container.nestedContainer(keyedBy: FieldName.self, forKey: FieldName(name)))
    }

    /// What is wrong with the object as a whole.
    func error(_ reason: String) -> DecodingError {
        .dataCorrupted(
            DecodingError.Context(codingPath: container.codingPath, debugDescription: reason))
    }
}

/// A field's name as it was recorded.
private struct FieldName: CodingKey {
    let stringValue: String

    init(_ name: String) { stringValue = name }

    init?(stringValue: String) { self.init(stringValue) }

    var intValue: Int? { nil }

    init?(intValue: Int) { nil }
}
