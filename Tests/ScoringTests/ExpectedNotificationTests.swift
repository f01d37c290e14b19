import CalendarTime
import Drills
import Scoring
import Testing

@Suite("The expected notifications")
struct ExpectedNotificationTests {
    @Test(
        "are those that a real Alertmanager sent",
        arguments: [
            ("short-timers", Routing.shortTimers), ("default-timers", .defaultTimers),
            ("edges", .edges),
        ])
    func recorded(name: String, routing: Routing) throws {
        let storm = try RecordedStorm(name)
        let expected = ExpectedNotifications(storm.postings, routing: routing, until: storm.end)
        let news = expected.all.filter { !$0.isRepeat }
        let told = storm.told.filter { !$0.isRepeat }
        try #require(news.count == told.count)
        for notification in news {
            let isTold = told.contains {
                $0.receiver == notification.receiver && $0.firing == notification.firing
                    && $0.resolved == notification.resolved
                    && abs($0.second - notification.offset.seconds) < 0.1
            }
            #expect(isTold, "\(notification)")
        }
    }

    @Test("are two pages at 30s and six at 330s with the default timers")
    func defaultTimers() throws {
        let storm = try RecordedStorm("default-timers")
        let pages = storm.postings.filter { $0.page.text.hasPrefix("NOACK") }
        let expected = ExpectedNotifications(pages, routing: .defaultTimers, until: storm.end)
        let primary = expected.all.filter { $0.receiver == "primary" }
        #expect(primary.map { Int($0.offset.seconds) } == [30, 330])
        #expect(primary.map(\.firing.count) == [2, 6])
        #expect(primary.map(\.resolved.count) == [0, 2])
    }

    @Test("bring a reminder at the time for it, or one group interval later each time")
    func reminders() throws {
        let storm = try RecordedStorm("short-timers")
        let expected = ExpectedNotifications(
            storm.postings, routing: .shortTimers, until: storm.end)
        for (_, told) in Dictionary(grouping: storm.told.filter(\.isRepeat), by: \.firing) {
            let due = expected.all.filter { $0.isRepeat && $0.firing == told[0].firing }
            try #require(due.count >= told.count)
            for (number, (told, due)) in zip(told, due).enumerated() {
                let late = told.second - due.offset.seconds
                #expect((-0.1...Double(number + 1) * 5).contains(late), "\(due)")
            }
        }
    }

    @Test("leave out what a greater page keeps silent, and say so")
    func inhibition() throws {
        let storm = try RecordedStorm("short-timers")
        let expected = ExpectedNotifications(
            storm.postings, routing: .shortTimers, until: storm.end)
        #expect(expected.inhibited == ["stg-06", "stg-08"])
        #expect(expected.firing("stg-06").isEmpty)
    }

    @Test("do not depend on the order of postings at one time", arguments: 0..<50 as Range<UInt64>)
    func order(seed: UInt64) {
        var draw = Shuffle(seed: seed)
        let postings = (0..<24).map { index in
            let page = PageName("p\(draw.below(6))")
            return Posting(
                page: page,
                labels: [
                    PagePlan.Label(name: "alertname", value: page.text),
                    PagePlan.Label(
                        name: "severity", value: draw.below(2) == 0 ? "critical" : "warning"),
                ],
                at: .seconds(Int64(draw.below(5) * 3)), isFiring: index % 4 != 3)
        }
        let first = ExpectedNotifications(
            postings, routing: .shortTimers, until: .seconds(60))
        let second = ExpectedNotifications(
            draw.shuffled(postings), routing: .shortTimers, until: .seconds(60))
        #expect(first == second)
    }

    @Test(
        "are one per posting where a service has no routes, and one per incident where it knows them",
        arguments: [(false, [1, 2, 3, 4, 5, 6]), (true, [1, 3, 4, 5])])
    func unrouted(knowsIncidents: Bool, seconds: [Int64]) {
        let postings = [(4, true), (1, true), (3, false), (2, true), (5, false), (6, false)].map {
            Posting(
                page: "checkout", labels: [], at: .seconds($0), isFiring: $1, level: .primary)
        }
        let expected = ExpectedNotifications(
            unrouted: postings, channel: "chat", knowsIncidents: knowsIncidents)
        #expect(expected.all.map(\.offset) == seconds.map { .seconds($0) })
    }

    @Test("are one for each level a page went to")
    func levels() {
        let postings = OnCallLevel.allCases.map {
            Posting(page: "checkout", labels: [], at: .zero, level: $0)
        }
        let expected = ExpectedNotifications(
            unrouted: postings, channel: "duty", knowsIncidents: true)
        #expect(
            expected.firing("checkout").map(\.reaches) == [.level(.primary), .level(.secondary)])
    }
}

@Suite("A route")
struct RouteChoiceTests {
    /// The receivers that alerts of a severity reach, told at once.
    private func receivers(_ routing: Routing, severity: String) -> [String] {
        let posting = Posting(
            page: "checkout", labels: [PagePlan.Label(name: "severity", value: severity)],
            at: .zero)
        return ExpectedNotifications([posting], routing: routing, until: .minutes(5))
            .all.map(\.receiver)
    }

    @Test(
        "is tried in its turn, and the first without conditions takes what is left",
        arguments: [
            ("critical", ["all", "primary"]), ("warning", ["chat"]), ("info", ["root"]),
            ("", ["chat"]),
        ])
    func turns(severity: String, expected: [String]) {
        let routing = Routing(
            routes: [
                .to("root"), .to("all", when: [.severity(.equal, "critical")], continues: true),
                .to("primary", when: [.severity(.matches, "critical|page")]),
                .to("chat", when: [.severity(.doesNotMatch, "critical|info")]),
                .to("never", when: [.severity(.notEqual, "info")]),
            ], inhibitions: [])
        #expect(receivers(routing, severity: severity) == expected)
    }

    @Test("that nothing matches leads nowhere")
    func nowhere() {
        let routing = Routing(
            routes: [.to("primary", when: [.severity(.equal, "critical")])], inhibitions: [])
        #expect(receivers(routing, severity: "info").isEmpty)
    }
}

extension Matcher {
    /// A condition on the severity.
    fileprivate static func severity(_ comparison: Comparison, _ value: String) -> Matcher {
        Matcher(label: "severity", comparison: comparison, value: value)
    }
}
