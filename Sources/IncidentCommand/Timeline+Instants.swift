import CalendarTime
import Drills

extension Timeline {
    /// When each entry was recorded, on the clock of the first boot.
    ///
    /// Across a restart of the machine that clock goes on by the distance on the wall, never backwards.
    package var instants: [BootInstant] {
        var instants: [BootInstant] = []
        var offset: Int64 = 0
        for (index, entry) in entries.enumerated() {
            if index > 0, let last = instants.last, entries[index - 1].bootID != entry.bootID {
                let gap = max(0, entry.at.wall - entries[index - 1].at.wall)
                offset = last.advanced(byMicroseconds: gap) - entry.at.boot
            }
            instants.append(entry.at.boot.advanced(byMicroseconds: offset))
        }
        return instants
    }
}
