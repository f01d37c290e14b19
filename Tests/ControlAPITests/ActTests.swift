import CalendarTime
import ControlAPI
import Drills
import Testing

@Suite("An act")
struct ActTests {
    static let hash = String(repeating: "0a", count: 32)

    static let acts: [ResponseAct] = [
        .confirmScope(Scope(users: .many, routes: .one, regions: .many)),
        .rollBack(outOfTurn: nil), .rollBack(outOfTurn: .dataCorruption),
        .captureTrace(note: "", outOfTurn: nil),
        .captureTrace(note: "/srv/trace/7", outOfTurn: .rollbackWouldNotStopIt),
        .postStatus(text: "we are on it", outOfTurn: .asymmetricSeverity),
        .investigate(note: "the pool is empty = why?", outOfTurn: nil), .replay,
        .clear(reason: "p95 is back\nsince 14:20"),
        .decide(decision(rung: .flagOff)), .decide(decision(rung: nil)),
        .recommend(
            Recommendation(
                branch: .rollBack, rung: .fullRollback, why: "it began with the release",
                reversibility: 3, blastRadius: 1, evidence: 2)),
        .recommend(
            Recommendation(
                branch: .escalateAndPause, rung: nil, why: "nobody knows", reversibility: 0,
                blastRadius: 0, evidence: nil)),
        .handOff(
            Handoff(
                lane: .comms, to: "sre-2", scopeBoundary: "checkout only",
                openUnknowns: "does it reach billing?", nextCheckpoint: .minutes(10),
                rollbackTrigger: "errors above 5%")),
        .ownLane(.response, owner: "sre-1"),
        .changeSeverity(SeverityChange(severity: .sev1, evidence: 1, why: "all users")),
        .sendUpdate(.stakeholder, note: "ü – & %"), .sendUpdate(.firstFiveMinutes, note: ""),
        .addEvidence(
            item(.command(line: "uptime", exitStatus: -1, microseconds: 12), content: "up\n")),
        .addEvidence(item(.file(path: "/var/log/shop"), content: "")),
        .addEvidence(item(.address(url: "https://graphs/1?a=b&c"), content: "")),
        .explainOverrun(.decision(checkpoint: 2), reason: "the bridge was down"),
        .explainOverrun(.update(.internal, number: 3), reason: "r"),
        .explainOverrun(.stretch(.scope), reason: "r"),
        .explainOverrun(.reassessment(checkpoint: 1), reason: "r"),
        .explainOverrun(.allClear, reason: "r"),
    ]

    static func decision(rung: Decision.Rung?) -> Decision {
        Decision(
            branch: .continueMitigation, rung: rung, whyNow: "w", rejected: "r",
            reversibility: "at once", blastRadius: "b", verification: "v", confidence: .low,
            execution: "sre-1", verificationOwner: "sre-2",
            nextCheckpoint: .seconds(90))
    }

    static func item(_ source: EvidenceItem.Source, content: String) -> EvidenceItem {
        EvidenceItem(title: "t", source: source, content: content, bytes: 3, hash: hash)
    }

    static func form(_ act: ResponseAct) -> HTTPForm {
        ControlRequest.act("storm-1", act, by: "lead-1", via: "console").form
    }

    /// What reading a form of fields is answered with.
    static func complaint(_ body: [String: String]) -> String? {
        do throws(FormError) {
            _ = try ControlRequest(
                HTTPForm(method: .post, path: ["runs", "storm-1", "act"], body: body))
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("travels there and back", arguments: acts)
    func roundTrip(act: ResponseAct) throws {
        #expect(
            try ControlRequest(Self.form(act))
                == .act("storm-1", act, by: "lead-1", via: "console"))
    }

    @Test("has the fields that its verb names and no others", arguments: acts)
    func fields(act: ResponseAct) {
        let names = Set(Self.form(act).body.keys).subtracting(["verb", "person", "via"])
        #expect(names.isSuperset(of: act.verb.required))
        #expect(names.isSubset(of: act.verb.required + act.verb.optional))
    }

    @Test("of every verb is here")
    func allVerbs() {
        #expect(Set(Self.acts.map(\.verb)) == Set(ResponseAct.Verb.allCases))
    }

    @Test("without any of its fields says all that is missing", arguments: acts)
    func missing(act: ResponseAct) throws {
        let names = ["person", "via"] + act.verb.required
        let quoted = names.map { "'\($0)'" }
        let last = try #require(quoted.last)
        let words =
            "\(quoted.dropLast().joined(separator: ", ")) and \(last) are missing; give them values"
        #expect(Self.complaint(["verb": act.verb.rawValue]) == words)
        let empty = Dictionary(uniqueKeysWithValues: names.map { ($0, "") })
        #expect(Self.complaint(empty.merging(["verb": act.verb.rawValue]) { $1 }) == words)
    }

    @Test(
        "with a field in which nothing shows lacks that field",
        arguments: [" ", "\t\n", "\u{A0}\u{2028}", "\u{200B}\u{2060}", "\u{AD}", "\0"])
    func invisible(text: String) {
        let body = Self.form(.clear(reason: "it is well")).body
        #expect(
            Self.complaint(body.merging(["reason": text]) { $1 })
                == "'reason' is missing; give it a value")
        #expect(Self.complaint(body.merging(["reason": text + "x"]) { $1 }) == nil)
    }

    @Test("takes texts of 4000 characters and none longer")
    func limit() {
        let full = ResponseAct.clear(reason: String(repeating: "ß", count: 4_000))
        #expect(Self.complaint(Self.form(full).body) == nil)
        let over = ResponseAct.clear(reason: String(repeating: "ß", count: 4_001))
        #expect(
            Self.complaint(Self.form(over).body)
                == "'reason' has 4001 characters; write at most 4000")
    }

    @Test(
        "with a value that is none says what to write",
        arguments: [
            (.replay, "verb", "dance", "'dance' is no verb; write one of \(verbs)"),
            (
                .confirmScope(Scope(users: .one, routes: .one, regions: .one)), "users", "all",
                "'all' is no users; write one of one, many"
            ),
            (
                .rollBack(outOfTurn: nil), "out-of-turn", "hurry",
                "'hurry' is no out-of-turn; write one of asymmetric-severity, "
                    + "rollback-would-not-stop-this, data-corruption"
            ),
            (
                .decide(decision(rung: nil)), "confidence", "L9",
                "'L9' is no confidence; write one of L1, L2, L3"
            ),
            (
                .decide(decision(rung: nil)), "next-checkpoint", "soon",
                "'soon' is no next-checkpoint; write a time span such as 10min, at most 1d"
            ),
            (
                .ownLane(.comms, owner: "a"), "owner", "a b",
                "'a b' is no owner; write letters, digits, '-', '_' and '.'"
            ),
            (
                .changeSeverity(SeverityChange(severity: .sev1, evidence: 1, why: "w")),
                "evidence", "0", "'0' is no evidence; write a number from 1 to 2147483647"
            ),
            (
                .explainOverrun(.allClear, reason: "r"), "overrun", "update:internal:0",
                "'update:internal:0' is no overrun; write for example decision:1 or stretch:scope"
            ),
            (
                .addEvidence(item(.address(url: "https://a/b"), content: "")), "url",
                "file:///etc", "'file:///etc' is no url; write http:// or https:// and the rest"
            ),
            (
                .addEvidence(item(.address(url: "https://a/b"), content: "")), "file", "/a",
                "'file' and 'url' exclude each other; give one of them"
            ),
            (
                .addEvidence(item(.address(url: "https://a/b"), content: "")), "url", "",
                "'command, file or url' is missing; give it a value"
            ),
            (
                .addEvidence(item(.file(path: "/a"), content: "")), "hash", "beef",
                "'beef' is no hash; write 64 digits of a SHA-256"
            ),
            (
                .addEvidence(item(.file(path: "/a"), content: "")), "content",
                String(repeating: "x", count: 49_153),
                "'49153 bytes' is no content; write at most 49152 bytes; the hash covers the rest"
            ),
        ] as [(ResponseAct, String, String, String)])
    func badValue(act: ResponseAct, field: String, value: String, words: String) {
        #expect(Self.complaint(Self.form(act).body.merging([field: value]) { $1 }) == words)
    }

    private static let verbs = ResponseAct.Verb.allCases.map(\.rawValue).joined(separator: ", ")
}
