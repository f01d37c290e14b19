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
        list.addAll("Severity", [packet.severity.rawValue] + packet.posture)
        list.addAll(
            "Owners", packet.owners.map { "\($0.lane.rawValue): \($0.person?.text ?? "nobody")" })
        list.add("Affected", affected(packet))
        list.addAll("Ran", packet.outputs.map { output(of: $0, facts) }, orElse: "nothing since")
        list.addAll("Risk", packet.residualRisk, orElse: "nothing is known")
        if let conflict = board.checkpoints.conflict { list.add("Conflict", conflict.sentence) }
        if open != nil {
            list.add("Branches", Decision.Branch.allCases.map(\.rawValue).joined(separator: ", "))
            list.add("Ladder", Decision.Rung.allCases.map(\.rawValue).joined(separator: ", then "))
        }
        let lines =
            heading("[DRILL \(board.plan.run)] \(name)")
            + paragraph("As of \(now.wall.formatted(in: zone))", indent: 0) + [""] + list.lines
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same from a timeline alone; nil for an empty one.
    package static func render(
        _ timeline: Timeline, now: Moment, zone: TimeZoneRules = .utc
    ) -> String? {
        IncidentBoard(timeline).map { render($0, timeline: timeline, now: now, zone: zone) }
    }

    private static func affected(_ packet: CheckpointPacket) -> String {
        let scope = packet.scope.map(\.sentence) ?? "scope not confirmed"
        return "\(packet.target), \(scope); dependency class \(packet.dependencyClass)"
    }

    private static func output(of output: CheckpointPacket.Output, _ facts: IncidentFacts) -> String
    {
        let number = output.evidence.map { " (evidence \($0))" } ?? ""
        let line = output.firstLine.isEmpty ? "" : ": \(output.firstLine)"
        return "\(facts.time(output.at)) \(output.command), \(output.ending)\(number)\(line)"
    }
}

extension LabelledLines {
    /// Adds one text below the other, the label at the first.
    mutating func addAll(_ label: String, _ texts: [String], orElse nothing: String = "none") {
        let texts = texts.isEmpty ? [nothing] : texts
        for (index, text) in texts.enumerated() { add(index == 0 ? label : "", text) }
    }
}
