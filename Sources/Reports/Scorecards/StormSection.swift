import CalendarTime
import Drills
import Scoring

/// The pages of a storm on a scorecard: a table, the way of each page, and what the channels did.
struct StormSection {
    let lines: [String]

    init(_ storm: StormResult, start: Stamp, _ held: HeldBack) {
        lines =
            Self.table(storm) + [""]
            + storm.pages.flatMap { Self.way($0, start: start, held) } + [""]
            + storm.channels.flatMap(Self.channel) + Self.allClear(storm)
    }

    private static func table(_ storm: StormResult) -> [String] {
        var table = TextTable("page", "routed", "acked", "escalation", "x", "verdict")
        for page in storm.pages {
            table.add(
                page.page.name.text.printable.shortened(to: 18),
                page.routedWords.printable.shortened(to: 18), page.ackWords.shortened(to: 16),
                page.escalation.words, "\(page.channels.reduce(0) { $0 + $1.duplicates })",
                page.verdict?.word ?? "not sent")
        }
        return table.lines
            + paragraph(
                "x: told more often than expected. "
                    + "escalation: from the ack deadline to the page to the secondary", indent: 0)
    }

    /// `queue-depth: 00:00:55.012 triggered sre-1, …`, and what was astray.
    private static func way(_ page: PageResult, start: Stamp, _ held: HeldBack) -> [String] {
        let states = page.states.map { change in
            let offset = change.at.span(since: start)
            return TimeText.clock(offset.microseconds, digits: 1)
                + " \(change.state.rawValue)" + (change.person.map { " \($0)" } ?? "")
        }
        let way = states.isEmpty ? "never sent" : states.joined(separator: ", ")
        let reason = held.sentence(of: page.page.name).map { "escalation: \($0)" }
        return paragraph("\(page.page.name): \(way)", indent: 0, hanging: 4)
            + (reason.map { paragraph($0, indent: 4, hanging: 2) } ?? [])
            + page.channels.filter { !$0.verdict.isGood }.flatMap { verdict in
                paragraph(verdict.sentence(for: page.page), indent: 4, hanging: 2)
            }
    }

    private static func channel(_ channel: StormResult.ChannelDelivery) -> [String] {
        paragraph(
            "channel \(channel.channel): \(channel.accepted) accepted, "
                + "\(channel.rejected) rejected, \(channel.lost) without an answer, "
                + "\(counted(channel.notified, "notification")) back, "
                + "slowest \(DurationText.exact(channel.slowest))", indent: 0, hanging: 4)
    }

    private static func allClear(_ storm: StormResult) -> [String] {
        guard let clear = storm.allClear else { return [] }
        let verdict = clear.isWithinLimit ? "within" : "missed"
        return paragraph(
            "all clear: \(clear.taken.words) after the injection, limit \(clear.limit): \(verdict)",
            indent: 0, hanging: 4)
    }
}

extension PageResult {
    /// Everyone who was told, or for a page that nobody had to be told of nobody.
    var routedWords: String {
        routed.isEmpty ? "nobody" : routed.map(\.description).joined(separator: " ")
    }

    /// `sre-1 11.988s`; a dash where nobody did.
    var ackWords: String {
        guard let ack else { return page.wantsAck ? "nobody" : "-" }
        let taken = timeToAck.map { " " + DurationText.exact($0.microseconds) } ?? ""
        return "\(ack.person)\(taken)".printable
    }
}

extension EscalationResult {
    /// `+0.512s` for one that was late.
    var words: String {
        switch self {
        case .notDue: "not due"
        case .needless: "needless"
        case .missing: "missing"
        case .paged(let error):
            (error.microseconds >= 0 ? "+" : "") + DurationText.exact(error.microseconds)
        }
    }
}

extension PageVerdict {
    /// The verdict in a column.
    var word: String { self == .suppressed ? "suppressed" : rawValue }
}

extension ChannelVerdict {
    /// What went wrong on a channel, with the times it rests on.
    func sentence(for page: PagePlan) -> String {
        let due = expected.map { "due at \(TimeText.clock($0.microseconds, digits: 1))" }
        let told = notified.map { "told at \(TimeText.clock($0.microseconds, digits: 1))" }
        let whom =
            routed.isEmpty ? nil : "reached " + routed.map(\.description).joined(separator: " ")
        let owner =
            verdict == .misrouted
            ? "is for \(page.team.map { "team \($0)" } ?? page.to.rawValue)" : nil
        let extra = duplicates > 0 ? "\(duplicates) too many" : nil
        let facts = [due, told, whom, owner, extra].compactMap { $0 }
        return "\(channel): \(verdict.rawValue)"
            + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
    }
}
