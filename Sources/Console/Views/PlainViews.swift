import CalendarTime
import ControlAPI
import Drills

/// The drills with their next and last time.
struct CalendarView: Sendable {
    let drills: [DrillView]
    let isEmpty: Bool

    struct DrillView: Sendable {
        let drill: String
        let kind: String
        let tier: String
        let target: String
        let file: String
        let next: String
        let nextIn: String
        let last: String
        let lastOutcome: String
        let start: FormView
    }

    init(_ rows: [DrillRow], at now: WallInstant, zone: TimeZoneRules) {
        isEmpty = rows.isEmpty
        drills = rows.map { row in
            DrillView(
                drill: row.drill.text, kind: row.kind.rawValue, tier: row.tier.rawValue,
                target: row.target.text, file: row.calendar,
                next: row.next.map { TimeWords.date($0, in: zone) } ?? "nothing is due",
                nextIn: row.next?.relativeText(to: now) ?? "",
                last: row.last.map { TimeWords.date($0, in: zone) } ?? "never",
                lastOutcome: row.lastOutcome ?? "",
                start: FormView(
                    "start-\(row.drill)", to: "drills/\(row.drill)/start", "Start",
                    button: "Start now", back: "/now", asksPerson: false))
        }
    }
}

/// The newest runs.
struct RunsView: Sendable {
    let runs: [RowView]
    let isEmpty: Bool

    struct RowView: Sendable {
        let run: String
        let kind: String
        let scheduled: String
        let state: String
        let mark: String
    }

    init(_ rows: [RunRow], zone: TimeZoneRules) {
        isEmpty = rows.isEmpty
        runs = rows.map { row in
            RowView(
                run: row.run.text, kind: row.kind.rawValue,
                scheduled: TimeWords.date(row.scheduled, in: zone),
                state: row.outcome?.sentence ?? "open, \(row.phase.rawValue)",
                mark: row.outcome?.mark ?? "open")
        }
    }
}

extension Outcome {
    /// The class by which a page colours it.
    var mark: String {
        switch self {
        case .completed: "good"
        case .leaked: "bad"
        case .failed, .aborted, .halted, .censored: "poor"
        case .notStarted: "quiet"
        }
    }
}

/// The trend report; it is the program's own markup, taken over as it is.
struct TrendsView: Sendable {
    let report: String

    init(_ trend: TrendReply) {
        report = Self.body(of: trend.page)
    }

    /// What stands between the tags of the report's own main part; its style sheet stays behind.
    private static func body(of page: String) -> String {
        guard let start = page.firstRange(of: "<main>"),
            let end = page[start.upperBound...].firstRange(of: "</main>")
        else { return "" }
        return String(page[start.upperBound..<end.lowerBound])
    }
}

/// A page as the link in it shows it.
struct LinkView: Sendable {
    let linkRun: String
    let linkPage: String
    let person: String
    let summary: String
    let acknowledged: [String]
    let done: [String]
    let canAcknowledge: Bool
    let isOver: Bool
    let action: String

    init(_ link: PageLink, token: String, done: String?) {
        linkRun = link.run.text
        linkPage = link.page.text
        person = link.person.text
        summary = link.summary
        acknowledged = link.acknowledgedBy.map { [$0.text] } ?? []
        self.done = done.map { [$0] } ?? []
        canAcknowledge = link.isOpen && link.acknowledgedBy == nil
        isOver = !link.isOpen && link.acknowledgedBy == nil
        action = "/link/\(token)"
    }
}

/// A few sentences instead of a page.
struct MessageView: Sendable {
    let heading: String
    let sentences: [String]
}
