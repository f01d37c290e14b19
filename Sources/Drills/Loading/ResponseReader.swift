import CalendarTime
import UnitFiles

extension SectionReader {
    /// What a `[Drill]` section promises and expects of people.
    mutating func responseDraft() -> ResponseDraft {
        ResponseDraft(
            isAttended: bool("Attended") ?? false,
            ackExpiry: settings.isSet("AckExpirySec") ? positiveSpan("AckExpirySec") : nil,
            cadence: promises(),
            timeline: settings.isSet("Timeline") ? timeline() : nil,
            decisionLimit: positiveSpan("DecisionSec"), allClear: positiveSpan("AllClearSec"),
            evidencePlace: evidencePlace())
    }

    private mutating func timeline() -> Placed<SessionTimeline>? {
        choice("Timeline", of: SessionTimeline.self).map {
            Placed($0, at: settings.position(of: "Timeline"))
        }
    }

    /// Words such as `stakeholder:15min`.
    private mutating func promises() -> [ResponsePlan.Promise] {
        var seen: Set<UpdateKind> = []
        return assignments("Updates", of: UpdateKind.self, to: "span").compactMap { kind, word in
            guard let span = parse(word, as: { try TimeSpan(parsing: $0) }) else { return nil }
            guard span > .zero, span <= Self.longestSpan else {
                report(
                    "Updates= promises \(kind.rawValue) after \(span)",
                    remedy: "write more than 0 and at most a year", at: word.position)
                return nil
            }
            guard seen.insert(kind).inserted else {
                report(
                    "Updates= promises \(kind.rawValue) twice", remedy: "remove one of the two",
                    at: word.position)
                return nil
            }
            return ResponsePlan.Promise(kind: kind, every: span)
        }
    }

    private mutating func evidencePlace() -> String? {
        guard let word = word("Evidence") else { return nil }
        let starts = ["/", "https://", "http://"]
        guard starts.contains(where: { word.text.hasPrefix($0) && word.text != $0 }) else {
            report(
                "Evidence= is neither an address nor an absolute path: '\(word)'",
                remedy: "begin it with https:// or /", at: word.position)
            return nil
        }
        return word.text
    }
}

/// What a drill says of its response; where people are reached is known when all files are read.
struct ResponseDraft: Sendable {
    var isAttended = false
    var ackExpiry: TimeSpan?
    var cadence: [ResponsePlan.Promise] = []
    var timeline: Placed<SessionTimeline>?
    var decisionLimit: TimeSpan?
    var allClear: TimeSpan?
    var evidencePlace: String?

    /// The plan; nil when something of it is wrong.
    func plan(
        duration: TimeSpan, addresses: [Address], revision: HookCommand?
    ) -> ResponsePlan? {
        guard let decisionLimit, let allClear else { return nil }
        return ResponsePlan(
            isAttended: isAttended, ackExpiry: ackExpiry, addresses: addresses, cadence: cadence,
            timeline: timeline?.value ?? .longest(within: duration), decisionLimit: decisionLimit,
            allClear: allClear, revision: revision, evidencePlace: evidencePlace)
    }
}

extension SessionTimeline {
    /// The end of the last stretch.
    var length: TimeSpan { stretches.last?.end ?? .zero }

    /// The longest that is over in time; the shortest when none is.
    static func longest(within duration: TimeSpan) -> SessionTimeline {
        allCases.last { $0.length <= duration } ?? .fifteen
    }
}
