import CalendarTime
import Drills
import IncidentCommand

/// What everybody needs to know at a checkpoint: severity, owners, what was run, what may still go wrong.
package enum PacketText {
    /// The packet of the open checkpoint, or of the state now if none is open.
    package static func render(
        _ board: IncidentBoard, timeline: Timeline, now: Moment, zone: TimeZoneRules = .utc
    ) -> String {
        let facts = IncidentFacts(board, timeline, now: now, zone: zone)
        let open = board.checkpoints.open
        let packet = open?.packet ?? board.packet
        let name = open.map { "Checkpoint \($0.number)" } ?? "Between checkpoints"
        var list = LabelledLines(labelWidth: 14)
        if let open {
            list.add("Opened", "at \(facts.time(open.openedAt)) into the run: \(open.reason)")
        }
        list.add("Decision", facts.checkpoint)
        list.addKnown(packet, facts)
        if let conflict = board.checkpoints.conflict { list.add("Conflict", conflict.sentence) }
        if open != nil {
            list.add("Branches", Decision.Branch.allCases.map(\.rawValue).joined(separator: ", "))
            list.add("Ladder", Decision.Rung.allCases.map(\.rawValue).joined(separator: ", then "))
        }
        return text(name, board.plan, asOf: now.wall, zone, list)
    }

    /// The same from a timeline alone; nil for an empty one.
    package static func render(
        _ timeline: Timeline, now: Moment, zone: TimeZoneRules = .utc
    ) -> String? {
        IncidentBoard(timeline).map { render($0, timeline: timeline, now: now, zone: zone) }
    }

    /// The packet of every checkpoint that was opened, in order, with what became of it.
    package static func renderAll(_ timeline: Timeline, zone: TimeZoneRules = .utc) -> [String] {
        guard let board = IncidentBoard(timeline) else { return [] }
        return board.checkpoints.all.map { render($0, of: board, timeline, zone) }
    }

    private static func render(
        _ checkpoint: Checkpoints.Checkpoint, of board: IncidentBoard, _ timeline: Timeline,
        _ zone: TimeZoneRules
    ) -> String {
        let opened = Moment(
            wall: timeline.opening(of: checkpoint.number), boot: checkpoint.openedAt)
        let facts = IncidentFacts(board, timeline, now: opened, zone: zone)
        var list = LabelledLines(labelWidth: 14)
        list.add(
            "Opened", "at \(facts.time(checkpoint.openedAt)) into the run: \(checkpoint.reason)")
        list.addKnown(checkpoint.packet, facts)
        let isLast = checkpoint.number == board.checkpoints.all.last?.number
        let conflict = checkpoint.conflict ?? (isLast ? board.checkpoints.conflict : nil)
        if let conflict { list.add("Conflict", conflict.sentence) }
        if checkpoint.isOverdue { list.add("Overdue", "nobody decided in time") }
        list.addDecision(checkpoint.decided, facts)
        return text("Checkpoint \(checkpoint.number)", board.plan, asOf: opened.wall, zone, list)
    }

    private static func text(
        _ name: String, _ plan: RunPlan, asOf wall: WallInstant, _ zone: TimeZoneRules,
        _ list: LabelledLines
    ) -> String {
        let lines =
            heading("[DRILL \(plan.run)] \(name)")
            + paragraph("As of \(wall.formatted(in: zone))", indent: 0) + [""] + list.lines
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Timeline {
    /// When a checkpoint was opened, on the wall.
    fileprivate func opening(of checkpoint: Int) -> WallInstant {
        let entry = entries.first { entry in
            if case .checkpointOpened(checkpoint, _) = entry.event { true } else { false }
        }
        return entry?.at.wall ?? WallInstant(microsecondsSinceEpoch: 0)
    }
}

extension LabelledLines {
    /// What a packet holds.
    fileprivate mutating func addKnown(_ packet: CheckpointPacket, _ facts: IncidentFacts) {
        addAll("Severity", [packet.severity.rawValue] + packet.posture)
        addAll(
            "Owners", packet.owners.map { "\($0.lane.rawValue): \($0.person?.text ?? "nobody")" })
        let scope = packet.scope.map(\.sentence) ?? "scope not confirmed"
        add("Affected", "\(packet.target), \(scope); dependency class \(packet.dependencyClass)")
        addAll("Ran", packet.outputs.map { $0.sentence(facts) }, orElse: "nothing since")
        addAll("Risk", packet.residualRisk, orElse: "nothing is known")
    }

    /// What was decided, with every statement, and when the next checkpoint was to be.
    fileprivate mutating func addDecision(_ decided: Checkpoints.Decided?, _ facts: IncidentFacts) {
        guard let decided else { return add("Decided", "nothing") }
        let decision = decided.decision
        add("Decided", facts.sentence(decided))
        add("Rejected", decision.rejected)
        add("Reversibility", decision.reversibility)
        add("Blast radius", decision.blastRadius)
        add("Verification", "\(decision.verification); \(decision.verificationOwner) verifies")
        add("Execution", decision.execution.text)
        add("Next", "at \(facts.time(decided.next.at)): \(decided.next.reason)")
    }
}

extension CheckpointPacket.Output {
    fileprivate func sentence(_ facts: IncidentFacts) -> String {
        let number = evidence.map { " (evidence \($0))" } ?? ""
        let line = firstLine.isEmpty ? "" : ": \(firstLine)"
        return "\(facts.time(at)) \(command), \(ending)\(number)\(line)"
    }
}

extension LabelledLines {
    /// Adds one text below the other, the label at the first.
    mutating func addAll(_ label: String, _ texts: [String], orElse nothing: String = "none") {
        let texts = texts.isEmpty ? [nothing] : texts
        for (index, text) in texts.enumerated() { add(index == 0 ? label : "", text) }
    }
}
