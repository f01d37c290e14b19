import CalendarTime
import ControlAPI
import Drills
import IncidentCommand

/// The page *Now*: each open run, and what is in place.
struct NowView: Sendable {
    /// Who may be chosen to act; the script asks for the page anew when these are others.
    let everybody: String
    let runs: [LiveRunView]
    let isIdle: Bool
    let next: [NextView]
    let lever: [LeverView]
    let faults: [FaultView]
    let problems: [String]

    struct NextView: Sendable {
        let nextDrill: String
        let nextAt: String
        let nextIn: String
    }

    /// The pulled lever, and the form that releases it.
    struct LeverView: Sendable {
        let pulledBy: String
        let pulledAt: String
        let pulledBecause: String
        let release: FormView
    }

    struct FaultView: Sendable {
        let fault: String
        let faultTarget: String
        let faultState: String
        let faultMark: String
        let deadline: [TickView]
        let detail: String
        let revert: FormView
    }

    init(_ sight: Sight, at now: Moment, zone: TimeZoneRules, typed: TypedForm?) {
        everybody = sight.people.map(\.text).joined(separator: " ")
        runs = sight.runs.compactMap { timeline in
            IncidentBoard(timeline).map {
                LiveRunView($0, timeline, at: now, zone: zone, typed: typed)
            }
        }
        isIdle = runs.isEmpty
        next =
            sight.status?.next.map {
                [
                    NextView(
                        nextDrill: $0.drill.text, nextAt: TimeWords.date($0.at, in: zone),
                        nextIn: $0.at.relativeText(to: now.wall))
                ]
            } ?? []
        lever = sight.status?.halt.map { [LeverView($0, zone: zone, typed: typed)] } ?? []
        faults = (sight.status?.faults ?? []).map { FaultView($0, at: now) }
        problems = sight.status?.reloadProblems ?? []
    }
}

extension NowView.LeverView {
    fileprivate init(_ halt: DaemonStatus.HaltState, zone: TimeZoneRules, typed: TypedForm?) {
        pulledBy = halt.by
        pulledAt = TimeWords.date(halt.at, in: zone)
        pulledBecause = halt.reason
        release = FormView(
            "release", to: "release", "Release the lever",
            fields: [.line("reason", "Why drills may go on")], back: "/now", asksPerson: false
        ).keeping(typed)
    }
}

extension NowView.FaultView {
    fileprivate init(_ row: FaultRow, at now: Moment) {
        fault = row.fault.text
        faultTarget = row.target.text
        faultState = row.state == .leaked ? "LEAKED" : row.state.rawValue
        faultMark = row.state == .live ? "live" : "bad"
        // The deadline is told on the wall clock; the page counts on the boot clock.
        deadline =
            row.deadline.map {
                [.until(now.boot.advanced(byMicroseconds: $0 - now.wall), at: now.boot)]
            } ?? []
        detail = row.detail
        revert = FormView(
            "revert-\(row.fault)", to: "faults/\(row.fault)/revert", "Revert now",
            style: "plain", back: "/now", asksPerson: false)
    }
}
