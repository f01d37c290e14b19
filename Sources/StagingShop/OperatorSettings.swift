/// What operators set beside the release: one file each under `settings/`.
package struct OperatorSettings: Hashable, Sendable {
    /// Added to each answer of the payments API.
    package let paymentsDelay: Duration
    /// Added to each answer of the downstream sink.
    package let sinkDelay: Duration
    /// Jobs the queue worker may take per second.
    package let workerRate: Int
    /// How many versions the content store's reads are behind.
    package let contentLag: Int
    /// Whether `/metrics` answers.
    package let exposition: Switch
    /// Edge paths the audit job watches: a guest who gets one is a leak, whatever the rules say.
    package let sensitivePaths: Set<String>

    /// Reads the six files.
    package init(
        payments: KeyValueText, sink: KeyValueText, worker: KeyValueText, content: KeyValueText,
        metrics: KeyValueText, audit: KeyValueText
    ) throws(ConfigurationError) {
        paymentsDelay = try payments.milliseconds("base-ms") + payments.milliseconds("add-ms")
        sinkDelay = try sink.milliseconds("base-ms") + sink.milliseconds("add-ms")
        workerRate = try worker.count("rate")
        contentLag = try content.count("lag")
        exposition = try metrics.choice("exposition")
        sensitivePaths = Set(try audit.text("sensitive").split(separator: " ").map(String.init))
    }
}
