import CalendarTime
import Drills

/// A storm of six pages on two channels, answered by people: what tests of scoring and of reports share.
package enum SampleStorm {
    /// The plan: alertmanager with routes, and a chat that never says what it did.
    package static let plan = plan(pages: pages, channels: channels)

    /// The plan with another rate of harm, or none.
    package static func plan(withUsersPerMinute users: Int?) -> RunPlan {
        plan(pages: pages, channels: channels, usersPerMinute: users)
    }

    /// The plan with other pages and channels.
    package static func plan(
        pages: [PagePlan], channels: [Channel], usersPerMinute: Int? = 120
    ) -> RunPlan {
        RunPlan(
            run: RunID(drill: "storm-staging", cycle: 4), drill: "storm-staging", cycle: 4,
            kind: .pageStorm, tier: .service, campaign: "2027-Q1",
            scheduled: WallInstant(microsecondsSinceEpoch: 0), target: .sample,
            technical: "slow-db",
            coordination: "handoff-gap", title: "The database falls behind", severity: .sev2,
            objectives: Objectives(
                detect: .minutes(1), mitigate: .minutes(6), resolve: .minutes(15),
                usersAffectedPerMinute: usersPerMinute),
            packet: Packet(
                hypothesis: "The secondary takes over within a minute",
                trigger: "replication stops for 10min", blastRadius: "the replica of staging only",
                abort: [HookCommand(hook: "hooks/errors-above", arguments: ["50%"])],
                scoreOwner: "observer-1",
                followUps: [FollowUp(owner: "sre-1", due: "2027-02-01", text: "add an alert")]),
            faults: [.sample("replication", duration: .minutes(10))], probes: [.sample],
            responses: [.sample(.rollback), .sample(.trace)], pages: pages, channels: channels,
            roster: Roster(
                commander: "lead-1", deputy: "lead-2", scoreOwner: "observer-1",
                observers: ["observer-2"],
                onCall: [
                    OnCall(level: .primary, person: "sre-1"),
                    OnCall(level: .secondary, person: "sre-2"),
                ],
                lanes: [
                    .injection: "lead-2", .response: "sre-1", .verification: "sre-2",
                    .comms: "observer-2",
                ]),
            duration: .minutes(45), ackDeadline: .seconds(30), passScore: 4,
            mutation: RunPlan.MutationRecord(
                seed: 1, values: [RunPlan.FactorValue(factor: "owner", value: "late:5min")],
                parentCycle: 3, rationale: "owner from present to late:5min",
                ownerAvailability: .late(.minutes(5)), comms: .normal, dependencyClass: "messaging",
                stress: "none"), response: response)
    }

    private static let pages: [PagePlan] = [
        page("db-lag", "Replication is 40s behind", 0, .sev1, "db"),
        page("api-errors", "5% of requests fail", 15, .sev1, "api"),
        page("api-latency", "Requests take 900ms", 30, .sev2, "api"),
        page("queue-depth", "12000 jobs wait", 45, .sev1, "queue", duplicates: 1),
        page("disk-fill", "The disk is 70% full", 60, .sev3, "db", isNoise: true),
        page("search-index", "The index is 5min old", 75, .sev1, "search", team: "search"),
    ]

    private static func page(
        _ name: PageName, _ summary: String, _ second: Int64, _ severity: Severity,
        _ service: String, duplicates: Int = 0, isNoise: Bool = false, team: String? = nil
    ) -> PagePlan {
        PagePlan(
            name: name, summary: summary, after: .seconds(second), to: .primary,
            severity: severity, labels: [PagePlan.Label(name: "service", value: service)],
            duplicates: duplicates, isNoise: isNoise, team: team)
    }

    private static let channels: [Channel] = [
        channel(
            "pager",
            .alertmanager(
                Channel.Endpoint(
                    url: "http://127.0.0.1:9093", key: nil, signingKey: .credential("pager-hook"))
            ), routing: routing),
        channel(
            "chat",
            .slack(
                Channel.Endpoint(
                    url: "https://hooks.slack.com/services", key: .credential("slack"),
                    signingKey: nil)), routing: nil),
    ]

    /// A channel of a name.
    package static func channel(
        _ name: ChannelName, _ service: Channel.Service, routing: Routing?
    ) -> Channel {
        Channel(
            name: name, service: service, timeout: .seconds(5), pagesPerMinute: 100, attempts: 3,
            routing: routing)
    }

    private static let routing = Routing(
        routes: [
            route("default", "primary", .level(.primary), [], wait: 2),
            route("escalated", "secondary", .level(.secondary), [("escalated", "true")], wait: 0),
            route("search", "search-team", .team("search"), [("team", "search")], wait: 2),
        ],
        inhibitions: [
            Inhibition(
                name: "critical", source: [matcher("severity", "critical")],
                target: [matcher("severity", "warning")], equal: ["drill_id", "service"])
        ])

    private static func route(
        _ name: String, _ receiver: String, _ reach: Route.Reach,
        _ matchers: [(String, String)], wait: Int64
    ) -> Route {
        Route(
            name: name, receiver: receiver, reaches: reach, matchers: matchers.map(matcher),
            groupBy: .labels(["page"]), groupWait: .seconds(wait), groupInterval: .seconds(30),
            repeatInterval: .minutes(240), continues: false)
    }

    private static func matcher(_ label: String, _ value: String) -> Matcher {
        Matcher(label: label, comparison: .equal, value: value)
    }

    private static let response = ResponsePlan(
        isAttended: true, ackExpiry: .minutes(10),
        addresses: [Address(person: "sre-1", channel: "chat", text: "U0001")],
        cadence: [
            ResponsePlan.Promise(kind: .internal, every: .minutes(5)),
            ResponsePlan.Promise(kind: .stakeholder, every: .minutes(10)),
        ], timeline: .fifteen, decisionLimit: .minutes(5), allClear: .minutes(15),
        revision: HookCommand(hook: "hooks/shop-revision"),
        evidencePlace: "https://wiki.example/drills/storm-staging")
}
