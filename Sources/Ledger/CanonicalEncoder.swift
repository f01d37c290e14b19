/// What values see of a ``CanonicalWriter``.
struct CanonicalEncoder: Encoder {
    let writer: CanonicalWriter

    // JSONEncoder names the place in its errors; whatever fails here is left to it.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            CanonicalObject(writer: writer, depth: writer.begin(isObject: true)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        CanonicalList(writer: writer, depth: writer.begin(isObject: false))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        CanonicalValue(writer: writer)
    }
}

/// The members of an object.
private struct CanonicalObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: CanonicalWriter
    let depth: Int

    var codingPath: [any CodingKey] { [] }

    private func begin(_ key: Key) -> CanonicalWriter {
        writer.beginMember(key.stringValue, at: depth)
        return writer
    }

    func encodeNil(forKey key: Key) { begin(key).writeNull() }
    func encode(_ value: Bool, forKey key: Key) { begin(key).writeFlag(value) }
    func encode(_ value: String, forKey key: Key) { begin(key).writeText(value) }
    func encode(_ value: Double, forKey key: Key) { writer.leave() }
    func encode(_ value: Float, forKey key: Key) { writer.leave() }
    func encode(_ value: Int, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: Int8, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: Int16, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: Int32, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: Int64, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: UInt, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: UInt8, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: UInt16, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: UInt32, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: UInt64, forKey key: Key) { begin(key).writeNumber(value) }
    func encode(_ value: some Encodable, forKey key: Key) { begin(key).writeValue(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        CanonicalEncoder(writer: begin(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        CanonicalEncoder(writer: begin(key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        writer.leave()
        return CanonicalEncoder(writer: writer)
    }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }
}

/// The elements of a list.
private struct CanonicalList: UnkeyedEncodingContainer {
    let writer: CanonicalWriter
    let depth: Int

    var codingPath: [any CodingKey] { [] }
    var count: Int { writer.count(at: depth) }

    private func begin() -> CanonicalWriter {
        writer.beginElement(at: depth)
        return writer
    }

    func encodeNil() { begin().writeNull() }
    func encode(_ value: some Encodable) { begin().writeValue(value) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        CanonicalEncoder(writer: begin()).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        CanonicalEncoder(writer: begin()).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        writer.leave()
        return CanonicalEncoder(writer: writer)
    }
}

/// The one value of what is no object and no list.
private struct CanonicalValue: SingleValueEncodingContainer {
    let writer: CanonicalWriter

    var codingPath: [any CodingKey] { [] }

    func encodeNil() { writer.writeNull() }
    func encode(_ value: Bool) { writer.writeFlag(value) }
    func encode(_ value: String) { writer.writeText(value) }
    func encode(_ value: Double) { writer.leave() }
    func encode(_ value: Float) { writer.leave() }
    func encode(_ value: Int) { writer.writeNumber(value) }
    func encode(_ value: Int8) { writer.writeNumber(value) }
    func encode(_ value: Int16) { writer.writeNumber(value) }
    func encode(_ value: Int32) { writer.writeNumber(value) }
    func encode(_ value: Int64) { writer.writeNumber(value) }
    func encode(_ value: UInt) { writer.writeNumber(value) }
    func encode(_ value: UInt8) { writer.writeNumber(value) }
    func encode(_ value: UInt16) { writer.writeNumber(value) }
    func encode(_ value: UInt32) { writer.writeNumber(value) }
    func encode(_ value: UInt64) { writer.writeNumber(value) }
    func encode(_ value: some Encodable) { writer.writeValue(value) }
}
