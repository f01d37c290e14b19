import FoundationEssentials

extension ShopFolder {
    /// Lays out a shop: two releases, settings, flags, one plugin, sample traces, the marker.
    ///
    /// Files that are there already stay as they are, so it may run again.
    package func layOut() throws {
        for name in ["flags", "plugins", "traces", "settings", "defaults"] + Self.releases {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }
        for (name, text) in Self.files { try writeIfAbsent(text, to: name) }
        let store = TraceStore(in: self)
        for trace in Trace.samples { try store.store(trace) }
        // Any answer means that a link is there, wherever it points.
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/current")
        guard link == nil else { return }
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/current", withDestinationPath: "releases/1.4.2")
    }

    private func writeIfAbsent(_ text: String, to name: String) throws {
        guard !FileManager.default.fileExists(atPath: "\(path)/\(name)") else { return }
        try write(text, to: name)
    }

    private static let releases = ["releases/1.4.2", "releases/1.5.0"]

    private static let files: [(name: String, text: String)] =
        [
            ("environment", "staging\n"),
            ("last-good", "1.4.2\n"),
            ("next", "1.5.0\n"),
            ("releases/1.4.2/shop.conf", releaseText(patience: 250)),
            ("releases/1.5.0/shop.conf", releaseText(patience: 200)),
            ("flags/new-checkout", "off\n"),
            ("flags/edge-cache", "on\n"),
            ("plugins/gift-wrap.plugin", "hook=checkout\nrequired=no\napi=2\n"),
        ] + settings.map { ("settings/\($0.name)", $0.text) }
        + settings.map { ("defaults/\($0.name)", $0.text) }

    /// What ships; `defaults/` keeps a copy for the responder who wants it back.
    private static let settings: [(name: String, text: String)] = [
        ("payments.conf", "base-ms=20\nadd-ms=0\n"),
        ("sink.conf", "base-ms=5\nadd-ms=0\n"),
        ("worker.conf", "rate=200\n"),
        ("content.conf", "lag=0\n"),
        ("metrics.conf", "exposition=on\n"),
        ("audit.conf", "sensitive=exports payouts\n"),
    ]

    private static func releaseText(patience: Int) -> String {
        """
        # How this version behaves; plain key=value.
        payments.timeout-ms=2000
        payments.patience-ms=\(patience)
        payments.breaker=on
        auth.accepts=2026-b 2027-a
        edge.default=deny
        edge.rule.catalog=guest
        edge.rule.reports=staff
        edge.rule.exports=admin
        billing.rounding=exact
        refund.model=triage-1
        refund.prompt=refund-6
        refund.schema=refund-request-1
        refund.downstream=payments-1
        sink.timeout-ms=300

        """
    }
}
