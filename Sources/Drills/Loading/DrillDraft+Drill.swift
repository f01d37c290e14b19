import CalendarTime
import UnitFiles

extension DrillDraft {
    /// The drill, unless something that it cannot do without is missing.
    func drill() -> Drill? {
        guard let kind, let tier, let target, let duration, let acknowledgement, let passScore,
            !schedule.isEmpty, !scenarios.isEmpty, !commanders.isEmpty
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
            passScore: passScore, salt: salt)
    }
}
