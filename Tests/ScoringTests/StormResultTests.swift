import CalendarTime
import Drills
import Samples
import Scoring
import Testing

@Suite("The result of a storm")
struct StormResultTests {
    private func result(_ name: PageName, _ timeline: Timeline) throws -> PageResult {
        let storm = try #require(StormResult(timeline))
        return try #require(storm.pages.first { $0.page.name == name })
    }

    @Test(
        "names what became of each page, and who was told",
        arguments: [
            ("db-lag", PageVerdict.asExpected, ["primary"]),
            ("api-latency", .suppressed, ["primary"]),
            ("queue-depth", .asExpected, ["primary", "secondary"]),
            ("disk-fill", .asExpected, ["primary"]),
            ("search-index", .asExpected, ["team search"]),
        ] as [(PageName, PageVerdict, [String])])
    func verdicts(page: PageName, verdict: PageVerdict, routed: [String]) throws {
        let result = try result(page, SampleStorm.timeline)
        #expect(result.channels.first { $0.channel == "pager" }?.verdict == verdict)
        #expect(result.routed.map(\.description) == routed)
        #expect(result.channels.first { $0.channel == "chat" }?.verdict == .notObserved)
    }

    @Test("of a recorded storm with the default timers is as expected, with nothing lost")
    func defaultTimers() throws {
        let storm = try RecordedStorm("default-timers").asRun("NOACK")
        let result = try #require(StormResult(storm))
        #expect(result.pages.count == 8)
        #expect(result.pages.map(\.verdict) == Array(repeating: .asExpected, count: 8))
        #expect(result.lost.isEmpty && result.duplicates == 0)
        #expect(
            result.pages.map { Int($0.channels[0].notified?.seconds ?? 0) }
                == [30, 30] + Array(repeating: 90, count: 4) + Array(repeating: 330, count: 2))
    }

    @Test("tells where a page stood when")
    func states() throws {
        let page = try result("queue-depth", SampleStorm.timeline)
        #expect(page.states.map(\.state) == [.triggered, .escalated, .acknowledged, .resolved])
        #expect(page.states.map(\.person) == ["sre-1", "sre-2", "sre-2", nil])
        #expect(page.timeToAck?.microseconds == 11_400_000)
        let acked = try result("db-lag", SampleStorm.timeline)
        #expect(acked.states.map(\.state) == [.triggered, .acknowledged, .resolved])
    }

    @Test(
        "counts the error of an escalation early and late",
        arguments: [(Double(85.512), Int64(500_000)), (80, -5_012_000)])
    func escalation(second: Double, error: Int64) throws {
        let steps: [SampleStorm.Step] =
            [(10, .phaseEntered(phase: .respond))]
            + SampleStorm.sent("queue-depth", at: 55)
            + [
                (
                    second,
                    .pageSent(
                        page: "queue-depth", person: "sre-2", level: .secondary,
                        receipt: SampleStorm.receipt("pager", milliseconds: 1))
                ), (300, .closed(outcome: .completed)),
            ]
        let page = try result("queue-depth", SampleStorm.timeline(steps))
        #expect(
            page.escalation
                == .paged(error: Interval(microseconds: error, isWallTime: false)))
    }

    @Test("says when nobody paged the secondary, and when nobody had to")
    func noEscalation() throws {
        let quiet = SampleStorm.sent("db-lag", at: 10)
        let silent = try result("db-lag", SampleStorm.timeline(quiet + [(50, .mitigated)]))
        #expect(
            silent.escalation
                == .missing(since: Interval(microseconds: 9_988_000, isWallTime: false)))
        let early = try result("db-lag", SampleStorm.timeline(quiet + [(20, .mitigated)]))
        #expect(early.escalation == .notDue)
        let acked: [SampleStorm.Step] = [
            (39, .acked(page: "db-lag", person: "sre-1", channel: "console")), (90, .mitigated),
        ]
        #expect(try result("db-lag", SampleStorm.timeline(quiet + acked)).escalation == .notDue)
        let needless = acked + SampleStorm.sent("db-lag", to: "sre-2", .secondary, at: 95)
        #expect(
            try result("db-lag", SampleStorm.timeline(quiet + needless)).escalation == .needless)
    }

    @Test("finds what is lost, late, astray, doubled and turned away", arguments: Trouble.all)
    func trouble(trouble: Trouble) throws {
        let page = try result("db-lag", SampleStorm.timeline(trouble.steps))
        let verdict = page.channels.first { $0.channel == "pager" }
        #expect(verdict?.verdict == trouble.verdict)
        #expect(page.verdict == max(trouble.verdict, .notObserved))
    }

    @Test("takes an incident that was given to somebody else for no duplicate")
    func reassigned() throws {
        let endpoint = Channel.Endpoint(url: "http://127.0.0.1", key: nil, signingKey: nil)
        let plan = SampleStorm.plan(
            pages: SampleStorm.plan.pages,
            channels: [SampleStorm.channel("pager", .pagerduty(endpoint), routing: nil)])
        let steps =
            SampleStorm.sent("db-lag", at: 10) + SampleStorm.told("db-lag", "Petra", at: 11)
            + SampleStorm.told("db-lag", "Sam", at: 40)
        let page = try #require(
            StormResult(SampleStorm.timeline(steps, of: plan))?.pages.first)
        #expect(page.verdict == .asExpected)
        #expect(page.routed == [.receiver("Petra"), .receiver("Sam")])
        let twice = steps + SampleStorm.told("db-lag", "Sam", at: 41)
        let doubled = try #require(
            StormResult(SampleStorm.timeline(twice, of: plan))?.pages.first)
        #expect(doubled.verdict == .duplicate && doubled.channels[0].duplicates == 1)
    }

    @Test("counts what each channel did")
    func channels() throws {
        let storm = try #require(StormResult(SampleStorm.timeline))
        #expect(storm.channels.map(\.channel) == ["pager", "chat"])
        #expect(storm.channels.map(\.accepted) == [8, 7])
        #expect(storm.channels.map(\.notified) == [6, 0])
        #expect(storm.channels.map(\.slowest) == [12_000, 140_000])
        #expect(storm.duplicates == 0 && storm.lost.isEmpty)
    }

    @Test("is all clear from the injection to the first word of it")
    func allClear() throws {
        let clear = try #require(StormResult(SampleStorm.timeline)?.allClear)
        #expect(
            clear.taken == .measured(Interval(microseconds: 770_000_000, isWallTime: false)))
        #expect(clear.isWithinLimit)
        let open = SampleStorm.story.filter { $0.second < 700 }
        let never = try #require(StormResult(SampleStorm.timeline(open))?.allClear)
        #expect(!never.isWithinLimit)
    }

    @Test("never has a page lost of which somebody was told", arguments: 0..<100 as Range<UInt64>)
    func lostOrNotified(seed: UInt64) throws {
        var draw = Shuffle(seed: seed)
        let steps = SampleStorm.story.filter { _ in draw.below(4) > 0 }
        let storm = try #require(StormResult(SampleStorm.timeline(steps)))
        for channel in storm.pages.flatMap(\.channels) where channel.verdict == .lost {
            #expect(channel.notified == nil)
        }
    }

    @Test("does not exist for a run without pages")
    func noPages() {
        #expect(StormResult(.script(.sample(pages: []), [])) == nil)
    }
}

/// What can go wrong with one page, and its verdict.
struct Trouble: Sendable, CustomTestStringConvertible {
    let verdict: PageVerdict
    let steps: [SampleStorm.Step]
    var testDescription: String { verdict.rawValue }

    private static let sent = SampleStorm.sent("db-lag", at: 10)
    private static let end: [SampleStorm.Step] = [(60, .mitigated)]

    static let all = [
        Trouble(verdict: .lost, steps: sent + end),
        Trouble(verdict: .notObserved, steps: sent + [(20, .mitigated)]),
        Trouble(
            verdict: .asExpected, steps: sent + SampleStorm.told("db-lag", "primary", at: 21) + end),
        Trouble(
            verdict: .late, steps: sent + SampleStorm.told("db-lag", "primary", at: 23) + end),
        Trouble(
            verdict: .misrouted,
            steps: sent + SampleStorm.told("db-lag", "search-team", at: 12) + end),
        Trouble(
            verdict: .duplicate,
            steps: sent + SampleStorm.told("db-lag", "primary", at: 12)
                + SampleStorm.told("db-lag", "primary", at: 13) + end),
        Trouble(verdict: .rejected, steps: [answer(.rejected(reason: "404"))] + end),
        Trouble(verdict: .lost, steps: [answer(.lost(reason: "no answer"))] + end),
        Trouble(
            verdict: .asExpected,
            steps: [answer(.lost(reason: "no answer"))]
                + SampleStorm.told("db-lag", "primary", at: 12) + end),
    ]

    private static func answer(_ verdict: Receipt.Verdict) -> SampleStorm.Step {
        let receipt = Receipt(channel: "pager", verdict: verdict, attempts: 3, microseconds: 9)
        return (
            10, .pageSent(page: "db-lag", person: "sre-1", level: .primary, receipt: receipt)
        )
    }
}
