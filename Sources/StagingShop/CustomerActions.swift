/// What customers and editors do apart from buying.
struct CustomerActions: Sendable {
    private let shop: Shop

    init(in shop: Shop) {
        self.shop = shop
    }

    /// The latest orders, one a line.
    func orders() -> Answer {
        guard !shop.configuration.plugins.isBlocked(.orders) else {
            return Answer(status: 500, text: "a required orders plugin is not registered")
        }
        let lines = shop.update { memory, _ in memory.book.latest(50).map(\.line) }
        return Answer(status: 200, text: lines.joined(separator: "\n"))
    }

    /// Pays money back and keeps the trace of a refund that went wrong.
    func refund(_ request: RefundRequest, expectedCents: Int) throws -> Answer {
        let release = shop.configuration.release
        let outcome = RefundFlow(components: release.refund).run(request).outcome
        guard outcome != .refunded(cents: expectedCents) else {
            return Answer(status: 200, text: "\(outcome)")
        }
        let number = shop.update { memory, now in
            memory.note(.wrongRefund, at: now)
            defer { memory.captured = (memory.captured + 1) % TraceStore.capturedLimit }
            return memory.captured
        }
        try TraceStore(in: shop.folder).store(
            Trace(
                id: "captured-\(number)", title: "a live refund paid \(outcome)",
                release: release.version, request: request, components: release.refund,
                expectedCents: expectedCents))
        return Answer(status: outcome == .timedOut ? 504 : 200, text: "\(outcome)")
    }

    /// Checks a login's token.
    func login(token text: String) -> Answer {
        let accepted = shop.configuration.release.acceptedKeys
        guard let token = AccessToken(checking: text) else {
            return Answer(status: 400, text: "this is no token")
        }
        let isGood = accepted.contains(token.key)
        shop.note(.login(refused: !isGood))
        return isGood
            ? Answer(status: 200, text: "welcome \(token.user)")
            : Answer(status: 401, text: "tokens of key \(token.key) are not accepted")
    }

    /// Shows an edge path to somebody who may see it; the audit counts what guests must not get.
    func edge(path: String, role: Role) -> Answer {
        let configuration = shop.configuration
        guard configuration.release.edge.allows(role, path: path) else {
            return Answer(status: 403, text: "\(role.rawValue) may not see \(path)")
        }
        if role == .guest, configuration.settings.sensitivePaths.contains(path) {
            shop.note(.leak)
        }
        return Answer(status: 200, text: "\(path) for \(role.rawValue)")
    }

    /// A document as readers see it: its version on the first line, then the text.
    func read(_ name: String) -> Answer {
        let document = shop.update { memory, _ in
            memory.content.read(name, lag: memory.configuration.settings.contentLag)
        }
        return Answer(status: 200, text: "\(document.version)\n\(document.text)")
    }

    /// Writes a document that nobody changed since it was read.
    func write(_ name: String, text: String, basedOn version: Int) -> Answer {
        shop.update { memory, now in
            let written = memory.content.write(name, text: text, basedOn: version)
            memory.note(.contentWrite(conflict: written == nil), at: now)
            guard let written else { return Answer(status: 409, text: "changed since \(version)") }
            return Answer(status: 200, text: "\(written)")
        }
    }
}
