import CalendarTime

extension Channel {
    /// Decodes a channel; one that was recorded when every channel was a hook has its command at the
    /// top.
    package init(from decoder: any Decoder) throws {
        let fields = try RecordedFields(decoder)
        guard let service: Service = try fields.optional("service") else {
            self.init(
                name: try fields["name"],
                service: .exec(
                    command: try fields["command"], parameters: try fields["parameters"]),
                timeout: try fields["timeout"], pagesPerMinute: 100, attempts: 1, routing: nil)
            return
        }
        self.init(
            name: try fields["name"], service: service, timeout: try fields["timeout"],
            pagesPerMinute: try fields["pagesPerMinute"], attempts: try fields["attempts"],
            routing: try fields.optional("routing"))
    }
}

extension PagePlan {
    /// Decodes a page; one that was recorded when pages had neither labels nor an end of their own is
    /// a plain one.
    package init(from decoder: any Decoder) throws {
        let fields = try RecordedFields(decoder)
        let plain = PagePlan(
            name: try fields["name"], summary: try fields["summary"], after: try fields["after"],
            to: try fields["to"], severity: try fields["severity"])
        self.init(
            name: plain.name, summary: plain.summary, after: plain.after, to: plain.to,
            severity: plain.severity, labels: try fields.optional("labels") ?? plain.labels,
            duplicates: try fields.optional("duplicates") ?? plain.duplicates,
            repeatEvery: try fields.optional("repeatEvery") ?? plain.repeatEvery,
            isNoise: try fields.optional("isNoise") ?? plain.isNoise,
            resolveAfter: try fields.optional("resolveAfter"), team: try fields.optional("team"))
    }
}

extension Receipt {
    /// The receipt of a page in a recorded event; before there were receipts a hook's report stood
    /// there, and which channel it was did not matter, as there was one.
    init(recorded fields: RecordedFields) throws {
        if let receipt: Receipt = try fields.optional("receipt") {
            self = receipt
        } else {
            self.init(channel: nil, report: try fields["report"])
        }
    }
}
