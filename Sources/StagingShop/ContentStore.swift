/// Documents that several editors change, guarded by optimistic locking.
package struct ContentStore: Sendable {
    private var history: [String: [String]] = [:]
    /// Versions kept per document, so that a reader may lag behind.
    package static let limit = 50
    private var trimmed: [String: Int] = [:]

    /// A store with no documents; a document that was never written is empty, version 0.
    package init() {}

    /// A document as a reader sees it that is `lag` versions behind.
    package func read(_ name: String, lag: Int) -> Document {
        let newest = newestVersion(of: name)
        let version = max(newest - lag, trimmed[name] ?? 0)
        guard version > 0, let texts = history[name] else { return Document(version: 0, text: "") }
        let index = version - (trimmed[name] ?? 0) - 1
        guard texts.indices.contains(index) else { return Document(version: version, text: "") }
        return Document(version: version, text: texts[index])
    }

    /// Writes a document if it is still at the version the editor read; answers the new version.
    package mutating func write(_ name: String, text: String, basedOn version: Int) -> Int? {
        guard version == newestVersion(of: name) else { return nil }
        history[name, default: []].append(text)
        if let count = history[name]?.count, count > Self.limit {
            history[name]?.removeFirst()
            trimmed[name, default: 0] += 1
        }
        return newestVersion(of: name)
    }

    private func newestVersion(of name: String) -> Int {
        (trimmed[name] ?? 0) + (history[name]?.count ?? 0)
    }

    /// A document at a version.
    package struct Document: Hashable, Sendable {
        package let version: Int
        package let text: String
    }
}
