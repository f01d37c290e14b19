extension RunPlan {
    /// Decodes a plan; one that was recorded when a drill had one channel at most and scripts took
    /// every step says so.
    package init(from decoder: any Decoder) throws {
        let fields = try RecordedFields(decoder)
        let only: Channel? = try fields.optional("channel")
        self.init(
            run: try fields["run"], drill: try fields["drill"], cycle: try fields["cycle"],
            kind: try fields["kind"], tier: try fields["tier"], campaign: try fields["campaign"],
            scheduled: try fields["scheduled"], target: try fields["target"],
            technical: try fields["technical"], coordination: try fields.optional("coordination"),
            title: try fields["title"], severity: try fields["severity"],
            objectives: try fields["objectives"], packet: try fields["packet"],
            faults: try fields["faults"], probes: try fields["probes"],
            responses: try fields["responses"], pages: try fields["pages"],
            channels: try fields.optional("channels") ?? only.map { [$0] } ?? [],
            roster: try fields["roster"], duration: try fields["duration"],
            ackDeadline: try fields["ackDeadline"], passScore: try fields["passScore"],
            mutation: try fields["mutation"],
            response: try fields.optional("response") ?? .scripted)
    }
}
