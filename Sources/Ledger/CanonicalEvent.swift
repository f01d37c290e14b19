import CalendarTime
import Drills

/// An event in the bytes that are stored and hashed, before it has a place in the chain.
///
/// The hash of an event is the SHA-256 over, in this order:
/// the hash of the event before it (32 bytes; zeros for the first), the sequence, and the body:
/// run, wall time, boot time, boot id, kind, payload. Integers are 8 bytes, big-endian, two's
/// complement. A text is its count of UTF-8 bytes as such an integer, then the bytes; a missing run
/// has the count −1. The payload is the event as JSON with sorted keys, exactly as stored.
struct CanonicalEvent: Sendable {
    let run: RunID?
    let at: Moment
    let bootID: String
    let kind: String
    let payload: String
    private let body: [UInt8]

    /// An event of a run.
    init(_ event: RunEvent, run: RunID, at moment: Moment, bootID: String) throws {
        try self.init(payload: event, run: run, at: moment, bootID: bootID)
    }

    /// An event of the daemon.
    init(_ event: OperationalEvent, at moment: Moment, bootID: String) throws {
        try self.init(payload: event, run: nil, at: moment, bootID: bootID)
    }

    private init(
        payload event: some Encodable, run: RunID?, at moment: Moment, bootID: String
    ) throws {
        guard !bootID.isEmpty, !bootID.utf8.contains(0) else { throw LedgerError.badBootID(bootID) }
        let bytes = try CanonicalText.bytes(of: event)
        payload = String(decoding: bytes, as: UTF8.self)
        // An event is coded as an object whose only key is the name of its case.
        kind = String(
            decoding: bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        self.run = run
        at = moment
        self.bootID = bootID
        body = Self.body(
            run: run.map { Array($0.text.utf8) }, at: moment, bootID: Array(bootID.utf8),
            kind: Array(kind.utf8), payload: bytes)
    }

    /// The hash of this event at a place in the chain.
    func hash(sequence: Int64, after previous: EventHash) -> EventHash {
        Self.hash(of: body, sequence: sequence, after: previous)
    }
}

extension CanonicalEvent {
    /// The part of the hashed bytes that does not depend on the place in the chain.
    static func body(
        run: [UInt8]?, at moment: Moment, bootID: [UInt8], kind: [UInt8], payload: [UInt8]
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + bootID.count + kind.count + 128)
        append(run, to: &bytes)
        append(moment.wall.microsecondsSinceEpoch, to: &bytes)
        append(moment.boot.microsecondsSinceBoot, to: &bytes)
        append(bootID, to: &bytes)
        append(kind, to: &bytes)
        append(payload, to: &bytes)
        return bytes
    }

    /// The hash of a body at a place in the chain.
    static func hash(of body: [UInt8], sequence: Int64, after previous: EventHash) -> EventHash {
        var place: [UInt8] = []
        place.reserveCapacity(40)
        place += previous.bytes
        append(sequence, to: &place)
        return EventHash(of: place, body)
    }

    private static func append(_ text: [UInt8]?, to bytes: inout [UInt8]) {
        append(text.map { Int64($0.count) } ?? -1, to: &bytes)
        if let text { bytes += text }
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
}
