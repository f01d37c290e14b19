import CalendarTime
import Drills

/// Who leads, who watches, and who owns which lane.
package struct Roles: Hashable, Sendable {
    package let roster: Roster
    /// The present owner of each lane that has one.
    package private(set) var owners: [Lane: PersonName]
    package private(set) var handovers: [Handover] = []

    /// A lane that went from one person to another.
    package struct Handover: Hashable, Sendable {
        package let handoff: Handoff
        /// Who owned the lane before; nil if nobody did.
        package let from: PersonName?
        package let signed: Signed
    }

    init(_ roster: Roster) {
        self.roster = roster
        owners = roster.lanes
    }

    /// Everybody with a part in the run, each once: commander, deputy, on-call, owners, score owner, observers.
    package var members: [PersonName] {
        let leaders = [roster.commander] + [roster.deputy].compactMap { $0 }
        let doers =
            roster.onCall.map(\.person)
            + Lane.allCases.flatMap { [roster.lanes[$0], owners[$0]].compactMap { $0 } }
        var seen: Set<PersonName> = []
        return (leaders + doers + [roster.scoreOwner] + roster.observers).filter {
            seen.insert($0).inserted
        }
    }

    /// Whether someone commands or stands in for the commander.
    package func leads(_ person: PersonName) -> Bool {
        person == roster.commander || person == roster.deputy
    }

    /// Whether someone takes part only by watching and scoring.
    package func onlyWatches(_ person: PersonName) -> Bool {
        (person == roster.scoreOwner || roster.observers.contains(person))
            && !leads(person) && !owners.values.contains(person)
            && !roster.onCall.contains { $0.person == person }
    }

    mutating func note(_ event: RunEvent, at now: BootInstant) {
        switch event {
        case .acted(.ownLane(let lane, let owner), _, _): owners[lane] = owner
        case .acted(.handOff(let handoff), let person, _):
            handovers.append(
                Handover(
                    handoff: handoff, from: owners[handoff.lane],
                    signed: Signed(by: person, at: now)))
            owners[handoff.lane] = handoff.to
        default: break
        }
    }
}

extension Roles {
    /// Why someone has no say in the run at all; nil: they have a part in it.
    func refusal(of person: PersonName) -> String? {
        guard !members.contains(person) else { return nil }
        return "\(person) has no part in this run; its people are "
            + members.map(\.text).joined(separator: ", ")
    }

    /// Why someone is not given a lane; nil: they may own it.
    ///
    /// - Parameter absence: how long they are out, in words; nil if they are there.
    func refusal(of owner: PersonName, owning lane: Lane, absence: String?) -> String? {
        guard members.contains(owner) else { return refusal(of: owner) }
        guard owner != roster.commander else {
            return "\(owner) commands and owns no lane; name someone else for \(lane.rawValue)"
        }
        guard owners[lane] != owner else { return "\(owner) owns lane \(lane.rawValue) already" }
        return absence.map { "\($0); name someone else for \(lane.rawValue)" }
    }

    /// Why a lane is not given out by this person; nil: it is theirs to give.
    func refusalToGive(_ lane: Lane, by person: PersonName) -> String? {
        guard !leads(person) else { return nil }
        return "lanes are given out by \(leaders); "
            + "the owner of \(lane.rawValue) hands it over with a handoff"
    }

    /// Why a handoff is not accepted; nil: it is.
    func refusal(of handoff: Handoff, by person: PersonName, absence: String?) -> String? {
        guard leads(person) || owners[handoff.lane] == person else {
            let owner = owners[handoff.lane].map { "\($0) owns it" } ?? "nobody owns it yet"
            return "lane \(handoff.lane.rawValue) is not \(person)'s to hand over, \(owner); "
                + "ask \(leaders)"
        }
        if let missing = missingStatements(of: handoff) { return missing }
        return nextCheckpointRefusal(handoff.nextCheckpoint)
            ?? refusal(of: handoff.to, owning: handoff.lane, absence: absence)
    }

    private func missingStatements(of handoff: Handoff) -> String? {
        missing([
            ("scope-boundary", handoff.scopeBoundary), ("open-unknowns", handoff.openUnknowns),
            ("rollback-trigger", handoff.rollbackTrigger),
        ]).map { "a handoff without \($0) is not accepted; write a sentence for each" }
    }

    /// Commander and deputy by name.
    var leaders: String {
        ([roster.commander] + [roster.deputy].compactMap { $0 }).map(\.text)
            .joined(separator: " or ")
    }
}

/// The names of the statements that are blank; nil if none is.
func missing(_ statements: [(name: String, text: String)]) -> String? {
    let names = statements.filter { $0.text.allSatisfy(\.isWhitespace) }.map(\.name)
    return names.isEmpty ? nil : names.joined(separator: ", ")
}

/// The longest time between two checkpoints.
let longestCheckpoint = TimeSpan.minutes(30)

/// Why a time for the next checkpoint is not accepted; nil: it is.
func nextCheckpointRefusal(_ span: TimeSpan) -> String? {
    guard span > .zero, span <= longestCheckpoint else {
        return "next-checkpoint is \(span); write a time of at most \(longestCheckpoint), "
            + "such as 10min"
    }
    return nil
}
