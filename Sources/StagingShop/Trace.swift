import FoundationEssentials

/// One request as it was served, with all that a replay needs.
package struct Trace: Hashable, Sendable, Codable {
    package let id: String
    /// What is wrong with it, in a sentence.
    package let title: String
    package let release: String
    package let request: RefundRequest
    package let components: RefundComponents
    /// What should have been paid back.
    package let expectedCents: Int
    package let root: Span

    /// Serves a request and keeps it as a trace.
    package init(
        id: String, title: String, release: String, request: RefundRequest,
        components: RefundComponents, expectedCents: Int
    ) {
        self.id = id
        self.title = title
        self.release = release
        self.request = request
        self.components = components
        self.expectedCents = expectedCents
        root = RefundFlow(components: components).run(request).root
    }

    /// Reads a stored trace.
    package init(json: String) throws {
        self = try JSONDecoder().decode(Trace.self, from: Data(json.utf8))
    }

    /// The trace as it is stored: keys sorted, so that the same trace is the same text.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}

/// One step of a trace, with the steps within it.
package struct Span: Hashable, Sendable, Codable {
    package let name: String
    package let startMicroseconds: Int
    package let durationMicroseconds: Int
    package let attributes: [String: String]
    package let children: [Span]

    /// A step that began `start` after the root.
    package init(
        name: String, start: Duration, duration: Duration, attributes: [String: String],
        children: [Span]
    ) {
        self.name = name
        startMicroseconds = start.milliseconds * 1_000
        durationMicroseconds = duration.milliseconds * 1_000
        self.attributes = attributes
        self.children = children
    }

    /// Every attribute by its path, `POST /refund > decide: prompt`, sorted by path.
    package var attributePaths: [(path: String, value: String)] {
        let own = attributes.sorted { $0.key < $1.key }.map { ("\(name): \($0.key)", $0.value) }
        let below = children.flatMap { child in
            child.attributePaths.map { ("\(name) > \($0.path)", $0.value) }
        }
        return own + below
    }
}
