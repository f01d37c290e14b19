import CalendarTime
import Drills
import Foundation
import Paging
import Synchronization
import Testing

@Suite("Another attempt at a page", .timeLimit(.minutes(1)))
struct AttemptTests {
    @Test(
        "is not made early where the service asks for more than a minute: the page is lost",
        arguments: [
            ("61", "1min 1s"), ("3600", "1h"), ("Sat, 21 Nov 2026 23:26:59 GMT", "1d"),
        ])
    func longPause(value: String, words: String) async throws {
        let sink = try Sink(.answer(429, headers: ["Retry-After: \(value)"]), .answer(202))
        defer { sink.close() }
        let receipt = try await withPager {
            await $0.send(.sample(), over: .named("alertmanager", at: sink.url, attempts: 5))
        }
        #expect(
            receipt.reason
                == "lost: answered 429; the service wants to be left alone for \(words), "
                + "and a page waits 1min at most")
        #expect(receipt.attempts == 1)
    }

    @Test("is not made once the page is over")
    func over() async throws {
        for step in ["send", "refresh"] {
            let sink = try Sink(.answer(429, body: "slow down"))
            defer { sink.close() }
            let clock = ManualClock()
            let receipt = try await withPager(clock: clock) { pager in
                let channel = Channel.named("alertmanager", at: sink.url, attempts: 5)
                let isWanted: @Sendable () -> Bool = { clock.now.offset == .zero }
                async let receipt =
                    step == "send"
                    ? pager.send(.sample(), over: channel, while: isWanted)
                    : pager.refresh(.sample(), over: channel, while: isWanted)
                await clock.pass(.milliseconds(500))
                return await receipt
            }
            #expect(
                receipt.reason
                    == "lost: answered 429: slow down; not tried again, since the page is over")
            #expect(receipt.attempts == 1 && sink.requests.count == 1)
        }
    }

    @Test("is not made, nor the first, when the page is over before its turn comes")
    func overBefore() async throws {
        let receipt = try await withPager {
            await $0.send(
                .sample(), over: .named("alertmanager", at: "http://127.0.0.1:1"), while: { false })
        }
        #expect(receipt.reason == "rejected: it was over before it could be handed over")
        #expect(receipt.attempts == 0)
    }

    @Test(
        "is made by a hook as often as the hook asks and the channel allows",
        arguments: [
            ([75, 75, 0], "accepted", 3), ([75], "lost: exit 75", 3),
            ([1, 0], "rejected: exit 1", 1),
        ] as [([Int32], String, Int)])
    func hookAttempts(statuses: [Int32], reason: String, attempts: Int) async throws {
        let hook = ScriptedHook(statuses)
        let clock = ManualClock()
        let receipt = try await withPager(clock: clock) { pager in
            let channel = Channel.sample(
                .exec(command: HookCommand(hook: "hooks/page"), parameters: []), attempts: 3)
            async let receipt = pager.send(by: hook.call, over: channel)
            for number in 1..<attempts { await clock.pass(.milliseconds(500 * number)) }
            return await receipt
        }
        #expect(receipt.reason == reason && receipt.attempts == attempts)
        #expect(receipt.report != nil)
    }
}

/// A hook that ends as it is told, the last of its statuses for ever.
private final class ScriptedHook: Sendable {
    private let statuses: Mutex<[Int32]>

    init(_ statuses: [Int32]) { self.statuses = Mutex(statuses) }

    @Sendable func call() async -> HookReport {
        let status = statuses.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? 0 }
        return HookReport(.exited(status: status))
    }
}
