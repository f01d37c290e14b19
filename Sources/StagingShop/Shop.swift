import Synchronization

/// The shop itself: what its routes, its worker and its dependencies share.
package final class Shop: Sendable {
    /// The folder it lives in.
    package let folder: ShopFolder
    private let memory: Mutex<ShopMemory>
    private let start = ContinuousClock.now

    /// Opens a shop from its folder; figures look back over the window.
    package init(folder: ShopFolder, window: Duration) throws(ConfigurationError) {
        self.folder = folder
        memory = Mutex(
            ShopMemory(
                configuration: try folder.configuration(), window: SlidingWindow(length: window)))
    }

    /// The time since the shop was opened.
    package var now: Duration { ContinuousClock.now - start }

    /// What is configured right now.
    package var configuration: ShopConfiguration { memory.withLock { $0.configuration } }

    /// How the shop did lately.
    package var figures: Figures { memory.withLock { $0.figures(at: now) } }

    /// Where the payments API and the sink listen; nil until they do.
    package var dependencyPort: Int? {
        get { memory.withLock { $0.dependencyPort } }
        set { memory.withLock { $0.dependencyPort = newValue } }
    }

    /// Reads the folder again; on an error the configuration stays as it was.
    package func reload() throws(ConfigurationError) -> ShopConfiguration {
        let configuration = try folder.configuration()
        memory.withLock { $0.configuration = configuration }
        return configuration
    }

    /// Changes what the shop remembers, at this moment.
    func update<Answer>(_ change: (inout sending ShopMemory, Duration) -> sending Answer)
        -> sending Answer
    {
        let now = now
        return memory.withLock { change(&$0, now) }
    }

    /// Counts an event.
    package func note(_ event: ShopEvent) {
        update { $0.note(event, at: $1) }
    }

    /// Takes refused plugins out of the way until the next reload; answers their names.
    package func quarantinePlugins() -> [String] {
        update { memory, _ in memory.configuration.plugins.quarantine() }
    }

    /// What customers are told, newest first.
    package var statusPage: [String] { memory.withLock { $0.statusPage } }

    /// Puts a line on the status page; the oldest goes when the page is full.
    package func post(status line: String) {
        update { memory, _ in
            memory.statusPage.insert(line, at: 0)
            if memory.statusPage.count > 20 { memory.statusPage.removeLast() }
        }
    }

    /// `/metrics`: totals since the start, gauges over the window; nil while operators have it off.
    package var exposition: String? {
        update { memory, now in
            guard memory.configuration.settings.exposition == .on else { return nil }
            let up = memory.dependencyPort == nil ? 0 : 1
            let lines =
                memory.totals.prometheusLines + memory.figures(at: now).prometheusLines + [
                    "# TYPE shop_dependency_up gauge",
                    "shop_dependency_up{name=\"payments\"} \(up)",
                    "# TYPE shop_queue_done_total counter",
                    "shop_queue_done_total \(memory.queue.done)",
                ]
            return lines.joined(separator: "\n") + "\n"
        }
    }
}
