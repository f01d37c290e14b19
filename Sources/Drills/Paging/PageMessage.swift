/// One page as it is handed to a channel: everything a service may want, worded once.
package struct PageMessage: Hashable, Sendable {
    package let run: RunID
    package let page: PageName
    package let person: PersonName
    package let level: OnCallLevel
    package let severity: Severity
    /// What the text and every title begin with: `[DRILL <run>]`, or `[LEAKED <fault>]`, which is no exercise.
    package let mark: String
    package let summary: String
    /// The mark, what is wrong, whether it is a drill, and what the responder is to do.
    package let text: String
    /// Sorted by name; `drill`, `drill_id`, `env`, `page`, `level`, `alertname`, `severity` are always there.
    package let labels: [PagePlan.Label]
    /// Names the incident at the service: the same page to the same level is one incident, however often it is posted.
    package let key: String
    /// Where the person is reached on this channel, if the calendar says so.
    package let address: String?
    /// Opens the ack button; nil where no console can be reached.
    package let link: String?
    /// Whether it is about a fault that may still be in place: it lasts longer than its run and is never told again.
    package let isLeak: Bool

    /// A page of a run to one person.
    ///
    /// - Parameter link: the address of the ack button, for this page and person alone.
    package init(
        _ page: PagePlan, of plan: RunPlan, to person: PersonName, level: OnCallLevel,
        over channel: ChannelName, link: String?
    ) {
        run = plan.run
        self.page = page.name
        self.person = person
        self.level = level
        severity = page.severity
        mark = "[DRILL \(plan.run)]"
        summary = page.summary
        text = "\(mark) " + Self.text(of: page, in: plan, link: link)
        labels = Self.labels(of: page, in: plan, level: level)
        key = "\(plan.run).\(page.name).\(level.rawValue)"
        address = plan.address(of: person, on: channel)
        self.link = link
        isLeak = false
    }

    /// A page about a fault that may still be in place, to the one who is on call first.
    ///
    /// It bears the labels of a drill, so that it goes where the pages of the drill go and into no figure about real
    /// incidents; `leaked="true"` sets it apart.
    package init(
        leaked fault: FaultID, reason: String, of plan: RunPlan, over channel: ChannelName
    ) {
        run = plan.run
        page = "fault-leaked"
        person = plan.roster.firstOnCall
        level = .primary
        severity = .sev1
        mark = "[LEAKED \(fault)]"
        summary = "a fault may still be in place on \(plan.target.name)"
        text =
            "\(mark) SEV-1 A fault of drill \(plan.drill) may still be in place on "
            + "\(plan.target.name) (\(plan.target.environment)): \(reason). This is no exercise. "
            + "'drillctl faults' shows how it stands, 'drillctl revert \(fault)' tries once more."
        labels = [
            "alertname": "DrillFaultLeaked", "drill": "true", "drill_id": plan.run.text,
            "env": plan.target.environment, "fault": fault.text, "leaked": "true",
            "level": OnCallLevel.primary.rawValue, "page": "fault-leaked",
            "severity": Severity.sev1.label, "target": plan.target.name.text,
        ].sorted { $0.key < $1.key }.map { PagePlan.Label(name: $0, value: $1) }
        key = "\(fault).leaked"
        address = plan.address(of: plan.roster.firstOnCall, on: channel)
        link = nil
        isLeak = true
    }

    /// The labels of a page at a level; those of its own win over all but the ones that mark a drill.
    package static func labels(
        of page: PagePlan, in plan: RunPlan, level: OnCallLevel
    ) -> [PagePlan.Label] {
        var values = [
            "alertname": page.name.text, "severity": page.severity.label,
            "target": plan.target.name.text, "level": level.rawValue,
        ]
        values["team"] = page.team
        for label in page.labels { values[label.name] = label.value }
        values["drill"] = "true"
        values["drill_id"] = plan.run.text
        values["env"] = plan.target.environment
        values["page"] = page.name.text
        // Alertmanager escalates nothing by itself: a route picks this label up.
        values["escalated"] = level == .secondary && page.to == .primary ? "true" : nil
        return values.sorted { $0.key < $1.key }.map { PagePlan.Label(name: $0, value: $1) }
    }

    /// The same orders on every page: whether one is noise or somebody else's is for the responder to find out.
    private static func text(of page: PagePlan, in plan: RunPlan, link: String?) -> String {
        "\(page.severity.rawValue) \(page.summary). This is a drill on "
            + "\(plan.target.name) (\(plan.target.environment)). "
            + "If it is yours to handle, acknowledge with: drillctl ack \(plan.run) \(page.name)"
            + (link.map { " or at \($0)" } ?? "")
    }
}

extension RunPlan {
    fileprivate func address(of person: PersonName, on channel: ChannelName) -> String? {
        response.addresses.first { $0.person == person && $0.channel == channel }?.text
    }
}

extension Severity {
    /// The word that alerting rules use: critical, warning or info.
    package var label: String {
        switch self {
        case .sev1: "critical"
        case .sev2: "warning"
        case .sev3: "info"
        }
    }
}
