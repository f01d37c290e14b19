/// Guesses at what a mistyped word meant.
package enum Spelling {
    /// The candidate nearest to the word, or nil when none is near enough to be what was meant.
    ///
    /// Near is at most two edits (one for words below five letters), case aside; ties go to the
    /// candidate that sorts first.
    package static func nearest(
        to word: String, among candidates: some Sequence<String>
    ) -> String? {
        let limit = word.count < 5 ? 1 : 2
        let wanted = Array(word.lowercased().utf8)
        var best: (distance: Int, word: String)?
        for candidate in candidates where abs(candidate.utf8.count - wanted.count) <= limit {
            let distance = distance(wanted, Array(candidate.lowercased().utf8))
            guard distance <= limit, distance < wanted.count else { continue }
            if let current = best, (current.distance, current.word) <= (distance, candidate) {
                continue
            }
            best = (distance, candidate)
        }
        return best?.word
    }

    /// Edits between two words; swapping two neighbours counts as one.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(
                    last[column] + (byte == other ? 0 : 1), last[column + 1] + 1,
                    current[column] + 1)
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
