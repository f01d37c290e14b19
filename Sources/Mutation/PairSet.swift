/// A set of pairs of slots, one bit for each order of a pair.
struct PairSet: Sendable, Hashable {
    private let wordsPerRow: Int
    private var words: [UInt64]
    /// How many pairs are in the set.
    private(set) var count = 0

    init(slots: Int) {
        wordsPerRow = (slots + 63) / 64
        words = Array(repeating: 0, count: slots * wordsPerRow)
    }

    func contains(_ one: Int, _ other: Int) -> Bool {
        words[one * wordsPerRow + (other >> 6)] & (1 << UInt64(other & 63)) != 0
    }

    /// Adds a pair; true when it was not there.
    @discardableResult
    mutating func insert(_ one: Int, _ other: Int) -> Bool {
        guard !contains(one, other) else { return false }
        words[one * wordsPerRow + (other >> 6)] |= 1 << UInt64(other & 63)
        words[other * wordsPerRow + (one >> 6)] |= 1 << UInt64(one & 63)
        count += 1
        return true
    }

    /// Takes a pair out; true when it was there.
    @discardableResult
    mutating func remove(_ one: Int, _ other: Int) -> Bool {
        guard contains(one, other) else { return false }
        words[one * wordsPerRow + (other >> 6)] &= ~(1 << UInt64(other & 63))
        words[other * wordsPerRow + (one >> 6)] &= ~(1 << UInt64(one & 63))
        count -= 1
        return true
    }

    /// The partners of a slot, in ascending order.
    func partners(of slot: Int) -> [Int] {
        var found: [Int] = []
        for index in 0..<wordsPerRow {
            var bits = words[slot * wordsPerRow + index]
            while bits != 0 {
                found.append(index * 64 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
        return found
    }
}
