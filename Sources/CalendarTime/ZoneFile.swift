extension TimeZoneRules {
    /// Reads a compiled zone file (TZif, RFC 9636), versions 1 to 4.
    ///
    /// - Throws: ``ZoneError/notAZoneFile(name:reason:)``.
    package init(name: String, zoneFile bytes: [UInt8]) throws(ZoneError) {
        var reader = ZoneFileReader(bytes: bytes, name: name)
        let header = try reader.readHeader()
        guard header.version >= 2 else {
            let block = try reader.readBlock(header, timeWidth: 4)
            self.init(name: name, block: block, footer: nil)
            return
        }
        try reader.skipBlock(header, timeWidth: 4)
        let block = try reader.readBlock(try reader.readHeader(), timeWidth: 8)
        self.init(name: name, block: block, footer: try reader.readFooter())
    }

    /// Joins the listed changes with those that the footer foretells.
    fileprivate init(name: String, block: ZoneFileReader.Block, footer: PosixZone?) {
        var starts: [Int64] = [.min]
        var offsets = [block.offsets[0]]
        for (time, kind) in zip(block.times, block.kinds) {
            starts.append(time)
            offsets.append(block.offsets[kind])
        }
        guard let footer else {
            self.init(name: name, starts: starts, offsets: offsets)
            return
        }
        footer.extend(&starts, &offsets)
        let repeatsFrom =
            footer.daylight == nil ? nil : footer.repetitionStart(after: block.times.last)
        self.init(name: name, starts: starts, offsets: offsets, repeatsFrom: repeatsFrom)
    }

    /// Reads a rule in the form of POSIX, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
    package init(name: String, posix text: String) throws(ZoneError) {
        let zone = try PosixZone(parsing: text, name: name)
        var starts: [Int64] = [.min]
        var offsets = [zone.standard]
        zone.extend(&starts, &offsets)
        let repeatsFrom = zone.daylight == nil ? nil : zone.repetitionStart(after: nil)
        self.init(name: name, starts: starts, offsets: offsets, repeatsFrom: repeatsFrom)
    }
}

/// Why a zone cannot be had.
package enum ZoneError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownZone(String, suggestion: String?)
    case notAZoneFile(name: String, reason: String)
    case notARule(String)

    /// What is wrong, and what to write instead.
    package var description: String {
        switch self {
        case .unknownZone(let name, let suggestion?):
            "unknown time zone '\(name)'; did you mean '\(suggestion)'?"
        case .unknownZone(let name, nil):
            "unknown time zone '\(name)'; write 'UTC' or a name such as 'Europe/Berlin'"
        case .notAZoneFile(let name, let reason):
            "time zone '\(name)' has a damaged file: \(reason); install the tzdata package again"
        case .notARule(let text):
            "'\(text)' is not a time zone rule; write for example 'CET-1CEST,M3.5.0,M10.5.0/3'"
        }
    }
}

/// Walks over the bytes of a zone file.
private struct ZoneFileReader {
    struct Header {
        let version: Int
        let utcFlags, standardFlags, leaps, times, kinds, characters: Int
    }

    struct Block {
        var times: [Int64] = []
        var kinds: [Int] = []
        var offsets: [LocalOffset] = []
    }

    let bytes: [UInt8]
    let name: String
    var position = 0

    mutating func readHeader() throws(ZoneError) -> Header {
        guard Array(try take(4)) == Array("TZif".utf8) else {
            throw damaged("it lacks the mark TZif")
        }
        let version = try take(16).first ?? 0
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(Int(try readInteger(4))) }
        guard counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] > 0, counts[4] <= 256
        else { throw damaged("its header counts cannot be") }
        guard counts[2] == 0 else {
            throw damaged("it counts leap seconds, which the system clock does not")
        }
        return Header(
            version: version == 0 ? 1 : Int(version) - 0x30, utcFlags: counts[0],
            standardFlags: counts[1], leaps: counts[2], times: counts[3], kinds: counts[4],
            characters: counts[5])
    }

    mutating func skipBlock(_ header: Header, timeWidth: Int) throws(ZoneError) {
        _ = try take(header.times * (timeWidth + 1) + header.kinds * 6 + header.characters)
        try skipTail(header, timeWidth)
    }

    mutating func readBlock(_ header: Header, timeWidth: Int) throws(ZoneError) -> Block {
        var block = Block()
        for _ in 0..<header.times { block.times.append(try readInteger(timeWidth)) }
        guard zip(block.times, block.times.dropFirst()).allSatisfy(<),
            block.times.allSatisfy({ abs($0.clamped) <= Self.furthest })
        else { throw damaged("its changes are not in order") }
        block.kinds = try take(header.times).map(Int.init)
        guard block.kinds.allSatisfy({ $0 < header.kinds }) else {
            throw damaged("a change leads to an unknown offset")
        }
        let records = Array(try take(header.kinds * 6))
        let names = Array(try take(header.characters))
        for start in stride(from: 0, to: records.count, by: 6) {
            block.offsets.append(try offset(records[start..<(start + 6)], names))
        }
        try skipTail(header, timeWidth)
        return block
    }

    private func offset(
        _ record: ArraySlice<UInt8>, _ names: [UInt8]
    ) throws(ZoneError) -> LocalOffset {
        let first = record.startIndex
        let seconds = Int64(Self.signed(record.prefix(4), width: 4))
        let nameStart = Int(record[first + 5])
        guard nameStart <= names.count, abs(seconds) < 93_600 else {
            throw damaged("an offset is out of range")
        }
        let abbreviation = names[nameStart...].prefix { $0 != 0 }
        return LocalOffset(
            seconds: seconds, isDaylight: record[first + 4] != 0,
            abbreviation: String(decoding: abbreviation, as: UTF8.self))
    }

    private mutating func skipTail(_ header: Header, _ timeWidth: Int) throws(ZoneError) {
        _ = try take(header.leaps * (timeWidth + 4) + header.standardFlags + header.utcFlags)
    }

    /// The rule between two line ends at the end of the file; nil when it is empty.
    mutating func readFooter() throws(ZoneError) -> PosixZone? {
        guard try take(1).first == 0x0a else { throw damaged("its footer is missing") }
        let text = bytes[position...].prefix { $0 != 0x0a }
        guard position + text.count < bytes.count else { throw damaged("its footer has no end") }
        if text.isEmpty { return nil }
        return try PosixZone(parsing: String(decoding: text, as: UTF8.self), name: name)
    }

    private mutating func take(_ count: Int) throws(ZoneError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else { throw damaged("it ends too early") }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    private mutating func readInteger(_ width: Int) throws(ZoneError) -> Int64 {
        Self.signed(try take(width), width: width)
    }

    private static func signed(_ bytes: ArraySlice<UInt8>, width: Int) -> Int64 {
        let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return width == 4
            ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(truncatingIfNeeded: bits)
    }

    private func damaged(_ reason: String) -> ZoneError {
        .notAZoneFile(name: name, reason: reason)
    }

    /// Changes further from 1970 than this many seconds cannot be counted in microseconds.
    private static let furthest: Int64 = 4_000_000_000_000
}

extension Int64 {
    /// The number, kept away from the one extreme that has no absolute value.
    fileprivate var clamped: Int64 { Swift.max(self, -.max) }
}
