import CalendarTime
import FoundationEssentials
import Glibc

/// The two clocks of this machine and the identity of its boot.
package enum MachineClock {
    /// What both clocks show now.
    package static func now() -> Moment {
        Moment(
            wall: WallInstant(microsecondsSinceEpoch: microseconds(of: CLOCK_REALTIME)),
            boot: bootNow())
    }

    /// What the clock that never steps shows now.
    package static func bootNow() -> BootInstant {
        BootInstant(microsecondsSinceBoot: microseconds(of: CLOCK_BOOTTIME))
    }

    /// The kernel's name for this boot; `unknown` where `/proc` is not mounted.
    package static let bootID: String = {
        // Without /proc all boots look alike, so a deadline of another boot is taken by wall time.
        guard let data = try? Data(contentsOf: URL(filePath: "/proc/sys/kernel/random/boot_id"))
        else { return "unknown" }
        return String(decoding: data, as: UTF8.self).filter { !$0.isWhitespace }
    }()

    private static func microseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
