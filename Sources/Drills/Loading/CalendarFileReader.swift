import CalendarTime
import UnitFiles

/// Turns one calendar file into a draft.
struct CalendarFileReader {
    /// Gives the rules of a zone, or throws a sentence.
    let zones: ZoneDatabase
    let specifiers: Specifiers

    /// The draft of a file; problems are added, and what is wrong is left out.
    func read(_ file: UnitFile, into problems: inout [Problem]) -> CalendarDraft {
        let sections = DirectiveTable.calendar.settings(
            of: file, specifiers: specifiers, into: &problems)
        let header = header(
            of: file, in: sections.first { $0.kind == "Calendar" }, into: &problems)
        var draft = CalendarDraft(header: header)
        for settings in sections {
            var reader = SectionReader(settings)
            read(&reader, into: &draft)
            problems += reader.problems
        }
        return draft
    }

    private func read(_ reader: inout SectionReader, into draft: inout CalendarDraft) {
        switch reader.settings.kind {
        case "Freeze":
            guard let name = reader.name(of: Freeze.self) else { return }
            draft.freezeNames.append(name)
            draft.freezes += reader.freezes(name, zone: draft.header.zone)
        case "Person": reader.person().map { draft.people.append($0) }
        case "Channel": reader.channel().map { draft.channels.append($0) }
        case "Route": reader.route().map { draft.routes.append($0) }
        case "Inhibit": reader.inhibition().map { draft.inhibitions.append($0) }
        case "Target": reader.target().map { draft.targets.append($0) }
        case "Drill":
            let drill = reader.drill(header: draft.header, zones: zones)
            drill.map { draft.drills.append($0) }
        default: break
        }
    }

    private func header(
        of file: UnitFile, in settings: Settings?, into problems: inout [Problem]
    ) -> CalendarHeader {
        guard let settings else {
            return CalendarHeader(
                file: file.name, title: "", team: "", campaign: file.stem, zone: .utc,
                firedBy: .daemon)
        }
        var reader = SectionReader(settings)
        let header = CalendarHeader(
            file: file.name, title: reader.text("Description") ?? "",
            team: reader.text("Team") ?? "", campaign: reader.text("Campaign") ?? file.stem,
            zone: reader.zone("TimeZone", zones) ?? .utc,
            firedBy: reader.choice("FiredBy", of: FiredBy.self) ?? .daemon)
        problems += reader.problems
        return header
    }
}

extension SectionReader {
    fileprivate mutating func zone(_ key: String, _ zones: ZoneDatabase) -> TimeZoneRules? {
        word(key).flatMap { word in parse(word, as: { try zones.zone(named: $0) }) }
    }

    fileprivate mutating func freezes(
        _ name: Placed<FreezeName>, zone: TimeZoneRules
    ) -> [Placed<Freeze>] {
        words("Between").compactMap { word in
            parse(word, as: { try DateRange(parsing: $0) }).map {
                Placed(Freeze(name: name.value, days: $0, zone: zone), at: word.position)
            }
        }
    }

    fileprivate mutating func target() -> Placed<TargetDraft>? {
        let environment = word("Environment")?.text
        let allow = resources("Allow").map(\.value)
        let steady = command("Steady")
        let revision = command("Revision")
        let marker = absolutePath("Marker")
        let root = absolutePath("Root")
        let url = word("Url")?.text
        guard let name = name(of: Target.self), let environment, let steady else { return nil }
        let target = Target(
            name: name.value, environment: environment, allow: allow, steady: steady.value,
            marker: marker, root: root, url: url)
        return Placed(
            TargetDraft(target: target, steady: steady, revision: revision), at: name.position)
    }
}
