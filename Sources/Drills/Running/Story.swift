import CalendarTime

/// A technical scenario and perhaps a coordination scenario, told as one.
struct Story {
    let technical: Scenario
    let coordination: Scenario?

    /// The technical packet; abort conditions and follow-ups of both hold.
    var packet: Packet {
        guard let other = coordination?.packet else { return technical.packet }
        let own = technical.packet
        return Packet(
            hypothesis: own.hypothesis, trigger: own.trigger, blastRadius: own.blastRadius,
            abort: own.abort + other.abort.filter { !own.abort.contains($0) },
            scoreOwner: own.scoreOwner,
            followUps: own.followUps + other.followUps.filter { !own.followUps.contains($0) })
    }

    /// The faults of both, shifted in time but never before the beginning; durations stay.
    func faults(shiftedBy shift: Int64, with parameters: [Parameter]) -> [FaultPlan] {
        joined(technical.faults, coordination?.faults, name: \.name.text).map { name, fault in
            FaultPlan(
                name: FaultName(name), hook: fault.hook,
                parameters: fault.parameters.overridden(by: parameters),
                start: TimeSpan(microseconds: max(0, fault.start.microseconds + shift)),
                duration: fault.duration, touches: fault.touches,
                outlivesDaemon: fault.outlivesDaemon)
        }
    }

    var probes: [Probe] {
        joined(technical.probes, coordination?.probes, name: \.name.text).map { name, probe in
            Probe(
                name: ProbeName(name), command: probe.command, every: probe.every,
                hold: probe.hold, timeout: probe.timeout)
        }
    }

    func responses(with parameters: [Parameter]) -> [Response] {
        joined(technical.responses, coordination?.responses, name: \.name.text).map { name, step in
            Response(
                name: ResponseName(name), step: step.step, command: step.command,
                parameters: step.parameters.overridden(by: parameters), target: step.target,
                timeout: step.timeout)
        }
    }

    /// The pages of both; when there are none, one to the primary at once.
    var pages: [PagePlan] {
        let pages = joined(technical.pages, coordination?.pages, name: \.name.text)
        guard !pages.isEmpty else {
            let page = PagePlan(
                name: "primary", summary: technical.title, after: .zero, to: .primary,
                severity: technical.severity)
            return [page]
        }
        return pages.map { name, page in
            PagePlan(
                name: PageName(name), summary: page.summary, after: page.after, to: page.to,
                severity: page.severity, labels: page.labels, duplicates: page.duplicates,
                repeatEvery: page.repeatEvery, isNoise: page.isNoise,
                resolveAfter: page.resolveAfter, team: page.team)
        }
    }

    /// Both lists with names that do not clash: a coordination part of a taken name gets a prefix.
    private func joined<Part>(
        _ own: [Part], _ others: [Part]?, name: KeyPath<Part, String>
    ) -> [(name: String, part: Part)] {
        var result = own.map { (name: $0[keyPath: name], part: $0) }
        var taken = Set(result.map(\.name))
        for part in others ?? [] {
            var unique = part[keyPath: name]
            while !taken.insert(unique).inserted { unique = Self.prefix + unique }
            result.append((unique, part))
        }
        return result
    }

    static let prefix = "coordination-"
}

extension [Parameter] {
    /// These, with others in place of those that hooks would see under the same name.
    fileprivate func overridden(by others: [Parameter]) -> [Parameter] {
        let variables = Set(others.map(\.variable))
        return filter { !variables.contains($0.variable) } + others
    }
}
