/// The last few seconds of something, by the time since the shop started.
package struct SlidingWindow<Element: Sendable>: Sendable {
    /// How far back it looks.
    package let length: Duration
    private let limit: Int
    private var entries: [(at: Duration, element: Element)] = []

    /// An empty window; beyond `limit` the oldest entries go first.
    package init(length: Duration, limit: Int = 10_000) {
        self.length = length
        self.limit = limit
    }

    /// Adds an element; times never go back.
    package mutating func append(_ element: Element, at now: Duration) {
        entries.append((now, element))
        if entries.count > 2 * limit { entries.removeFirst(entries.count - limit) }
        if let first = entries.first, now - first.at > length * 2 { prune(at: now) }
    }

    /// What happened within the window before `now`, oldest first.
    package func elements(at now: Duration) -> [Element] {
        let start = entries.partitioningIndex { now - $0.at <= length }
        return entries[start...].suffix(limit).map(\.element)
    }

    private mutating func prune(at now: Duration) {
        entries.removeFirst(entries.partitioningIndex { now - $0.at <= length })
    }
}

extension Array {
    /// The first index whose element satisfies a condition that, once true, stays true.
    fileprivate func partitioningIndex(where isSecondPart: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
