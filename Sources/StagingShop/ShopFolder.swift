import FoundationEssentials

/// The folder a shop lives in, and where things are in it.
package struct ShopFolder: Hashable, Sendable {
    package let path: String

    /// A folder; nothing is read yet.
    package init(_ path: String) {
        self.path = path
    }

    /// Reads everything that a reload takes in; the answer is whole or an error.
    package func configuration() throws(ConfigurationError) -> ShopConfiguration {
        ShopConfiguration(
            release: try release(), settings: try settings(), flags: try flags(),
            plugins: try plugins())
    }

    /// The text of a file below the folder.
    package func text(_ name: String) throws(ConfigurationError) -> String {
        guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)") else {
            throw .unreadable(path: "\(path)/\(name)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a file whole; readers see the old text or the new one.
    package func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"), options: .atomic)
    }

    /// The names in a folder below, sorted; hidden files are half-written ones and left out.
    package func names(in folder: String, suffix: String = "") throws(ConfigurationError)
        -> [String]
    {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
        else { throw .unreadable(path: "\(path)/\(folder)") }
        return names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
    }

    private func release() throws(ConfigurationError) -> Release {
        let link = "\(path)/current"
        // The error's only meaning here is that there is no link to read.
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else {
            throw .unreadable(path: link)
        }
        let version = target.split(separator: "/").last.map(String.init) ?? target
        return try Release(version: version, settings: keyValues("current/shop.conf"))
    }

    private func settings() throws(ConfigurationError) -> OperatorSettings {
        try OperatorSettings(
            payments: keyValues("settings/payments.conf"), sink: keyValues("settings/sink.conf"),
            worker: keyValues("settings/worker.conf"), content: keyValues("settings/content.conf"),
            metrics: keyValues("settings/metrics.conf"), audit: keyValues("settings/audit.conf"))
    }

    private func flags() throws(ConfigurationError) -> [String: Switch] {
        var flags: [String: Switch] = [:]
        for name in try names(in: "flags") {
            let word = try text("flags/\(name)").split(whereSeparator: \.isWhitespace).first ?? ""
            guard let value = Switch(rawValue: String(word)) else {
                throw .wrong(
                    origin: "flags/\(name)", key: name, value: String(word), expected: "on or off")
            }
            flags[name] = value
        }
        return flags
    }

    private func plugins() throws(ConfigurationError) -> PluginRegistry {
        var registry = PluginRegistry()
        for name in try names(in: "plugins", suffix: ".plugin") {
            let plugin = String(name.dropLast(".plugin".count))
            registry.register(plugin, settings: try keyValues("plugins/\(name)"))
        }
        return registry
    }

    private func keyValues(_ name: String) throws(ConfigurationError) -> KeyValueText {
        try KeyValueText(parsing: text(name), origin: name)
    }
}

/// Everything a reload takes in at once.
package struct ShopConfiguration: Hashable, Sendable {
    package let release: Release
    package let settings: OperatorSettings
    package let flags: [String: Switch]
    package var plugins: PluginRegistry

    /// Whether a flag is on; one that has no file is off.
    package func isOn(_ flag: String) -> Bool { flags[flag] == .on }

    /// One line per value that is live, in a fixed order, for `/state`.
    package var lines: [String] {
        [
            "release=\(release.version)",
            "refund.schema=\(release.refund.schema.rawValue)",
            "payments.delay-ms=\(settings.paymentsDelay.milliseconds)",
            "sink.delay-ms=\(settings.sinkDelay.milliseconds)",
            "worker.rate=\(settings.workerRate)",
            "content.lag=\(settings.contentLag)",
            "metrics.exposition=\(settings.exposition.rawValue)",
        ] + flags.sorted { $0.key < $1.key }.map { "flag.\($0.key)=\($0.value.rawValue)" }
            + plugins.registered.map { "plugin.\($0)=registered" }
            + plugins.refused.map { "plugin.\($0.plugin)=refused" }
    }
}

extension Duration {
    /// Whole milliseconds, cut off.
    package var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
