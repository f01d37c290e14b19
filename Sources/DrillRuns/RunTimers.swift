import CalendarTime
import Drills

/// What a run means to do later, by boot time; small enough for a sorted array.
struct RunTimers: Sendable {
    /// Something that time itself brings about.
    enum Task: Hashable, Sendable {
        case inject(FaultName)
        /// The fault has lived as long as it may.
        case expire(FaultName)
        case page(PageName)
        /// Comms held back a page to the next level until now.
        case escalatedPage(PageName, PersonName)
        /// A page is posted again on purpose; counted from 1.
        case repeatPage(PageName, number: Int)
        /// A page resolves by itself.
        case endPage(PageName)
        /// Services would soon forget the pages that still fire.
        case refreshPages
        case scriptedAck(PageName, PersonName)
        case probe(ProbeName)
        case steady
        case checkAbort(condition: Int)
        /// The run has taken as long as it may.
        case deadline
        /// No answer came to a revert.
        case revertGrace
    }

    /// A task and when it falls due.
    struct Entry: Sendable {
        let at: BootInstant
        let task: Task
    }

    /// Sorted by time; equal times keep the order they were added in.
    private var entries: [Entry] = []

    /// When the earliest task falls due.
    var next: BootInstant? { entries.first?.at }

    /// Puts a task in.
    mutating func add(_ task: Task, at instant: BootInstant) {
        let place = entries.firstIndex { $0.at > instant } ?? entries.endIndex
        entries.insert(Entry(at: instant, task: task), at: place)
    }

    /// Takes out the earliest task if it is due.
    mutating func popDue(at now: BootInstant) -> Entry? {
        guard let first = entries.first, first.at <= now else { return nil }
        return entries.removeFirst()
    }

    /// Whether a task is still to come.
    func contains(_ task: Task) -> Bool {
        entries.contains { $0.task == task }
    }

    /// Takes out the due tasks that `isWanted` picks, the earliest first.
    mutating func takeDue(at now: BootInstant, where isWanted: (Task) -> Bool) -> [Task] {
        let due = entries.filter { $0.at <= now && isWanted($0.task) }.map(\.task)
        entries.removeAll { $0.at <= now && isWanted($0.task) }
        return due
    }

    /// Drops the tasks that no longer make sense.
    mutating func cancel(where isObsolete: (Task) -> Bool) {
        entries.removeAll { isObsolete($0.task) }
    }
}

extension RunTimers.Task {
    /// Whether it begins something that people or the target would notice.
    var begins: Bool {
        switch self {
        case .inject, .page, .escalatedPage, .repeatPage, .scriptedAck: true
        case .expire, .endPage, .refreshPages, .probe, .steady, .checkAbort, .deadline,
            .revertGrace:
            false
        }
    }
}
