import CalendarTime
import UnitFiles

extension SectionReader {
    /// A `[Route]` section; nil when something is missing.
    mutating func route() -> RouteDraft? {
        let name = plainName()
        let channel = word("Channel")
        let receiver = word("Receiver")?.text
        let reach = reach()
        let matchers = matchers("Match")
        let grouping = grouping()
        let wait = span("GroupWaitSec")
        let interval = positiveSpan("GroupIntervalSec")
        let again = positiveSpan("RepeatIntervalSec")
        let continues = bool("Continue")
        guard let name, let channel, let receiver, let reach, let wait, let interval, let again,
            let continues
        else { return nil }
        let route = Route(
            name: name, receiver: receiver, reaches: reach, matchers: matchers, groupBy: grouping,
            groupWait: wait, groupInterval: interval, repeatInterval: again, continues: continues)
        let takesAll = !settings.isSet("Match")
        return RouteDraft(
            route: route, channel: channel, position: settings.section.namePosition,
            takesAll: takesAll)
    }

    /// An `[Inhibit]` section; nil when something is missing.
    mutating func inhibition() -> InhibitionDraft? {
        let name = plainName()
        let channel = word("Channel")
        let source = matchers("Source")
        let target = matchers("Target")
        let equal = labels("Equal")
        guard let name, let channel, !source.isEmpty, !target.isEmpty else { return nil }
        let inhibition = Inhibition(name: name, source: source, target: target, equal: equal)
        return InhibitionDraft(
            inhibition: inhibition, channel: channel, position: settings.section.namePosition)
    }

    private mutating func plainName() -> String? { name(of: Route.self)?.value.text }

    /// `primary`, `secondary` or `team:NAME`.
    private mutating func reach() -> Route.Reach? {
        guard let word = word("Reaches") else { return nil }
        if let level = OnCallLevel(rawValue: word.text) { return .level(level) }
        let team = word.text.dropFirst("team:".count)
        if word.text.hasPrefix("team:"), !team.isEmpty { return .team(String(team)) }
        let levels = OnCallLevel.allCases.map(\.rawValue)
        let near = Suggestion.nearest(to: word.text, among: levels)
        report(
            "Reaches= cannot be '\(word)'",
            remedy: near.map { "did you mean '\($0)'?" }
                ?? "write \(levels.joined(separator: ", ")) or team:NAME",
            at: word.position)
        return nil
    }

    private mutating func matchers(_ key: String) -> [Matcher] {
        distinctWords(key).compactMap { word in parse(word, as: { try Matcher(parsing: $0) }) }
    }

    private mutating func grouping() -> Route.Grouping {
        let words = distinctWords("GroupBy")
        guard let all = words.first(where: { $0.text == "..." }) else {
            return .labels(labels("GroupBy", words))
        }
        if words.count > 1 {
            report(
                "GroupBy= has labels beside '...', which groups by all of them",
                remedy: "write ... alone or the labels alone", at: all.position)
        }
        return .all
    }

    private mutating func labels(_ key: String) -> [String] { labels(key, distinctWords(key)) }

    private mutating func labels(_ key: String, _ words: [Word]) -> [String] {
        words.compactMap { word in
            guard PagePlan.Label.isName(word.text) else {
                report(
                    Problem(
                        sentence: PagePlan.Label.complaint(about: word.text), at: word.position))
                return nil
            }
            return word.text
        }
    }
}

/// A route and the word that names its channel.
struct RouteDraft: Sendable {
    let route: Route
    let channel: Word
    let position: SourcePosition
    /// Whether no matcher was written, not even a bad one.
    let takesAll: Bool
}

/// An inhibition and the word that names its channel.
struct InhibitionDraft: Sendable {
    let inhibition: Inhibition
    let channel: Word
    let position: SourcePosition
}
