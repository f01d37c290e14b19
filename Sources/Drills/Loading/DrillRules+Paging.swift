import CalendarTime
import UnitFiles

// Pages, and the people who get them.
extension DrillRules {
    /// What a page storm is: many pages in a short time, of which somebody has to take care.
    func storm(in scenario: Scenario, at word: Word) -> [Problem] {
        var problems: [Problem] = []
        if !(5...10).contains(scenario.pages.count) {
            problems.append(
                word.problem(
                    "scenario '\(word)' has \(counted(scenario.pages.count, "page")), but a page storm has "
                        + "5 to 10",
                    remedy: "add or remove [Page] sections in \(word).scenario"))
        }
        if let last = scenario.pages.max(by: { $0.after < $1.after }), last.after > .minutes(2) {
            problems.append(
                word.problem(
                    "page '\(last.name)' of scenario '\(word)' comes after \(last.after), but a "
                        + "page storm lasts 2min at most",
                    remedy: "set AfterSec= to 2min or less"))
        }
        if !scenario.pages.isEmpty, !scenario.pages.contains(where: \.wantsAck) {
            problems.append(
                word.problem(
                    "scenario '\(word)' has no page that anybody has to acknowledge",
                    remedy: "remove Noise= or Team= of one of its [Page] sections"))
        }
        return problems
    }

    /// People on call whom a channel cannot reach, as it needs to be told where.
    func addressProblems(
        channels: [ChannelName: Channel], people: [PersonName: Person]
    ) -> [Problem] {
        draft.channels.flatMap { channel -> [Problem] in
            let name = ChannelName(channel.text)
            guard channels[name]?.service.needsAddresses == true else { return [] }
            return draft.onCall.compactMap { _, word in
                guard let person = people[PersonName(word.text)], person.addresses[name] == nil
                else { return nil }
                return word.problem(
                    "'\(word)' has no address on channel '\(channel)', over which drill "
                        + "'\(drill.name)' pages",
                    remedy: "add Address=\(channel):ADDRESS to [Person \(word)]")
            }
        }
    }

    /// Routes that leave somebody out who should get pages of the drill.
    ///
    /// - Parameter pages: those of all technical scenarios of the drill.
    func routeProblems(channels: [ChannelName: Channel], pages: [PagePlan]) -> [Problem] {
        draft.channels.flatMap { word -> [Problem] in
            guard let routing = channels[ChannelName(word.text)]?.routing else { return [] }
            let reached = Set(routing.routes.map(\.reaches))
            var problems: [Problem] = []
            if drill.onCall.contains(where: { $0.level == .secondary }),
                !reached.contains(.level(.secondary))
            {
                problems.append(
                    word.problem(
                        "no route of channel '\(word)' reaches the secondary of drill "
                            + "'\(drill.name)'",
                        remedy: "add a [Route NAME] with Reaches=secondary and "
                            + "Match=escalated=\"true\"", severity: .warning))
            }
            for team in Set(pages.compactMap(\.team)).sorted() where !reached.contains(.team(team))
            {
                problems.append(
                    word.problem(
                        "no route of channel '\(word)' reaches team '\(team)', to which pages of "
                            + "drill '\(drill.name)' belong",
                        remedy: "add a [Route NAME] with Reaches=team:\(team)", severity: .warning))
            }
            return problems
        }
    }
}

extension Channel.Service {
    /// Whether a person is reached only where the calendar says so.
    fileprivate var needsAddresses: Bool {
        switch self {
        case .ntfy, .email: true
        case .exec, .alertmanager, .pagerduty, .slack, .webhook: false
        }
    }
}

extension PagePlan {
    /// When it is posted for the last time, after the injection.
    var lastPost: TimeSpan {
        TimeSpan(microseconds: after.microseconds + Int64(duplicates) * repeatEvery.microseconds)
    }
}
