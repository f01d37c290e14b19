import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("The rate cap of a channel", .timeLimit(.minutes(1)))
struct RateCapTests {
    @Test("lets so many pages through in any minute, and the rest later in their order")
    func slidingWindow() async throws {
        let sink = try Sink()
        defer { sink.close() }
        let clock = ManualClock()
        let channel = Channel.sample(
            .webhook(.init(url: sink.url, key: nil, signingKey: nil)), pagesPerMinute: 2)
        try await withPager(clock: clock) { pager in
            await withTaskGroup(of: Void.self) { group in
                func post(_ page: PageName) {
                    group.addTask { _ = await pager.send(.sample(page), over: channel) }
                }
                post("a")
                _ = await sink.requests(1)
                clock.advance(by: .seconds(20))
                post("b")
                _ = await sink.requests(2)
                post("c")
                await clock.sleeper(of: .seconds(40))
                post("d")
                clock.advance(by: .seconds(39))
                #expect(sink.requests.count == 2)
                clock.advance(by: .seconds(1))
                _ = await sink.requests(3)
                await clock.pass(.seconds(20))
                _ = await sink.requests(4)
            }
        }
        let pages = try sink.requests.map { try JSON($0.body)["page"]?.string }
        #expect(pages == ["a", "b", "c", "d"])
    }

    @Test("counts each attempt, not only the first")
    func retries() async throws {
        let sink = try Sink(.answer(500), .answer(200))
        defer { sink.close() }
        let clock = ManualClock()
        let endpoint = Channel.Endpoint(url: sink.url, key: nil, signingKey: nil)
        let channel = Channel.sample(.webhook(endpoint), pagesPerMinute: 1, attempts: 2)
        let receipt = try await withPager(clock: clock) { pager in
            async let receipt = pager.send(.sample(), over: channel)
            await clock.pass(.milliseconds(500))
            await clock.pass(.milliseconds(59_500))
            return await receipt
        }
        #expect(receipt.wasAccepted && receipt.attempts == 2)
    }

    @Test("holds all pages back while the service wants to be left alone, and no resolve")
    func notBefore() async throws {
        let sink = try Sink(.answer(503, headers: ["Retry-After: 40"]), .answer(200))
        defer { sink.close() }
        let clock = ManualClock()
        let endpoint = Channel.Endpoint(url: sink.url, key: nil, signingKey: nil)
        let channel = Channel.sample(.alertmanager(endpoint))
        try await withPager(clock: clock) { pager in
            #expect(await pager.send(.sample("a"), over: channel).attempts == 1)
            async let page = pager.send(.sample("b"), over: channel)
            await clock.sleeper(of: .seconds(40))
            async let refresh = pager.refresh(.sample("a"), over: channel)
            #expect(await pager.resolve(.sample("a"), over: channel)?.wasAccepted == true)
            #expect(sink.requests.count == 2)
            clock.advance(by: .seconds(39))
            await clock.pass(.seconds(1))
            let receipts = [await page, await refresh]
            #expect(receipts.map(\.wasAccepted) == [true, true])
        }
    }

    @Test("turns away what would have to wait for longer than a minute, and says so")
    func shut() async throws {
        let sink = try Sink(.answer(429, headers: ["Retry-After: 600"]))
        defer { sink.close() }
        let endpoint = Channel.Endpoint(url: sink.url, key: nil, signingKey: nil)
        let channel = Channel.sample(.webhook(endpoint))
        try await withPager { pager in
            _ = await pager.send(.sample("a"), over: channel)
            let receipt = await pager.send(.sample("b"), over: channel)
            #expect(
                receipt.reason
                    == "lost: the service wants to be left alone for 10min, "
                    + "and a page waits 1min at most")
            #expect(receipt.attempts == 0)
        }
        #expect(sink.requests.count == 1)
    }

    @Test("holds back neither a refresh nor a resolve, which page nobody")
    func refreshAndResolve() async throws {
        let sink = try Sink()
        defer { sink.close() }
        let channel = Channel.sample(
            .alertmanager(.init(url: sink.url, key: nil, signingKey: nil)), pagesPerMinute: 1)
        try await withPager { pager in
            for _ in 0..<3 { #expect(await pager.refresh(.sample(), over: channel).wasAccepted) }
            #expect(await pager.send(.sample(), over: channel).wasAccepted)
            #expect(await pager.resolve(.sample(), over: channel)?.wasAccepted == true)
        }
    }

    @Test("is one for each channel")
    func perChannel() async throws {
        let sink = try Sink()
        defer { sink.close() }
        try await withPager { pager in
            for name: ChannelName in ["one", "two"] {
                let channel = Channel(
                    name: name, service: .webhook(.init(url: sink.url, key: nil, signingKey: nil)),
                    timeout: .seconds(5), pagesPerMinute: 1, attempts: 1, routing: nil)
                #expect(await pager.send(.sample(), over: channel).wasAccepted)
            }
        }
    }
}
