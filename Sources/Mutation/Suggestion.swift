/// Finds the word somebody probably meant.
enum Suggestion {
    /// The closest of `candidates`, when it is at most two edits (a third of the word) away.
    static func closest(to word: String, among candidates: [String]) -> String? {
        let limit = max(1, min(2, word.count / 3 + 1))
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let distance = edits(from: Array(word.lowercased()), to: Array(candidate.lowercased()))
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// The fewest insertions, deletions, replacements and swaps of neighbours.
    private static func edits(from source: [Character], to target: [Character]) -> Int {
        var older: [Int] = []
        var previous = Array(0...target.count)
        for row in source.indices {
            var current = [row + 1]
            for column in target.indices {
                let isSame = source[row] == target[column]
                var cost = min(
                    previous[column] + (isSame ? 0 : 1),
                    min(previous[column + 1], current[column]) + 1)
                if row > 0, column > 0, source[row] == target[column - 1],
                    source[row - 1] == target[column]
                {
                    cost = min(cost, older[column - 1] + 1)
                }
                current.append(cost)
            }
            (older, previous) = (previous, current)
        }
        return previous[target.count]
    }
}
