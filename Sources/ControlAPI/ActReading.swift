import CalendarTime
import Drills

extension ResponseAct {
    /// Reads an act from its fields; what is missing is said all at once.
    init(_ fields: FormFields) throws(FormError) {
        switch try fields.choice("verb", of: Verb.self) {
        case .scope:
            try fields.require("users", "routes", "regions")
            self = .confirmScope(
                Scope(
                    users: try fields.choice("users", of: Scope.Extent.self),
                    routes: try fields.choice("routes", of: Scope.Extent.self),
                    regions: try fields.choice("regions", of: Scope.Extent.self)))
        case .rollback: self = .rollBack(outOfTurn: try fields.outOfTurn())
        case .trace:
            self = .captureTrace(note: fields.note, outOfTurn: try fields.outOfTurn())
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
            try fields.require("lane", "owner")
            self = .ownLane(
                try fields.choice("lane", of: Lane.self), owner: try fields.name("owner"))
        case .severity:
            try fields.require("severity", "evidence", "why")
            self = .changeSeverity(
                SeverityChange(
                    severity: try fields.choice("severity", of: Severity.self),
                    evidence: try fields.number("evidence", in: 1...Int64(Int32.max)),
                    why: try fields.text("why")))
        case .update:
            self = .sendUpdate(
                try fields.choice("kind", of: UpdateKind.self), note: fields.note)
        case .evidence: self = .addEvidence(try EvidenceItem(fields))
        case .explain:
            try fields.require("overrun", "reason")
            self = .explainOverrun(try fields.overrun(), reason: try fields.text("reason"))
        }
    }
}

extension Decision {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        try fields.require(
            "branch", "why-now", "rejected", "reversibility", "blast-radius", "verification",
            "confidence", "execution", "verification-owner", "next-checkpoint")
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
        try fields.require("branch", "why", "reversibility", "blast-radius")
        let hasEvidence = !(fields["evidence"] ?? "").isEmpty
        self.init(
            branch: try fields.choice("branch", of: Decision.Branch.self),
            rung: try fields.choiceIfAny("rung", of: Decision.Rung.self),
            why: try fields.text("why"),
            reversibility: try fields.number("reversibility", in: 0...3),
            blastRadius: try fields.number("blast-radius", in: 0...3),
            evidence: hasEvidence
                ? try fields.number("evidence", in: 1...Int64(Int32.max)) : nil)
    }
}

extension Handoff {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        try fields.require(
            "lane", "to", "scope-boundary", "open-unknowns", "next-checkpoint",
            "rollback-trigger")
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
        try fields.require("title", "bytes", "hash")
        self.init(
            title: try fields.text("title"), source: try Source(fields),
            content: try fields.content(upTo: Self.maximumContent),
            bytes: Int64(try fields.number("bytes", in: 0...Int64.max)),
            hash: try fields.text("hash"))
    }
}

extension EvidenceItem.Source {
    fileprivate init(_ fields: FormFields) throws(FormError) {
        if let url = fields["url"] {
            self = .address(url: url)
        } else if let path = fields["file"] {
            self = .file(path: path)
        } else {
            try fields.require("command", "exit-status", "microseconds")
            self = .command(
                line: try fields.text("command"),
                exitStatus: Int32(try fields.number("exit-status", in: -255...255)),
                microseconds: Int64(try fields.number("microseconds", in: 0...Int64.max)))
        }
    }
}

// How the fields of acts are read.
extension FormFields {
    /// Every one of these has a value, or all that have none are named.
    func require(_ names: String...) throws(FormError) {
        let missing = names.filter { (self[$0] ?? "").isEmpty }
        guard missing.isEmpty else { throw .missing(field: missing.joined(separator: "', '")) }
    }

    subscript(_ field: String) -> String? { form.body[field] }

    fileprivate var note: String { self["note"] ?? "" }

    fileprivate func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: String, of type: Choice.Type
    ) throws(FormError) -> Choice {
        let text = try text(field)
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badValue(field: field, value: text, write: "one of \(known)")
        }
        return choice
    }

    fileprivate func choiceIfAny<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: String, of type: Choice.Type
    ) throws(FormError) -> Choice? {
        guard let text = self[field], !text.isEmpty else { return nil }
        return try choice(field, of: type)
    }

    fileprivate func outOfTurn() throws(FormError) -> OutOfTurn? {
        try choiceIfAny("out-of-turn", of: OutOfTurn.self)
    }

    fileprivate func overrun() throws(FormError) -> Overrun {
        let code = try text("overrun")
        guard let overrun = Overrun(code: code) else {
            throw .badValue(
                field: "overrun", value: code, write: "for example decision:1 or stretch:scope")
        }
        return overrun
    }

    fileprivate func number(
        _ field: String, in range: ClosedRange<Int64>
    ) throws(FormError) -> Int {
        let text = try text(field)
        guard let number = Int64(text), range.contains(number) else {
            throw .badValue(
                field: field, value: text,
                write: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    fileprivate func span(_ field: String) throws(FormError) -> TimeSpan {
        let text = try text(field)
        guard let span = try? TimeSpan(parsing: text), span > .zero, span <= .minutes(24 * 60)
        else {
            throw .badValue(field: field, value: text, write: "a time span such as 10min")
        }
        return span
    }

    fileprivate func content(upTo limit: Int) throws(FormError) -> String {
        let content = self["content"] ?? ""
        guard content.utf8.count <= limit else {
            throw .badValue(
                field: "content", value: "\(content.utf8.count) bytes",
                write: "at most \(limit) bytes; the hash covers the rest")
        }
        return content
    }
}
