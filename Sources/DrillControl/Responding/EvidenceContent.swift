import Crypto
import Drills
import Glibc

/// What was read so far: all of it hashed and counted, only the beginning kept.
struct EvidenceContent {
    private var beginning: [UInt8] = []
    private(set) var count = 0
    private var digest = SHA256()

    /// One more than a character has bytes, so that a cut through the last one shows.
    private static let kept = EvidenceItem.maximumContent + 4
    private static let piece = 64 * 1024
    /// The most that it may take in a request, which has other fields too.
    private static let longestTravel = 56 * 1024

    mutating func add(_ bytes: [UInt8]) {
        digest.update(data: bytes)
        count += bytes.count
        beginning += bytes.prefix(Self.kept - beginning.count)
    }

    /// Reads a piece.
    ///
    /// - Returns: false at the end.
    mutating func takeOne(from descriptor: Int32) throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: Self.piece)
        let length = read(descriptor, &buffer, buffer.count)
        if length < 0, errno == EINTR { return true }
        guard length >= 0 else {
            let reason = String(cString: strerror(errno))
            throw CommandFailure(.failed, "reading stopped after \(count) bytes (\(reason))")
        }
        add(Array(buffer.prefix(length)))
        return length > 0
    }

    /// SHA-256 of everything, in hexadecimal.
    var hash: String {
        digest.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The evidence as it is recorded.
    func item(titled title: String, from source: EvidenceItem.Source) -> EvidenceItem {
        EvidenceItem(
            title: title, source: source, content: text(upTo: EvidenceItem.maximumContent),
            bytes: Int64(count), hash: hash)
    }

    /// The first bytes as text, cut between two characters; what is no text is replaced.
    private func text(upTo limit: Int) -> String {
        var end = min(beginning.count, limit)
        let isContinued = { (index: Int) in self.beginning[index] & 0xC0 == 0x80 }
        while end < beginning.count, end > 0, isContinued(end) { end -= 1 }
        let text = String(decoding: beginning[..<end], as: UTF8.self)
        // A replacement is longer than the byte it stands for, and some characters travel escaped.
        var (bytes, travelling) = (0, 0)
        let fitting = text.unicodeScalars.prefix { scalar in
            bytes += UTF8.width(scalar)
            travelling += scalar.escapedWidth
            return bytes <= limit && travelling <= Self.longestTravel
        }
        return String(String.UnicodeScalarView(fitting))
    }
}

extension Unicode.Scalar {
    /// The bytes that it takes in JSON.
    fileprivate var escapedWidth: Int {
        switch self {
        case "\"", "\\", "/", "\n", "\r", "\t": 2
        case "\0"..<" ": 6
        default: UTF8.width(self)
        }
    }
}
