import CalendarTime
import Drills
import Foundation
import Samples
import Scoring

/// What was posted to a real Alertmanager, and what it told whom.
struct RecordedStorm {
    let postings: [Posting]
    let told: [Told]

    /// A notification as it arrived.
    struct Told: Hashable {
        let second: Double
        let receiver: String
        let firing: [PageName]
        let resolved: [PageName]
        let isRepeat: Bool
    }

    init(_ name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Data").appendingPathComponent("alertmanager-\(name).txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ").map(String.init) }
        postings = lines.filter { $0[0] != "told" }.map(Self.posting)
        told = lines.filter { $0[0] == "told" }.map { words in
            Told(
                second: Double(words[1]) ?? 0, receiver: words[2],
                firing: Self.pages(words[4]), resolved: Self.pages(words[5]),
                isRepeat: words[3] == "repeat")
        }
    }

    /// The last second of which anything is known.
    var end: TimeSpan { .seconds(Int64((told.last?.second ?? 0) + 1)) }

    private static func posting(_ words: [String]) -> Posting {
        let pairs = words.dropFirst(3).map { $0.split(separator: "=").map(String.init) }
        let age = pairs.first { $0[0] == "age" }.flatMap { Double($0[1]) } ?? 0
        return Posting(
            page: PageName(words[2]),
            labels: pairs.filter { $0[0] != "age" }.map {
                PagePlan.Label(name: $0[0], value: $0[1])
            },
            at: span(Double(words[1]) ?? 0), age: span(age), isFiring: words[0] == "post")
    }

    private static func pages(_ field: String) -> [PageName] {
        let list = field.drop { $0 != "=" }.dropFirst()
        return list == "-" ? [] : list.split(separator: ",").map { PageName(String($0)) }
    }

    static func span(_ seconds: Double) -> TimeSpan {
        TimeSpan(microseconds: Int64((seconds * 1_000_000).rounded()))
    }
}

extension RecordedStorm {
    /// The alerts of one name as the pages of a run over one channel.
    func asRun(_ prefix: String) -> Timeline {
        let pages = postings.filter { $0.isFiring && $0.page.text.hasPrefix(prefix) }
        let endpoint = Channel.Endpoint(url: "http://127.0.0.1", key: nil, signingKey: nil)
        let plan = SampleStorm.plan(
            pages: pages.map(Self.plan),
            channels: [
                SampleStorm.channel("pager", .alertmanager(endpoint), routing: .defaultTimers)
            ])
        let posted = pages.map { posting -> SampleStorm.Step in
            (
                posting.at.seconds,
                .pageSent(
                    page: posting.page, person: "sre-1", level: .primary,
                    receipt: SampleStorm.receipt("pager", milliseconds: 5))
            )
        }
        let over = postings.filter { !$0.isFiring && $0.page.text.hasPrefix(prefix) }.map {
            ($0.at.seconds, RunEvent.pageResolved(page: $0.page, reason: "its time is over"))
        }
        let news = told.flatMap { told in
            told.firing.filter { $0.text.hasPrefix(prefix) }.flatMap {
                SampleStorm.told($0, told.receiver, at: told.second)
            }
        }
        let steps = (posted + over + news).sorted { $0.second < $1.second }
        return SampleStorm.timeline(
            steps + [(end.seconds, .closed(outcome: .completed))], of: plan)
    }

    private static func plan(_ posting: Posting) -> PagePlan {
        PagePlan(
            name: posting.page, summary: "recorded", after: posting.at, to: .primary,
            severity: .sev1, labels: [PagePlan.Label(name: "alertname", value: "StormPage")])
    }
}

extension Route {
    /// A route with the timers of the recorded storms.
    static func to(
        _ receiver: String, when matchers: [Matcher] = [], reaches: Reach = .level(.primary),
        by grouping: Grouping = .labels(["alertname", "drill_id"]), wait: Int64 = 30,
        interval: Int64 = 300, again: Int64 = 14_400, continues: Bool = false
    ) -> Route {
        Route(
            name: receiver, receiver: receiver, reaches: reaches, matchers: matchers,
            groupBy: grouping, groupWait: .seconds(wait), groupInterval: .seconds(interval),
            repeatInterval: .seconds(again), continues: continues)
    }
}

extension Routing {
    /// The service's own defaults; the secondary is told when 90s have passed.
    static let defaultTimers = Routing(
        routes: [
            .to("primary"), .to("primary", when: [drill], continues: true),
            .to("secondary", when: [drill], reaches: .level(.secondary), wait: 90),
        ], inhibitions: [])

    /// Waits 2s, looks each 5s, reminds after 15s; warnings are silent beside a critical of their service.
    static let shortTimers = Routing(
        routes: [
            .to("primary", wait: 2, interval: 5, again: 15),
            .to(
                "secondary", when: [Matcher(label: "escalated", comparison: .equal, value: "true")],
                reaches: .level(.secondary), by: .all, wait: 0, interval: 5, again: 15),
            .to("primary", when: [critical], wait: 2, interval: 5, again: 15),
            .to(
                "chat",
                when: [Matcher(label: "severity", comparison: .matches, value: "warning|info")],
                reaches: .team("chat"), wait: 2, interval: 5, again: 15),
        ],
        inhibitions: [
            Inhibition(
                name: "critical", source: [critical],
                target: [Matcher(label: "severity", comparison: .equal, value: "warning")],
                equal: ["drill_id", "service"])
        ])

    /// One route that waits 1s and looks each 4s; warnings are silent beside a critical of their service.
    static let edges = Routing(
        routes: [.to("primary", by: .labels(["alertname"]), wait: 1, interval: 4)],
        inhibitions: [
            Inhibition(
                name: "critical", source: [critical],
                target: [Matcher(label: "severity", comparison: .equal, value: "warning")],
                equal: ["service"])
        ])

    private static let drill = Matcher(label: "drill", comparison: .equal, value: "true")
    private static let critical = Matcher(
        label: "severity", comparison: .equal, value: "critical")
}
