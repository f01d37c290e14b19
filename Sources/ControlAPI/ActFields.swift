import CalendarTime
import Drills

/// Acts as flat fields, the same in a JSON body and in a form of the console.
extension ResponseAct {
    /// The act as it travels; `verb` says which one it is.
    package var fields: [String: String] {
        var fields = ownFields
        fields["verb"] = verb.rawValue
        return fields
    }

    private var ownFields: [String: String] {
        switch self {
        case .confirmScope(let scope):
            [
                "users": scope.users.rawValue, "routes": scope.routes.rawValue,
                "regions": scope.regions.rawValue,
            ]
        case .rollBack(let reason): Self.outOfTurn(reason)
        case .captureTrace(let note, let reason), .investigate(let note, let reason):
            Self.outOfTurn(reason).merging(["note": note]) { _, new in new }
        case .postStatus(let text, let reason):
            Self.outOfTurn(reason).merging(["text": text]) { _, new in new }
        case .replay: [:]
        case .clear(let reason): ["reason": reason]
        case .decide(let decision): decision.fields
        case .recommend(let recommendation): recommendation.fields
        case .handOff(let handoff): handoff.fields
        case .ownLane(let lane, let owner): ["lane": lane.rawValue, "owner": owner.text]
        case .changeSeverity(let change):
            [
                "severity": change.severity.rawValue, "evidence": "\(change.evidence)",
                "why": change.why,
            ]
        case .sendUpdate(let kind, let note): ["kind": kind.rawValue, "note": note]
        case .addEvidence(let item): item.fields
        case .explainOverrun(let overrun, let reason):
            ["overrun": overrun.code, "reason": reason]
        }
    }

    private static func outOfTurn(_ reason: OutOfTurn?) -> [String: String] {
        reason.map { ["out-of-turn": $0.rawValue] } ?? [:]
    }
}

extension Decision {
    fileprivate var fields: [String: String] {
        var fields = [
            "branch": branch.rawValue, "why-now": whyNow, "rejected": rejected,
            "reversibility": reversibility, "blast-radius": blastRadius,
            "verification": verification, "confidence": confidence.rawValue,
            "execution": execution.text, "verification-owner": verificationOwner.text,
            "next-checkpoint": "\(nextCheckpoint)",
        ]
        fields["rung"] = rung?.rawValue
        return fields
    }
}

extension Recommendation {
    fileprivate var fields: [String: String] {
        var fields = [
            "branch": branch.rawValue, "why": why, "reversibility": "\(reversibility)",
            "blast-radius": "\(blastRadius)",
        ]
        fields["rung"] = rung?.rawValue
        fields["evidence"] = evidence.map { "\($0)" }
        return fields
    }
}

extension Handoff {
    fileprivate var fields: [String: String] {
        [
            "lane": lane.rawValue, "to": to.text, "scope-boundary": scopeBoundary,
            "open-unknowns": openUnknowns, "next-checkpoint": "\(nextCheckpoint)",
            "rollback-trigger": rollbackTrigger,
        ]
    }
}

extension EvidenceItem {
    fileprivate var fields: [String: String] {
        var fields = [
            "title": title, "content": content, "bytes": "\(bytes)", "hash": hash,
        ]
        switch source {
        case .command(let line, let status, let microseconds):
            fields["command"] = line
            fields["exit-status"] = "\(status)"
            fields["microseconds"] = "\(microseconds)"
        case .file(let path): fields["file"] = path
        case .address(let url): fields["url"] = url
        }
        return fields
    }
}

extension Overrun {
    /// One word that names it: `decision:2`, `update:internal:3`, `stretch:scope`, `all-clear`.
    package var code: String {
        switch self {
        case .decision(let checkpoint): "decision:\(checkpoint)"
        case .update(let kind, let number): "update:\(kind.rawValue):\(number)"
        case .stretch(let name): "stretch:\(name.rawValue)"
        case .reassessment(let checkpoint): "reassessment:\(checkpoint)"
        case .allClear: "all-clear"
        }
    }

    /// Reads a code; nil if it is none.
    package init?(code: String) {
        let words = code.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let number = words.last.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        switch (words.first, words.count) {
        case ("all-clear", 1): self = .allClear
        case ("decision", 2):
            guard let number else { return nil }
            self = .decision(checkpoint: number)
        case ("reassessment", 2):
            guard let number else { return nil }
            self = .reassessment(checkpoint: number)
        case ("stretch", 2):
            guard let name = SessionTimeline.Stretch.Name(rawValue: words[1]) else { return nil }
            self = .stretch(name)
        case ("update", 3):
            guard let kind = UpdateKind(rawValue: words[1]), let number else { return nil }
            self = .update(kind, number: number)
        default: return nil
        }
    }
}

extension Webhook {
    /// Headers under `header-NAME`, the body under `body`.
    var fields: [String: String] {
        var fields = ["body": body]
        for (name, value) in headers { fields["header-\(name)"] = value }
        return fields
    }

    init(_ fields: [String: String]) {
        var headers: [String: String] = [:]
        for (name, value) in fields where name.hasPrefix("header-") {
            headers[String(name.dropFirst("header-".count))] = value
        }
        self.init(headers: headers, body: fields["body"] ?? "")
    }
}
