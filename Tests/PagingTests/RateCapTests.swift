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
