import CalendarTime
import Drills

/// The plan of a run in the syntax of unit files: the scenario as it was run, mutation applied.
package enum ScenarioText {
    /// The whole file.
    package static func render(_ plan: RunPlan) -> String {
        var text = UnitText()
        header(plan, to: &text)
        packet(plan, to: &text)
        plan.faults.forEach { fault($0, to: &text) }
        plan.probes.forEach { probe($0, to: &text) }
        plan.responses.forEach { response($0, to: &text) }
        plan.pages.forEach { page($0, to: &text) }
        mutation(plan, to: &text)
        return text.lines
    }

    private static func header(_ plan: RunPlan, to text: inout UnitText) {
        text.section("Scenario")
        text.add("Description", plan.title)
        text.add("Severity", plan.severity.rawValue)
        text.add("X-Run", plan.run.text)
        text.add("X-Drill", plan.drill.text)
        text.add("X-Cycle", String(plan.cycle))
        text.add("X-Kind", plan.kind.rawValue)
        text.add("X-Tier", plan.tier.rawValue)
        text.add("X-Campaign", plan.campaign)
        text.add("X-Scheduled", WallText.time(plan.scheduled) + " UTC")
        text.add("X-Target", plan.target.name.text)
        text.add("X-Technical", plan.technical.text)
        text.add("X-Coordination", plan.coordination?.text)
        text.add("X-Commander", plan.roster.commander.text)
        for onCall in plan.roster.onCall {
            text.add("X-OnCall", "\(onCall.level.rawValue):\(onCall.person)")
        }
    }

    private static func packet(_ plan: RunPlan, to text: inout UnitText) {
        text.section("Packet")
        text.add("Hypothesis", plan.packet.hypothesis)
        text.add("Trigger", plan.packet.trigger)
        text.add("BlastRadius", plan.packet.blastRadius)
        plan.packet.abort.forEach { text.add("Abort", $0) }
        text.add("ScoreOwner", plan.packet.scoreOwner.text)
    }

    private static func fault(_ fault: FaultPlan, to text: inout UnitText) {
        text.section("Fault", fault.name.text)
        text.add("Hook", fault.hook)
        text.add("Parameters", fault.parameters)
        text.add("StartSec", fault.start.description)
        text.add("DurationSec", fault.duration.description)
        fault.touches.forEach { text.add("Touches", $0.description) }
    }

    private static func probe(_ probe: Probe, to text: inout UnitText) {
        text.section("Probe", probe.name.text)
        text.add("Command", probe.command)
        text.add("EverySec", probe.every.description)
        text.add("HoldSec", probe.hold.description)
        text.add("TimeoutSec", probe.timeout.description)
    }

    private static func response(_ response: Response, to text: inout UnitText) {
        text.section("Respond", response.name.text)
        text.add("Step", response.step.rawValue)
        text.add("Command", response.command)
        text.add("Parameters", response.parameters)
        text.add("TargetSec", response.target?.description)
        text.add("TimeoutSec", response.timeout.description)
    }

    private static func page(_ page: PagePlan, to text: inout UnitText) {
        text.section("Page", page.name.text)
        text.add("Summary", page.summary)
        text.add("AfterSec", page.after.description)
        text.add("To", page.to.rawValue)
        text.add("Severity", page.severity.rawValue)
    }

    private static func mutation(_ plan: RunPlan, to text: inout UnitText) {
        text.section("X-Mutation")
        text.add("Seed", String(plan.mutation.seed))
        text.add("ParentCycle", plan.mutation.parentCycle.map(String.init))
        for factor in plan.mutation.values {
            text.add("Factor", "\(factor.factor)=\(factor.value)")
        }
        text.add("Rationale", plan.mutation.rationale)
    }
}

/// Lines of a unit file in the making.
private struct UnitText {
    private(set) var lines = ""

    mutating func section(_ kind: String, _ name: String? = nil) {
        if !lines.isEmpty { lines += "\n" }
        lines += "[\([kind, name].compactMap(\.self).joined(separator: " "))]\n"
    }

    /// Leaves the key out when there is no value.
    mutating func add(_ key: String, _ value: String?) {
        guard let value else { return }
        lines += "\(key)=\(escaped(value))\n"
    }

    mutating func add(_ key: String, _ command: HookCommand) {
        add(key, ([command.hook] + command.arguments).map(quoted).joined(separator: " "))
    }

    mutating func add(_ key: String, _ parameters: [Parameter]) {
        guard !parameters.isEmpty else { return }
        let words = parameters.map { parameter in
            switch parameter.value {
            case .literal(let text): "\(parameter.name)=\(text)"
            case .credential(let name): "\(parameter.name)=@credential:\(name)"
            }
        }
        add(key, words.map(quoted).joined(separator: " "))
    }

    /// `%` begins a specifier, and a line ends with its line break.
    private func escaped(_ value: String) -> String {
        value.printable.replacing("%", with: "%%")
    }

    /// A word with blanks or quotes in it stands in double quotes.
    private func quoted(_ word: String) -> String {
        let special = word.isEmpty || word.contains { " \t\"'\\".contains($0) }
        guard special else { return word }
        let inner = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(inner)\""
    }
}
