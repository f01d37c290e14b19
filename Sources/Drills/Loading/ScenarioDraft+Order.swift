import CalendarTime
import UnitFiles

// Faults on one thing: the last in has to be the first out.
extension ScenarioDraft {
    /// Faults that outlast an older one on the same thing, each where it says what it touches.
    ///
    /// The older one is taken back at its own deadline, to a state in which the newer one has no part; the newer one then
    /// restores what the older had broken, which is found out then: it is LEAKED. Faults of two scenarios are not compared:
    /// who writes one knows nothing of the other.
    var orderProblems: [Problem] {
        let faults = scenario.faults.enumerated().sorted {
            ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
        }.map(\.element)
        return faults.indices.flatMap { newer in
            faults[..<newer].compactMap { problem($0, faults[newer]) }
        }
    }

    private func problem(_ older: FaultPlan, _ newer: FaultPlan) -> Problem? {
        guard newer.end > older.end, older.mayTouch(whatTouches: newer) else { return nil }
        let outlasts = "fault '\(newer.name)' outlasts '\(older.name)', which came before it, and "
        guard let shared = shared(by: newer, older) else {
            let silent = newer.touches.isEmpty ? newer : older
            return Problem(
                outlasts + "'\(silent.name)' may touch the same thing, for it has no Touches=",
                remedy: "add Touches= to both, or let it end before, so that the last one in is "
                    + "the first one out", at: position(of: newer), severity: .warning)
        }
        return Problem(
            outlasts + "both touch \(shared.value)",
            remedy: "let it end before, so that the last one in is the first one out",
            at: shared.position, severity: .warning)
    }

    /// The first thing of a fault that another one touches as well.
    private func shared(by fault: FaultPlan, _ other: FaultPlan) -> Placed<Resource>? {
        (touches[fault.name] ?? []).first { mine in
            other.touches.contains { $0.mayOverlap(mine.value) }
        }
    }

    private func position(of fault: FaultPlan) -> SourcePosition {
        faultPositions[fault.name] ?? position
    }
}

extension FaultPlan {
    /// Its deadline, after the beginning of the inject phase.
    fileprivate var end: TimeSpan {
        TimeSpan(microseconds: start.microseconds + duration.microseconds)
    }
}

extension FaultPlan {
    /// Whether two faults may touch the same thing. One that does not say what it touches may touch anything.
    package func mayTouch(whatTouches other: FaultPlan) -> Bool {
        touches.isEmpty || other.touches.isEmpty
            || touches.contains { mine in other.touches.contains { $0.mayOverlap(mine) } }
    }
}
