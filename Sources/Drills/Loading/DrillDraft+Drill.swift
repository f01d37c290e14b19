import CalendarTime
import UnitFiles

extension DrillDraft {
    /// The drill, unless something that it cannot do without is missing.
    ///
    /// - Parameters:
    ///   - people: say where those on call are reached.
    ///   - revision: prints the last known-good revision of the target.
    func drill(
        people: [PersonName: Person] = [:], revision: HookCommand? = nil
    ) -> Drill? {
        guard let kind, let tier, let target, let duration, let acknowledgement, let passScore,
            !schedule.isEmpty, !scenarios.isEmpty, !commanders.isEmpty,
            let response = response.plan(
                duration: duration.value, addresses: addresses(of: people), revision: revision)
        else { return nil }
        return Drill(
            name: name.value, calendar: header, kind: kind, tier: tier,
            schedule: schedule.map(\.value), everyWeeks: everyWeeks,
            scenarios: scenarios.map { ScenarioName($0.text) },
            coordination: coordination.map { ScenarioName($0.text) },
            target: TargetName(target.text), commanders: commanders.map { PersonName($0.text) },
            deputy: deputy.map { PersonName($0.text) },
            observers: observers.map { PersonName($0.text) },
            onCall: onCall.map { OnCall(level: $0.level, person: PersonName($0.person.text)) },
            lanes: Dictionary(lanes.map { ($0.lane, PersonName($0.person.text)) }) { a, _ in a },
            channels: channels.map { ChannelName($0.text) }, duration: duration.value,
            catchUp: catchUp, ackDeadline: acknowledgement.value,
            exclude: exclude.map { $0.map(\.text).joined(separator: " ") },
            passScore: passScore, salt: salt, response: response)
    }

    /// Where those on call are reached over the channels of the drill.
    private func addresses(of people: [PersonName: Person]) -> [Address] {
        onCall.flatMap { _, word in
            let name = PersonName(word.text)
            return channels.compactMap { channel in
                let channel = ChannelName(channel.text)
                return people[name]?.addresses[channel].map {
                    Address(person: name, channel: channel, text: $0)
                }
            }
        }
    }
}
