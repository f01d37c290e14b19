/// A small random generator whose numbers are the same on every machine.
///
/// This is SplitMix64 as published by Steele, Lea and Flood in "Fast splittable pseudorandom
/// number generators" (OOPSLA 2014): a counter with an odd step, scrambled by two multiplications.
package struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
    private var state: UInt64

    /// Starts the sequence that belongs to `seed`; equal seeds give equal sequences.
    package init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits of the sequence.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return StableHash.scrambled(state)
    }

    /// A number in `0..<bound`, without bias and without the standard library's own draws.
    ///
    /// - Precondition: `bound` is positive.
    package mutating func draw(below bound: Int) -> Int {
        precondition(bound > 0, "a draw needs at least one outcome")
        let range = UInt64(bound)
        // Lemire's multiply-and-reject: the high word is uniform once the low word is fair.
        let unfair = (0 &- range) % range
        while true {
            let product = next().multipliedFullWidth(by: range)
            if product.low >= unfair { return Int(product.high) }
        }
    }

    /// The elements in an order drawn by Fisher and Yates's shuffle.
    package mutating func shuffle<Element>(_ elements: [Element]) -> [Element] {
        var shuffled = elements
        for index in stride(from: shuffled.count - 1, to: 0, by: -1) {
            shuffled.swapAt(index, draw(below: index + 1))
        }
        return shuffled
    }
}
