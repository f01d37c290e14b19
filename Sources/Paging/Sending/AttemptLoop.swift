import CalendarTime
import Drills

/// Tries to hand one page over until a service takes it, refuses it, or the attempts are used up.
struct AttemptLoop {
    /// One try, given the wall time at which it begins.
    typealias Attempt = @Sendable (WallInstant) async -> AttemptOutcome

    let channel: Channel
    let time: PagingTime

    /// What became of it.
    func run(_ attempt: Attempt) async -> Receipt {
        let begin = time.elapsed()
        var number = 1
        while true {
            let outcome = await attempt(time.wall())
            guard case .failed(_, let pause?) = outcome, number < max(1, channel.attempts),
                await waited(pause.delay(afterAttempt: number))
            else { return receipt(outcome, attempts: number, since: begin) }
            number += 1
        }
    }

    /// False when the task was cancelled meanwhile.
    private func waited(_ delay: Duration) async -> Bool {
        // The only error of a sleep is that it was cancelled.
        (try? await time.sleep(delay)) != nil
    }

    private func receipt(
        _ outcome: AttemptOutcome, attempts: Int, since begin: Duration
    ) -> Receipt {
        let verdict: Receipt.Verdict
        var reference: String?
        switch outcome {
        case .accepted(let name): (verdict, reference) = (.accepted, name)
        case .rejected(let reason): verdict = .rejected(reason: reason)
        case .failed(let reason, _): verdict = .lost(reason: reason)
        }
        return Receipt(
            channel: channel.name, verdict: verdict, attempts: attempts,
            microseconds: (time.elapsed() - begin).microseconds, reference: reference)
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
}

/// How long to wait before the next attempt.
struct RetryPause: Hashable, Sendable {
    /// What the service asked for.
    let asked: Duration?

    /// Half a second, doubled with each attempt up to 30 s; longer if the service asks for it, up to 60 s.
    ///
    /// There is no chance in it: a channel has its own gate, so no two senders fall into step.
    func delay(afterAttempt number: Int) -> Duration {
        let doubled = Duration.milliseconds(500) * (1 << min(max(number - 1, 0), 6))
        return max(min(doubled, .seconds(30)), min(asked ?? .zero, .seconds(60)))
    }
}
