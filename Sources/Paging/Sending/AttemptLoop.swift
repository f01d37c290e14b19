import CalendarTime
import Drills

/// Tries to hand one page over until a service takes it, refuses it, or the attempts are used up.
struct AttemptLoop {
    /// One try, given the wall time at which it begins.
    typealias Attempt = @Sendable (WallInstant) async -> AttemptOutcome

    let channel: Channel
    let step: PageOrder.Step
    let time: PagingTime
    let gates: ChannelGates

    /// What became of it; it is tried no more as soon as nobody wants it.
    func run(_ attempt: Attempt, while isWanted: @Sendable () -> Bool) async -> Receipt {
        var tries = Tries()
        while true {
            if let span = await gates.enter(channel, for: step) {
                tries.outcome = shut(for: span, after: tries.outcome)
                break
            }
            guard isWanted() else {
                tries.outcome = over(after: tries.outcome)
                break
            }
            tries.begin = tries.begin ?? time.elapsed()
            tries.count += 1
            let outcome = await attempt(time.wall())
            tries.outcome = outcome
            tries.report = outcome.report
            guard let pause = await pause(after: outcome, tries.count), await waited(pause)
            else { break }
        }
        return receipt(tries)
    }

    /// How long to wait before the next attempt; nil: there is none.
    ///
    /// Whatever the service asks for holds for all pages of the channel.
    private func pause(after outcome: AttemptOutcome, _ number: Int) async -> Duration? {
        guard let pause = outcome.retry else { return nil }
        if let asked = pause.asked { await gates.hold(channel.name, for: asked) }
        guard number < max(1, channel.attempts) else { return nil }
        // What is longer than anybody waits is the gate's to refuse.
        let isBearable = (pause.asked ?? .zero) <= ChannelGates.longestWait
        return isBearable ? pause.delay(afterAttempt: number) : .zero
    }

    /// False when the task was cancelled meanwhile.
    private func waited(_ delay: Duration) async -> Bool {
        // The only error of a sleep is that it was cancelled.
        (try? await time.sleep(delay)) != nil
    }

    private func shut(for span: Duration, after last: AttemptOutcome?) -> AttemptOutcome {
        let rest = TimeSpan.seconds((span.microseconds + 999_999) / 1_000_000)
        let limit = TimeSpan(microseconds: ChannelGates.longestWait.microseconds)
        let reason =
            "the service wants to be left alone for \(rest), and a page waits \(limit) at most"
        return .failed(
            [last?.reason, reason].compactMap(\.self).joined(separator: "; "), retry: nil)
    }

    private func over(after last: AttemptOutcome?) -> AttemptOutcome {
        guard let reason = last?.reason else {
            return .rejected("it was over before it could be handed over")
        }
        return .failed("\(reason); not tried again, since the page is over", retry: nil)
    }

    private func receipt(_ tries: Tries) -> Receipt {
        let taken = tries.begin.map { (time.elapsed() - $0).microseconds } ?? 0
        let outcome = tries.outcome ?? .rejected("it was not tried")
        return Receipt(
            channel: channel.name, verdict: outcome.verdict, attempts: tries.count,
            microseconds: taken, reference: outcome.reference, report: tries.report)
    }

    /// The attempts so far.
    private struct Tries {
        var count = 0
        var begin: Duration?
        var outcome: AttemptOutcome?
        /// What the hook said last.
        var report: HookReport?
    }
}

/// What one attempt brought.
enum AttemptOutcome: Hashable, Sendable {
    /// The service has the page, and may have given it a name.
    case accepted(reference: String?)
    /// The service refuses it for good.
    case rejected(String)
    /// No answer or a passing trouble; nil: not to be tried again, since it may have arrived.
    case failed(String, retry: RetryPause?)
    /// A hook was called.
    case called(HookReport)
}

extension AttemptOutcome {
    /// How long to wait before trying again; nil: it is not to be tried again.
    var retry: RetryPause? {
        switch self {
        case .accepted, .rejected: nil
        case .failed(_, let pause): pause
        case .called(let report): report.wantsRetry ? RetryPause(asked: nil) : nil
        }
    }

    /// What it means for the page if nothing follows.
    var verdict: Receipt.Verdict {
        switch self {
        case .accepted: .accepted
        case .rejected(let reason): .rejected(reason: reason)
        case .failed(let reason, _): .lost(reason: reason)
        case .called(let report): Receipt.Verdict(report)
        }
    }

    /// Why the page is not there; nil if it is.
    var reason: String? {
        switch verdict {
        case .accepted: nil
        case .rejected(let reason), .lost(let reason): reason
        }
    }

    fileprivate var reference: String? {
        guard case .accepted(let name) = self else { return nil }
        return name
    }

    fileprivate var report: HookReport? {
        guard case .called(let report) = self else { return nil }
        return report
    }
}

/// How long to wait before the next attempt.
struct RetryPause: Hashable, Sendable {
    /// What the service asked for.
    let asked: Duration?

    /// Half a second, doubled with each attempt up to 30 s; longer if the service asks for it.
    ///
    /// There is no chance in it: a channel has its own gate, so no two senders fall into step.
    func delay(afterAttempt number: Int) -> Duration {
        let doubled = Duration.milliseconds(500) * (1 << min(max(number - 1, 0), 6))
        return max(min(doubled, .seconds(30)), asked ?? .zero)
    }
}
