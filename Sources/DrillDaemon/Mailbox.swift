import CalendarTime
import DrillRuns
import Drills
import Faults
import Synchronization

/// A run as those see it who want something of it: its state and the time.
struct RunView: Sendable {
    let run: DrillRun
    let now: Moment
    /// What came back about its pages and is recorded already.
    let deliveries: Set<String>
}

/// What reaches a run from outside, one thing at a time.
struct Letter: Sendable {
    /// Makes the event when its turn comes, so that it is judged by the state of that moment.
    let event: @Sendable (RunView) -> RunEvent?
    /// Told once the event is recorded; nil if there was none.
    let recorded: (@Sendable (RunEvent?) -> Void)?
}

/// The letters that a run has not read yet; one reader, many writers.
final class Mailbox: Sendable {
    private struct Letters {
        var waiting: [Letter] = []
        var isClosed = false
    }

    private let letters = Mutex(Letters())
    private let bell = Bell()

    /// Puts a letter in; false if the run has ended and reads no more.
    @discardableResult
    func post(_ letter: Letter) async -> Bool {
        let isTaken = letters.withLock { letters in
            guard !letters.isClosed else { return false }
            letters.waiting.append(letter)
            return true
        }
        if isTaken { await bell.ring() }
        return isTaken
    }

    /// The next letter; nil when the time has come first.
    func next(until deadline: BootInstant?) async -> Letter? {
        if let letter = take() { return letter }
        let rest = deadline.map { Duration.microseconds($0 - MachineClock.bootNow()) }
        await bell.wait(upTo: rest)
        return take()
    }

    /// Takes no more letters and gives back those that nobody read.
    func close() -> [Letter] {
        letters.withLock { letters in
            letters.isClosed = true
            defer { letters.waiting = [] }
            return letters.waiting
        }
    }

    private func take() -> Letter? {
        letters.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }
}
