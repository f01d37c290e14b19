import CalendarTime
import Drills
import Samples
import Scoring
import Testing

@Suite("A channel beside what was expected of it")
struct ChannelJudgeTests {
    private static let endpoint = Channel.Endpoint(
        url: "http://127.0.0.1", key: .credential("key"), signingKey: .credential("hook"))

    /// What the channel `pager`, of a service without routes, made of a page.
    private func verdict(
        _ page: PageName, over service: Channel.Service = .pagerduty(endpoint),
        _ steps: [SampleStorm.Step]
    ) throws -> ChannelVerdict {
        let plan = SampleStorm.plan(
            pages: SampleStorm.plan.pages,
            channels: [SampleStorm.channel("pager", service, routing: nil)])
        let storm = try #require(StormResult(SampleStorm.timeline(steps, of: plan)))
        let result = try #require(storm.pages.first { $0.page.name == page })
        return try #require(result.channels.first)
    }

    /// What the channel `pager` of the sample storm, an Alertmanager with routes, made of a page.
    private func routed(_ page: PageName, _ steps: [SampleStorm.Step]) throws -> ChannelVerdict {
        let storm = try #require(StormResult(SampleStorm.timeline(steps)))
        let result = try #require(storm.pages.first { $0.page.name == page })
        return try #require(result.channels.first { $0.channel == "pager" })
    }

    private func told(
        _ page: PageName, _ level: OnCallLevel, at second: Double,
        _ status: Notification.Status = .firing
    ) -> [SampleStorm.Step] {
        let notification = Notification(
            page: page, channel: "pager", receiver: "Petra", status: status,
            delivery: "\(level)-\(second)", person: nil, level: level)
        return [(second, .notified(notification: notification))]
    }

    private let end: [SampleStorm.Step] = [(300, .closed(outcome: .completed))]
    private let primary = SampleStorm.sent("queue-depth", at: 55)
    private let secondary = SampleStorm.sent("queue-depth", to: "sre-2", .secondary, at: 85)

    @Test(
        "that takes signed acks has lost nothing, however many come",
        arguments: [Notification.Status.acknowledged, .resolved])
    func acksAreNoNotifications(status: Notification.Status) throws {
        let steps = primary + told("queue-depth", .primary, at: 60, status) + end
        let found = try verdict("queue-depth", over: .webhook(Self.endpoint), steps)
        #expect(found.verdict == .notObserved)
        #expect(found.routed == [.level(.primary)])
    }

    @Test("that reports and told nobody of one page has lost it, though an ack came")
    func ackedButLost() throws {
        let steps = primary + told("queue-depth", .primary, at: 60, .acknowledged) + end
        #expect(try verdict("queue-depth", steps).verdict == .lost)
    }

    @Test("that knows incidents tells of one that is posted again only once")
    func repeated() throws {
        let receipt = SampleStorm.receipt("pager", milliseconds: 9)
        let again: [SampleStorm.Step] = [
            (65, .pageRepeated(page: "queue-depth", number: 1, receipt: receipt))
        ]
        let once = primary + told("queue-depth", .primary, at: 56) + again + end
        #expect(try verdict("queue-depth", once).verdict == .asExpected)
        let twice = once + told("queue-depth", .primary, at: 66)
        #expect(
            try verdict("queue-depth", twice.sorted { $0.second < $1.second }).verdict == .duplicate
        )
    }

    @Test("that never told of the secondary's incident did not tell all")
    func untoldSecondary() throws {
        let steps = primary + told("queue-depth", .primary, at: 56) + secondary
        let found = try verdict("queue-depth", steps + end)
        #expect(found.verdict == .partial)
        #expect(found.expected?.seconds == 85.012 && found.notified?.seconds == 56)
        let both = steps + told("queue-depth", .secondary, at: 86) + end
        #expect(try verdict("queue-depth", both).verdict == .asExpected)
    }

    @Test("that never told the receiver of the secondary did not tell all, by its routes")
    func untoldReceiver() throws {
        let first = SampleStorm.told("queue-depth", "primary", at: 57.1)
        let found = try routed("queue-depth", primary + first + secondary + end)
        #expect(found.verdict == .partial && found.routed == [.level(.primary)])
    }

    @Test(
        "is judged by each receiver, early and late",
        arguments: [
            (Double(86), PageVerdict.asExpected), (97, .late),
            // The route of the secondary waits for nothing, so nothing can come before it is posted.
            (85.1, .asExpected),
        ])
    func secondReceiver(second: Double, verdict: PageVerdict) throws {
        let first = SampleStorm.told("queue-depth", "primary", at: 57.1)
        let next = SampleStorm.told("queue-depth", "secondary", at: second)
        let found = try routed("queue-depth", primary + first + secondary + next + end)
        #expect(found.verdict == verdict)
        if verdict == .late { #expect(found.notified?.seconds == 97) }
    }

    @Test("that tells long before its rules allow is early")
    func early() throws {
        let storm = try RecordedStorm("default-timers").asRun("NOACK")
        let entries = storm.entries.map { entry in
            guard case .notified = entry.event, entry.at.wall.microsecondsSinceEpoch > 300_000_000
            else { return entry }
            return entry.earlier(by: 200_000_000)
        }
        let result = try #require(
            StormResult(Timeline(entries: entries.sorted { $0.at.boot < $1.at.boot })))
        #expect(result.pages.map(\.verdict).suffix(2) == [.early, .early])
    }

    @Test("that took long to answer may have told before it did")
    func slowAnswer() throws {
        let posted: [SampleStorm.Step] = [
            (
                10,
                .pagePosting(page: "db-lag", person: "sre-1", level: .primary, channels: ["pager"])
            )
        ]
        for verdict in [Receipt.Verdict.accepted, .lost(reason: "no answer within 10s")] {
            let receipt = Receipt(
                channel: "pager", verdict: verdict, attempts: 5, microseconds: 60_000_000)
            let sent: [SampleStorm.Step] = [
                (70, .pageSent(page: "db-lag", person: "sre-1", level: .primary, receipt: receipt))
            ]
            for second in [12.0, 72] {
                let told = SampleStorm.told("db-lag", "primary", at: second)
                let steps = (posted + told + sent).sorted { $0.second < $1.second } + end
                #expect(try routed("db-lag", steps).verdict == .asExpected, "\(verdict) \(second)")
            }
        }
    }

    @Test("that never answered to the end has lost the page, and the row says so")
    func unanswered() throws {
        let posted: [SampleStorm.Step] = [
            (
                55,
                .pagePosting(
                    page: "queue-depth", person: "sre-1", level: .primary, channels: ["pager"])
            )
        ]
        #expect(try verdict("queue-depth", posted + end).verdict == .lost)
        let plan = SampleStorm.plan(
            pages: SampleStorm.plan.pages,
            channels: [SampleStorm.channel("pager", .pagerduty(Self.endpoint), routing: nil)])
        let storm = try #require(StormResult(SampleStorm.timeline(posted + end, of: plan)))
        #expect(storm.channels.map(\.lost) == [1] && storm.lost == ["queue-depth"])
        let open = try #require(StormResult(SampleStorm.timeline(posted, of: plan)))
        #expect(open.pages.flatMap(\.channels).isEmpty)
    }
}

extension Timeline.Entry {
    /// The same at an earlier time.
    fileprivate func earlier(by span: Int64) -> Timeline.Entry {
        Timeline.Entry(
            at: Moment(
                wall: at.wall.advanced(byMicroseconds: -span),
                boot: BootInstant(microsecondsSinceBoot: at.boot.microsecondsSinceBoot - span)),
            bootID: bootID, event: event)
    }
}
