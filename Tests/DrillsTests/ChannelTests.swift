import CalendarTime
import Drills
import Testing

@Suite("A channel in a calendar")
struct ChannelTests {
    @Test("is a hook unless it says otherwise, tried once")
    func exec() throws {
        let channel = try #require(try Fixture().calendar().channels["pager"])
        let parameters = [
            Parameter(name: "team", value: .literal("payments")),
            Parameter(name: "token", value: .credential("pager")),
        ]
        #expect(
            channel.service
                == .exec(command: HookCommand(hook: "hooks/page"), parameters: parameters))
        #expect(channel.attempts == 1)
        #expect(channel.timeout == .seconds(10))
        #expect(channel.pagesPerMinute == 100)
        #expect(channel.routing == nil)
    }

    @Test(
        "takes the address of its service and says where its secrets are",
        arguments: [
            (
                "Type=alertmanager\nUrl=http://127.0.0.1:9093",
                .alertmanager(endpoint("http://127.0.0.1:9093"))
            ),
            (
                "Type=alertmanager\nUrl=https://am.example.org/prefix\nKey=@file:/etc/drilld/am",
                .alertmanager(endpoint("https://am.example.org/prefix", .file("/etc/drilld/am")))
            ),
            (
                "Type=pagerduty\nKey=@credential:duty\nSigningKey=@credential:duty-in",
                .pagerduty(
                    endpoint(
                        "https://events.pagerduty.com", .credential("duty"), .credential("duty-in"))
                )
            ),
            (
                "Type=slack\nKey=@credential:slack",
                .slack(endpoint("https://hooks.slack.com/services", .credential("slack")))
            ),
            ("Type=ntfy", .ntfy(endpoint("https://ntfy.sh"))),
            (
                "Type=ntfy\nUrl=\"http://[::1]:8090\"\nKey=\"@file:/run/key of ntfy\"",
                .ntfy(endpoint("http://[::1]:8090", .file("/run/key of ntfy")))
            ),
            (
                "Type=webhook\nUrl=https://example.org:8443/drills\nKey=@credential:hook",
                .webhook(endpoint("https://example.org:8443/drills", .credential("hook")))
            ),
            (
                "Type=email\nFrom=drills@example.org",
                .email(sendmail: "/usr/sbin/sendmail", from: "drills@example.org")
            ),
            (
                "Type=email\nFrom=drills@example.org\nSendmail=/opt/bin/msmtp",
                .email(sendmail: "/opt/bin/msmtp", from: "drills@example.org")
            ),
        ] as [(String, Channel.Service)])
    func services(text: String, service: Channel.Service) throws {
        let channel = try channel("[Channel other]\n\(text)\n")
        #expect(channel.service == service)
        #expect(channel.attempts == 5)
        #expect(channel.pagesPerMinute == 100)
    }

    @Test("has limits of its own")
    func limits() throws {
        let channel = try channel(
            "[Channel other]\nType=ntfy\nTimeoutSec=3s\nPagesPerMinute=7\nAttempts=2\n")
        #expect(channel.timeout == .seconds(3))
        #expect(channel.pagesPerMinute == 7)
        #expect(channel.attempts == 2)
    }

    @Test("knows the routes and inhibitions of its service in the order of the file")
    func routing() throws {
        let routing = try #require(try channel(routed).routing)
        #expect(
            routing
                == Routing(
                    routes: [
                        Route(
                            name: "escalated", receiver: "secondary", reaches: .level(.secondary),
                            matchers: [
                                Matcher(label: "escalated", comparison: .equal, value: "true")
                            ],
                            groupBy: .all, groupWait: .zero, groupInterval: .minutes(5),
                            repeatInterval: .minutes(240), continues: true),
                        Route(
                            name: "search", receiver: "chat", reaches: .team("search"),
                            matchers: [
                                Matcher(
                                    label: "team", comparison: .matches, value: "search|index-1"),
                                Matcher(label: "service", comparison: .notEqual, value: "web shop"),
                                Matcher(label: "env", comparison: .doesNotMatch, value: "live"),
                            ],
                            groupBy: .labels(["alertname", "drill_id"]), groupWait: .seconds(2),
                            groupInterval: .seconds(5), repeatInterval: .seconds(15),
                            continues: false),
                        Route(
                            name: "all", receiver: "primary", reaches: .level(.primary),
                            matchers: [],
                            groupBy: .labels([]), groupWait: .seconds(30),
                            groupInterval: .minutes(5),
                            repeatInterval: .minutes(240), continues: false),
                    ],
                    inhibitions: [
                        Inhibition(
                            name: "same-service",
                            source: [
                                Matcher(label: "severity", comparison: .equal, value: "critical")
                            ],
                            target: [
                                Matcher(label: "severity", comparison: .equal, value: "warning")
                            ],
                            equal: ["drill_id", "service"])
                    ]))
    }

    @Test("writes its matchers as Alertmanager reads them")
    func matchers() throws {
        let routing = try #require(try channel(routed).routing)
        #expect(
            routing.routes.flatMap(\.matchers).map(\.description) == [
                "escalated=\"true\"", "team=~\"search|index-1\"", "service!=\"web shop\"",
                "env!~\"live\"",
            ])
    }

    @Test("writes any matcher so that it can be read again")
    func matcherRoundTrip() throws {
        for comparison in Matcher.Comparison.allCases {
            for value in ["critical", "warning-1|info_2", "x"] {
                let matcher = Matcher(label: "_a1", comparison: comparison, value: value)
                let unquoted = matcher.description.filter { $0 != "\"" }
                #expect(try Matcher(parsing: unquoted) == matcher)
            }
        }
    }

    private let routed = """
        [Channel other]
        Type=alertmanager
        Url=http://127.0.0.1:9093
        [Route escalated]
        Channel=other
        Receiver=secondary
        Reaches=secondary
        Match=escalated="true"
        GroupBy=...
        GroupWaitSec=0
        Continue=yes
        [Route search]
        Channel=other
        Receiver=chat
        Reaches=team:search
        Match=team=~"search|index-1"
        Match=service!="web shop" env!~"live"
        GroupBy=alertname drill_id
        GroupWaitSec=2s
        GroupIntervalSec=5s
        RepeatIntervalSec=15s
        [Route all]
        Channel=other
        Receiver=primary
        Reaches=primary
        [Inhibit same-service]
        Channel=other
        Source=severity="critical"
        Target=severity="warning"
        Equal=drill_id service

        """

    /// The channel `other` of a drop-in.
    private func channel(_ text: String) throws -> Channel {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = text
        return try #require(try fixture.calendar().channels["other"])
    }
}

private func endpoint(
    _ url: String, _ key: Secret? = nil, _ signingKey: Secret? = nil
) -> Channel.Endpoint {
    Channel.Endpoint(url: url, key: key, signingKey: signingKey)
}
