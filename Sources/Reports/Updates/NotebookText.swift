import CalendarTime
import Drills

/// One page for the on-call, before and during a run: how to roll back, the way from page to rollback, whom to tell.
package struct NotebookText: Hashable, Sendable {
    /// The whole page, at most 78 columns and a verbatim command on a line of its own; it ends with a line break.
    package let text: String

    /// The page of a run.
    package init(_ plan: RunPlan) {
        var lines =
            heading("On-call notebook: \(plan.run)")
            + paragraph(
                "\(plan.title), \(plan.severity.rawValue). A drill of kind \(plan.kind.rawValue) "
                    + "on \(plan.target.name) (\(plan.target.environment)).", indent: 0) + [""]
        lines += Self.rollback(plan) + [""] + Self.path(plan) + [""]
        lines += Self.people(plan) + [""] + Self.channels(plan) + [""] + Self.limits(plan)
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func rollback(_ plan: RunPlan) -> [String] {
        let title = heading("Roll back", underline: "-")
        guard let rollback = plan.response(taking: .rollback) else {
            return title
                + paragraph("The scenario names no rollback. Declare yours with:", indent: 0)
                + ["    drillctl rollback \(plan.run)"]
        }
        let parameters = rollback.parameters.map(\.words)
        return title + ["    drillctl rollback \(plan.run)", ""]
            + paragraph("It runs this, in the folder of the scenarios:", indent: 0)
            + ["    \(rollback.command.description.printable)"]
            + parameters.map { "    with \($0.printable)" }
    }

    /// The steps in the order of the playbook, each with its command.
    private static func path(_ plan: RunPlan) -> [String] {
        let pages = plan.pages.filter(\.wantsAck).map(\.name.text).joined(separator: " ")
        let steps = [
            ("page", "a text that begins with [DRILL \(plan.run)]"),
            ("ack", "drillctl ack \(plan.run) " + (pages.isEmpty ? "PAGE" : pages)),
            (
                "scope",
                "drillctl scope \(plan.run) --users many --routes one --regions one"
            ), ("rollback", "drillctl rollback \(plan.run)"),
            ("trace", "drillctl trace \(plan.run) --note 'where it is'"),
            ("status", "drillctl status post \(plan.run) --text 'what people should know'"),
            ("investigate", "drillctl investigate \(plan.run) --note 'what and why'"),
            ("all clear", "drillctl clear \(plan.run) --reason 'what shows it'"),
        ]
        return heading("From page to rollback", underline: "-")
            + steps.enumerated().map { index, step in
                "\(index + 1). \(step.0.padded(to: 12))\(step.1)"
            }
            + paragraph(
                "One page or several may be named in one ack. To stop everything: "
                    + "drillctl halt --reason 'why'", indent: 0)
    }

    private static func people(_ plan: RunPlan) -> [String] {
        var table = TextTable("level or lane", "person", "reached at")
        let roster = plan.roster
        func add(_ role: String, _ person: PersonName?) {
            guard let person else { return }
            let places = plan.response.addresses.filter { $0.person == person }.map {
                "\($0.channel): \($0.text)"
            }
            table.add(
                role, person.text.printable,
                places.isEmpty ? "-" : places.joined(separator: ", ").printable)
        }
        for onCall in roster.onCall { add(onCall.level.rawValue, onCall.person) }
        add("commander", roster.commander)
        add("deputy", roster.deputy)
        for lane in Lane.allCases { add("\(lane.rawValue) lane", roster.lanes[lane]) }
        add("score owner", roster.scoreOwner)
        return heading("Whom to tell", underline: "-") + table.lines
    }

    private static func channels(_ plan: RunPlan) -> [String] {
        let title = heading("Where pages come from", underline: "-")
        guard !plan.channels.isEmpty else { return title + ["no channel is named"] }
        return title
            + plan.channels.flatMap { channel in
                paragraph("\(channel.name): \(channel.service.words)", indent: 0, hanging: 4)
            }
            + plan.pages.flatMap { page in
                paragraph("\(page.name): \(page.words)", indent: 0, hanging: 4)
            }
    }

    private static func limits(_ plan: RunPlan) -> [String] {
        var list = LabelledLines(labelWidth: 14)
        list.add("Ack within", "\(plan.ackDeadline), then the secondary is paged")
        list.add("Detect", "\(plan.objectives.detect)")
        list.add("Mitigate", "\(plan.objectives.mitigate)")
        list.add("All clear", "\(plan.response.allClear) after the injection")
        list.addAll(
            "Promised",
            plan.response.cadence.map { "\($0.kind.rawValue) update every \($0.every)" },
            orElse: "no update")
        list.add("Evidence", plan.response.evidencePlace ?? "the archive of the run")
        list.add("Touches", plan.packet.blastRadius)
        return heading("Limits and promises", underline: "-") + list.lines
    }
}

extension Parameter {
    /// `DRILL_PARAM_ADD=900ms`; a credential only by its name.
    fileprivate var words: String {
        switch value {
        case .literal(let text): "DRILL_PARAM_\(name.uppercased())=\(text)"
        case .credential(let credential):
            "DRILL_PARAM_\(name.uppercased()) from credential \(credential)"
        }
    }
}

extension PagePlan {
    fileprivate var words: String {
        let whom = team.map { "for team \($0), not yours" } ?? "to the \(to.rawValue)"
        let noise = isNoise ? ", noise: nothing is to be done about it" : ""
        return "\(summary) (\(severity.rawValue)), \(whom)\(noise)"
    }
}

extension Channel.Service {
    /// What stands at the other end; never a secret.
    fileprivate var words: String {
        switch self {
        case .exec(let command, _): "runs \(command)"
        case .alertmanager(let endpoint): "Alertmanager at \(endpoint.url)"
        case .pagerduty: "PagerDuty"
        case .slack: "Slack"
        case .ntfy(let endpoint): "ntfy at \(endpoint.url)"
        case .webhook(let endpoint): "a webhook at \(endpoint.url)"
        case .email(_, let from): "mail from \(from)"
        }
    }
}
