import CalendarTime
import UnitFiles

extension SectionReader {
    /// A `[Drill]` section; nil when its name is missing or bad.
    mutating func drill(header: CalendarHeader, zones: ZoneDatabase) -> DrillDraft? {
        guard let name = name(of: Drill.self, limit: 36) else { return nil }
        var draft = DrillDraft(name: name, header: header, position: settings.position)
        draft.kind = choice("Kind", of: Kind.self)
        draft.tier = choice("Tier", of: Tier.self)
        draft.schedule = schedule(zones)
        draft.everyWeeks = weekRecurrence()
        draft.scenarios = distinctWords("Scenario")
        draft.coordination = distinctWords("Coordination")
        draft.target = word("Target")
        readPeople(into: &draft)
        draft.channels = distinctWords("Channel")
        readLimits(into: &draft)
        draft.response = responseDraft()
        return draft
    }

    private mutating func schedule(_ zones: ZoneDatabase) -> [Placed<CalendarExpression>] {
        lines("OnCalendar").compactMap { line in
            parse(line, as: { try CalendarExpression(parsing: $0, zones: zones) }).map {
                Placed($0, at: line.position)
            }
        }
    }

    private mutating func readPeople(into draft: inout DrillDraft) {
        draft.commanders = distinctWords("Commander")
        draft.deputy = word("Deputy")
        draft.observers = distinctWords("Observers")
        draft.onCall = assignments("OnCall", of: OnCallLevel.self).map { ($0, $1) }
        draft.lanes = assignments("Lanes", of: Lane.self).map { ($0, $1) }
        var owners: [Lane: PersonName] = [:]
        for (lane, person) in draft.lanes {
            guard let owner = owners.updateValue(PersonName(person.text), forKey: lane) else {
                continue
            }
            report(
                "lane \(lane.rawValue) has two owners, '\(owner)' and '\(person)'",
                remedy: "remove one of the two", at: person.position)
        }
    }

    private mutating func readLimits(into draft: inout DrillDraft) {
        draft.duration = placedSpan("DurationSec")
        draft.catchUp = settings.isSet("CatchUpSec") ? positiveSpan("CatchUpSec") : nil
        draft.acknowledgement = placedSpan("AckSec")
        draft.exclude = exclusions("Exclude")
        draft.passScore = integer("PassScore")
        draft.salt = word("Seed")?.text ?? ""
    }

    private mutating func placedSpan(_ key: String) -> Placed<TimeSpan>? {
        positiveSpan(key).map { Placed($0, at: settings.position(of: key)) }
    }

    /// `EveryWeeks=` and `Anchor=`, which stand together or not at all.
    private mutating func weekRecurrence() -> WeekCycle? {
        let weeks = integer("EveryWeeks")
        let anchor = word("Anchor").flatMap { word in
            parse(word, as: { try CivilDate(parsing: $0) })
        }
        switch (settings.isSet("EveryWeeks"), settings.isSet("Anchor")) {
        case (true, false):
            report(
                "EveryWeeks= does not say from where weeks are counted",
                remedy: "add Anchor= with a day in the first week, such as 2027-01-04",
                at: settings.position(of: "EveryWeeks"))
        case (false, true):
            report(
                "Anchor= means nothing without EveryWeeks=", remedy: "add EveryWeeks= or remove it",
                at: settings.position(of: "Anchor"))
        default: break
        }
        guard let weeks, let anchor else { return nil }
        // The table keeps the number of weeks in the range of a cycle.
        return try? WeekCycle(weeks: weeks, anchor: anchor)
    }

    /// Words such as `primary:sre-1`; the noun is what stands behind the colon.
    mutating func assignments<Key: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Key.Type, to noun: String = "person"
    ) -> [(key: Key, value: Word)] {
        distinctWords(key).compactMap { word in
            guard let colon = word.text.firstIndex(of: ":") else {
                let first = Key(rawValue: word.text) ?? Key.allCases.first
                report(
                    "\(key)= has no \(noun) in '\(word)'",
                    remedy: "write \(first?.rawValue ?? ""):\(noun.uppercased())", at: word.position
                )
                return nil
            }
            let left = String(word.text[..<colon])
            guard let value = Key(rawValue: left) else {
                report(
                    "\(key)= cannot be '\(left)'",
                    remedy: Suggestion.remedy(for: left, among: Key.allCases.map(\.rawValue)),
                    at: word.position)
                return nil
            }
            let next = word.text.index(after: colon)
            return (value, Word(String(word.text[next...]), at: word.position(of: next)))
        }
    }
}
