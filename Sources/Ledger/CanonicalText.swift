import Foundation

/// JSON with sorted keys and unescaped slashes, written in one pass.
///
/// It writes what `JSONEncoder` would write, byte for byte, which is what is stored and hashed. What it does
/// not know how to write the same way (fractions, dates, unusual keys) is left to `JSONEncoder`.
package enum CanonicalText {
    /// The bytes of a value.
    package static func bytes(of value: some Encodable) throws -> [UInt8] {
        if let bytes = try written(value) { return bytes }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// The bytes as written here; nil if the value holds something that only `JSONEncoder` writes.
    package static func written(_ value: some Encodable) throws -> [UInt8]? {
        let writer = CanonicalWriter()
        writer.writeValue(value)
        if let failure = writer.failure { throw failure }
        return writer.finished()
    }
}

/// The text in the making: one buffer, and the objects and lists that are still open in it.
///
/// A member that comes out of order is moved when its object is closed. An encoder that goes back to an object it
/// has left is not followed.
final class CanonicalWriter {
    private var bytes: [UInt8] = []
    private var open: [Container] = []
    private var isForeign = false
    private(set) var failure: (any Error)?

    private struct Container {
        let isObject: Bool
        /// Where the text of each member begins, with the comma before it.
        var members: [Member] = []
    }

    private struct Member {
        let start: Int
        /// The key between its quotes.
        let key: Range<Int>
    }

    init() {
        bytes.reserveCapacity(256)
    }

    /// The whole text; nil if a part of it could not be written.
    func finished() -> [UInt8]? {
        close(downTo: 0)
        return isForeign || bytes.isEmpty ? nil : bytes
    }

    /// The count of members that an open list has.
    func count(at depth: Int) -> Int { depth <= open.count ? open[depth - 1].members.count : 0 }

    /// Gives up: the value is one for `JSONEncoder`.
    func leave() { isForeign = true }
}

// Objects and lists.
extension CanonicalWriter {
    /// Opens an object or list where a value is expected; its members name its depth.
    func begin(isObject: Bool) -> Int {
        bytes.append(UInt8(ascii: isObject ? "{" : "["))
        open.append(Container(isObject: isObject))
        return open.count
    }

    /// Begins a member of an open object; everything opened inside the one before is complete.
    func beginMember(_ key: String, at depth: Int) {
        // Other keys may be sorted in another way.
        guard close(downTo: depth), key.utf8.allSatisfy(Self.isPlain) else { return leave() }
        let start = bytes.count
        if !open[depth - 1].members.isEmpty { bytes.append(UInt8(ascii: ",")) }
        let first = bytes.count + 1
        writeText(key)
        open[depth - 1].members.append(Member(start: start, key: first..<(bytes.count - 1)))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Begins an element of an open list.
    func beginElement(at depth: Int) {
        guard close(downTo: depth) else { return leave() }
        let start = bytes.count
        if !open[depth - 1].members.isEmpty { bytes.append(UInt8(ascii: ",")) }
        open[depth - 1].members.append(Member(start: start, key: start..<start))
    }

    /// False if the container of that depth is closed already.
    @discardableResult
    func close(downTo depth: Int) -> Bool {
        while open.count > depth {
            guard let container = open.popLast() else { break }
            if container.isObject { sort(container.members) }
            bytes.append(UInt8(ascii: container.isObject ? "}" : "]"))
        }
        return open.count == depth
    }

    private func sort(_ members: [Member]) {
        guard let first = members.first,
            !zip(members, members.dropFirst()).allSatisfy({ isBefore($0.key, $1.key) })
        else { return }
        let order = members.indices.sorted { isBefore(members[$0].key, members[$1].key) }
        // Of two members of one name, which no event has, JSONEncoder keeps the last.
        for (index, next) in zip(order, order.dropFirst())
        where !isBefore(members[index].key, members[next].key) { leave() }
        var sorted: [UInt8] = []
        sorted.reserveCapacity(bytes.count - first.start)
        for index in order {
            let end = index + 1 < members.count ? members[index + 1].start : bytes.count
            if !sorted.isEmpty { sorted.append(UInt8(ascii: ",")) }
            sorted += bytes[(members[index].key.lowerBound - 1)..<end]
        }
        bytes.replaceSubrange(first.start..., with: sorted)
    }

    private func isBefore(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        bytes[left].lexicographicallyPrecedes(bytes[right])
    }
}

// Values.
extension CanonicalWriter {
    /// Writes any value where one is expected.
    func writeValue<Value: Encodable>(_ value: Value) {
        if Value.self == Date.self || Value.self == Data.self || Value.self == URL.self
            || Value.self == Decimal.self
        {
            leave()
        } else {
            encode(value)
        }
    }

    private func encode(_ value: some Encodable) {
        let depth = open.count
        let before = bytes.count
        do {
            try value.encode(to: CanonicalEncoder(writer: self))
        } catch {
            failure = failure ?? error
        }
        close(downTo: depth)
        // What writes nothing at all is an empty object or an error, as `JSONEncoder` sees fit.
        if bytes.count == before { leave() }
    }

    func writeNumber(_ number: some BinaryInteger) { bytes += String(number).utf8 }

    func writeFlag(_ flag: Bool) { bytes += (flag ? "true" : "false").utf8 }

    func writeNull() { bytes += "null".utf8 }

    func writeText(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if utf8.allSatisfy({ Self.isPlain($0) || $0 >= 0x7F }) {
                bytes += utf8
            } else {
                for byte in utf8 { append(escaping: byte) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// An ASCII character that stands for itself.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private func append(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): bytes += "\\\"".utf8
        case UInt8(ascii: "\\"): bytes += "\\\\".utf8
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\r"): bytes += "\\r".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        case 0x08: bytes += "\\b".utf8
        case 0x0C: bytes += "\\f".utf8
        case 0..<0x20:
            bytes += (byte < 0x10 ? "\\u000" : "\\u00").utf8
            bytes += String(byte, radix: 16).utf8
        default: bytes.append(byte)
        }
    }
}
