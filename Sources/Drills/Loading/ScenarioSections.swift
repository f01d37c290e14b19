import CalendarTime
import UnitFiles

extension SectionReader {
    mutating func packet(hooks: inout [Placed<HookCommand>]) -> ScenarioParts.PacketDraft? {
        let hypothesis = text("Hypothesis")
        let trigger = text("Trigger")
        let blastRadius = text("BlastRadius")
        let abort = commands("Abort")
        hooks += abort
        let owner = word("ScoreOwner")
        let followUps = followUps()
        guard let hypothesis, let trigger, let blastRadius, let owner, !abort.isEmpty else {
            return nil
        }
        let packet = Packet(
            hypothesis: hypothesis, trigger: trigger, blastRadius: blastRadius,
            abort: abort.map(\.value), scoreOwner: PersonName(owner.text),
            followUps: followUps.map(\.value))
        return ScenarioParts.PacketDraft(
            packet: packet, scoreOwner: owner.position, followUpOwners: followUps.map(\.position))
    }

    /// `owner 2027-02-01 what is to be done`, one per assignment.
    private mutating func followUps() -> [Placed<FollowUp>] {
        lines("FollowUp").compactMap { line in
            let parts = line.text.split(maxSplits: 2) { $0 == " " || $0 == "\t" }
            guard parts.count == 3 else {
                report(
                    "FollowUp= needs an owner, a last day and what is to be done",
                    remedy: "write for example 'lead-1 2027-02-01 raise the limit'",
                    at: line.position)
                return nil
            }
            let day = Word(String(parts[1]), at: line.position(of: parts[1].startIndex))
            guard let due = parse(day, as: { try CivilDate(parsing: $0) }) else { return nil }
            let followUp = FollowUp(
                owner: PersonName(String(parts[0])), due: "\(due)", text: String(parts[2]))
            return Placed(followUp, at: line.position)
        }
    }

    mutating func readFault(into parts: inout ScenarioParts) {
        let hook = command("Hook")
        hook.map { parts.hooks.append($0) }
        let parameters = parameters()
        let start = span("StartSec")
        let duration = positiveSpan("DurationSec")
        let touches = resources("Touches")
        let outlives = bool("OutliveDaemon")
        guard let name = name(of: FaultPlan.self, limit: 24), let hook, let start, let duration
        else { return }
        parts.touches[name.value] = touches
        parts.faultPositions[name.value] = name.position
        parts.faults.append(
            FaultPlan(
                name: name.value, hook: hook.value, parameters: parameters, start: start,
                duration: duration, touches: touches.map(\.value),
                outlivesDaemon: outlives ?? false))
    }

    mutating func probe(hooks: inout [Placed<HookCommand>]) -> Probe? {
        let command = command("Command")
        command.map { hooks.append($0) }
        let every = positiveSpan("EverySec")
        let hold = span("HoldSec")
        let timeout = positiveSpan("TimeoutSec")
        if let every, let hold, hold > .zero, hold < every {
            report(
                "HoldSec=\(hold) is over before the probe is asked again after EverySec=\(every)",
                remedy: "lengthen HoldSec= or shorten EverySec=",
                at: settings.position(of: settings.isSet("HoldSec") ? "HoldSec" : "EverySec"))
        }
        guard let name = name(of: Probe.self), let command, let every, let hold, let timeout else {
            return nil
        }
        return Probe(
            name: name.value, command: command.value, every: every, hold: hold, timeout: timeout)
    }

    mutating func response(hooks: inout [Placed<HookCommand>]) -> Response? {
        let step = step()
        let command = command("Command")
        command.map { hooks.append($0) }
        let parameters = parameters()
        let target = positiveSpan("TargetSec")
        let timeout = positiveSpan("TimeoutSec")
        if let target, let timeout, timeout < target {
            report(
                "TargetSec=\(target) can never be reached, as the hook is stopped after \(timeout)",
                remedy: "set TimeoutSec= to at least \(target)",
                at: settings.position(of: settings.isSet("TimeoutSec") ? "TimeoutSec" : "TargetSec")
            )
        }
        guard let name = name(of: Response.self), let step, let command, let timeout else {
            return nil
        }
        return Response(
            name: name.value, step: step, command: command.value, parameters: parameters,
            target: target, timeout: timeout)
    }

    /// `Step=`, or else the section's name.
    private mutating func step() -> Response.Step? {
        if settings.isSet("Step") { return choice("Step", of: Response.Step.self) }
        if let step = Response.Step(rawValue: settings.name) { return step }
        guard !settings.name.isEmpty else { return nil }
        let steps = Response.Step.allCases.map(\.rawValue)
        report(
            "response '\(settings.name)' does not say which step it is",
            remedy: "add Step= with \(Suggestion.list(steps))", at: settings.section.namePosition)
        return nil
    }

    mutating func readDomains(into parts: inout ScenarioParts) {
        parts.exclude = exclusions("Exclude")
        let timing = distinctWords("FaultTiming").compactMap { word in
            parse(word, as: { try MutationDomains.Shift(parsing: $0) })
        }
        parts.domains = MutationDomains(
            faultTiming: timing, dependencyClass: distinctWords("DependencyClass").map(\.text),
            ownerAvailability: checked("OwnerAvailability") { _ = try Availability(parsing: $0) },
            comms: checked("Comms") { _ = try CommsCondition(parsing: $0) },
            stress: distinctWords("Stress").map(\.text),
            exclude: parts.exclude.map { $0.map(\.text).joined(separator: " ") })
    }

    /// The words of a domain that a parser does not complain about.
    private mutating func checked(
        _ key: String, by check: (String) throws -> Void
    ) -> [String] {
        distinctWords(key).compactMap { word in
            parse(word, as: check).map { word.text }
        }
    }
}
