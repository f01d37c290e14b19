import CalendarTime

/// Which drill is due next: a heap over the drills, ordered by the time of their next start.
///
/// Looking takes constant time, taking one off logarithmic time, building linear time. What passed
/// while nobody looked (the daemon was down, the machine asleep) comes out as a backlog, so a start
/// after an outage is an agenda that begins at the last instant known to be handled.
package struct Agenda: Sendable {
    private var drills: [Drill]
    private var frozen: FrozenTimes
    /// A binary heap: no entry is earlier than its parent.
    private var heap: [Entry] = []

    /// The next start of one drill.
    private struct Entry {
        /// Into `drills`, which are sorted by name, so that equal times go by name.
        let drill: Int
        /// All occurrences up to here are dealt with.
        let handled: WallInstant
        let due: WallInstant

        static func < (left: Entry, right: Entry) -> Bool {
            left.due == right.due ? left.drill < right.drill : left.due < right.due
        }
    }

    /// A drill and when it may start next.
    package struct Due: Hashable, Sendable {
        package let drill: DrillName
        package let at: WallInstant
    }

    /// The agenda of these drills from an instant on, which itself is dealt with.
    package init(_ drills: [Drill], freezes: [Freeze], from start: WallInstant) {
        self.drills = drills.sorted { $0.name < $1.name }
        frozen = FrozenTimes(freezes)
        heap = self.drills.indices.compactMap { entry(of: $0, after: start) }
        heapify()
    }

    /// The agenda of the drills that the daemon fires itself.
    package init(_ calendar: DrillCalendar, from start: WallInstant) {
        let drills = calendar.drills.filter { $0.calendar.firedBy == .daemon }
        self.init(drills, freezes: calendar.freezes, from: start)
    }

    /// The next due drill; nil when none will ever be due again.
    package var nextDue: Due? {
        heap.first.map { Due(drill: drills[$0.drill].name, at: $0.due) }
    }

    /// All drills that will be due, the next one first.
    package var upcoming: [Due] {
        heap.sorted { $0 < $1 }.map { Due(drill: drills[$0.drill].name, at: $0.due) }
    }

    /// Takes the next drill off if its time has come, and moves it to its next start.
    package mutating func next(at now: WallInstant) -> Firing? {
        guard let first = heap.first, first.due <= now else { return nil }
        let drill = drills[first.drill]
        let following = drill.nextStart(after: first.due, frozen: frozen)
        guard let following, following <= now else {
            advance(to: following, handled: first.due)
            return firing(of: drill, first.due, nil, at: now)
        }
        let backlog = drill.backlog(after: first.handled, through: now, frozen: frozen)
        let latest = backlog?.latest ?? first.due
        advance(to: drill.nextStart(after: latest, frozen: frozen), handled: latest)
        return firing(of: drill, latest, backlog, at: now)
    }

    private func firing(
        of drill: Drill, _ due: WallInstant, _ backlog: Backlog?, at now: WallInstant
    ) -> Firing {
        Firing(
            drill: drill, scheduled: due, verdict: drill.verdict(on: due, at: now),
            backlog: backlog)
    }
}

// Changes from outside.
extension Agenda {
    /// Takes over new drills and freezes.
    ///
    /// A drill whose schedule stays keeps what is due but not yet taken off; any other begins anew
    /// after now, so that no past occurrence of a changed schedule counts as missed.
    package mutating func reload(
        _ newDrills: [Drill], freezes: [Freeze], at now: WallInstant
    ) {
        let old = Dictionary(heap.map { (drills[$0.drill].name, $0) }) { first, _ in first }
        let oldDrills = drills
        drills = newDrills.sorted { $0.name < $1.name }
        frozen = FrozenTimes(freezes)
        heap = drills.indices.compactMap { index in
            if let entry = old[drills[index].name], entry.due <= now,
                oldDrills[entry.drill].isDueLike(drills[index])
            {
                return Entry(drill: index, handled: entry.handled, due: entry.due)
            }
            return entry(of: index, after: now)
        }
        heapify()
    }

    /// Takes over a new calendar, as ``reload(_:freezes:at:)`` does.
    package mutating func reload(_ calendar: DrillCalendar, at now: WallInstant) {
        let drills = calendar.drills.filter { $0.calendar.firedBy == .daemon }
        reload(drills, freezes: calendar.freezes, at: now)
    }

    /// Begins anew after an instant: the clock was set back, and what it showed before is void.
    package mutating func restart(from now: WallInstant) {
        heap = drills.indices.compactMap { entry(of: $0, after: now) }
        heapify()
    }

    private func entry(of index: Int, after instant: WallInstant) -> Entry? {
        drills[index].nextStart(after: instant, frozen: frozen).map {
            Entry(drill: index, handled: instant, due: $0)
        }
    }
}

extension Drill {
    /// Whether another drill is due at the same times.
    fileprivate func isDueLike(_ other: Drill) -> Bool {
        schedule == other.schedule && everyWeeks == other.everyWeeks
            && calendar.zone == other.calendar.zone
    }
}

// The heap.
extension Agenda {
    /// Moves the first entry to its next start, or drops it when there is none.
    private mutating func advance(to due: WallInstant?, handled: WallInstant) {
        if let due {
            heap[0] = Entry(drill: heap[0].drill, handled: handled, due: due)
        } else {
            heap.swapAt(0, heap.count - 1)
            heap.removeLast()
        }
        siftDown(from: 0)
    }

    private mutating func heapify() {
        for index in heap.indices.prefix(heap.count / 2).reversed() { siftDown(from: index) }
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
