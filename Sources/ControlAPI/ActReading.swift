import CalendarTime
import Drills

extension ResponseAct {
    /// Reads an act from its fields; what is missing is said all at once.
    init(_ fields: FormFields) throws(FormError) {
        let verb = try fields.choice("verb", of: Verb.self)
        try fields.require(["person", "via"] + verb.required)
        switch verb {
        case .scope: self = .confirmScope(try Scope(fields))
        case .rollback: self = .rollBack(outOfTurn: try fields.outOfTurn())
        case .trace:
            self = .captureTrace(
                note: try fields.textIfAny("note"), outOfTurn: try fields.outOfTurn())
        case .status:
            self = .postStatus(text: try fields.text("text"), outOfTurn: try fields.outOfTurn())
        case .investigate:
            self = .investigate(note: try fields.text("note"), outOfTurn: try fields.outOfTurn())
        case .replay: self = .replay
        case .clear: self = .clear(reason: try fields.text("reason"))
        case .decide: self = .decide(try Decision(fields))
        case .recommend: self = .recommend(try Recommendation(fields))
        case .handoff: self = .handOff(try Handoff(fields))
        case .lane:
            self = .ownLane(
                try fields.choice("lane", of: Lane.self), owner: try fields.name("owner"))
        case .severity: self = .changeSeverity(try SeverityChange(fields))
        case .update:
            self = .sendUpdate(
                try fields.choice("kind", of: UpdateKind.self),
                note: try fields.textIfAny("note"))
        case .evidence: self = .addEvidence(try EvidenceItem(fields))
        case .explain:
            self = .explainOverrun(try fields.overrun(), reason: try fields.text("reason"))
        }
    }
}

extension Scope {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        self.init(
            users: try fields.choice("users", of: Extent.self),
            routes: try fields.choice("routes", of: Extent.self),
            regions: try fields.choice("regions", of: Extent.self))
    }
}

extension SeverityChange {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        self.init(
            severity: try fields.choice("severity", of: Severity.self),
            evidence: try fields.number("evidence", in: FormFields.evidenceNumbers),
            why: try fields.text("why"))
    }
}

extension Decision {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        self.init(
            branch: try fields.choice("branch", of: Branch.self),
            rung: try fields.choiceIfAny("rung", of: Rung.self),
            whyNow: try fields.text("why-now"), rejected: try fields.text("rejected"),
            reversibility: try fields.text("reversibility"),
            blastRadius: try fields.text("blast-radius"),
            verification: try fields.text("verification"),
            confidence: try fields.choice("confidence", of: Confidence.self),
            execution: try fields.name("execution"),
            verificationOwner: try fields.name("verification-owner"),
            nextCheckpoint: try fields.span("next-checkpoint"))
    }
}

extension Recommendation {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        self.init(
            branch: try fields.choice("branch", of: Decision.Branch.self),
            rung: try fields.choiceIfAny("rung", of: Decision.Rung.self),
            why: try fields.text("why"),
            reversibility: try fields.number("reversibility", in: 0...3),
            blastRadius: try fields.number("blast-radius", in: 0...3),
            evidence: fields.has("evidence")
                ? try fields.number("evidence", in: FormFields.evidenceNumbers) : nil)
    }
}

extension Handoff {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        self.init(
            lane: try fields.choice("lane", of: Lane.self), to: try fields.name("to"),
            scopeBoundary: try fields.text("scope-boundary"),
            openUnknowns: try fields.text("open-unknowns"),
            nextCheckpoint: try fields.span("next-checkpoint"),
            rollbackTrigger: try fields.text("rollback-trigger"))
    }
}

extension EvidenceItem {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        self.init(
            title: try fields.text("title"), source: try Source(fields),
            content: try fields.content(upTo: Self.maximumContent),
            bytes: Int64(try fields.number("bytes", in: 0...Int64.max)),
            hash: try fields.hash())
    }
}

extension EvidenceItem.Source {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        let given = ["command", "file", "url"].filter(fields.has)
        guard given.count <= 1 else { throw .exclusive(fields: given) }
        switch given.first {
        case "url": self = .address(url: try fields.address("url"))
        case "file": self = .file(path: try fields.text("file"))
        case nil: throw .missing(fields: ["command, file or url"])
        default:
            try fields.require(["exit-status", "microseconds"])
            self = .command(
                line: try fields.text("command"),
                exitStatus: Int32(try fields.number("exit-status", in: -255...255)),
                microseconds: Int64(try fields.number("microseconds", in: 0...Int64.max)))
        }
    }
}
