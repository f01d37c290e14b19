import CSystemd
import Glibc

/// Tells the service manager how this service is doing, over `NOTIFY_SOCKET`.
///
/// Without a service manager every call does nothing.
package struct ServiceNotifier: Sendable {
    /// How often ``petWatchdog()`` has to be called: half of `WatchdogSec=`; nil when nobody watches.
    package let watchdogInterval: Duration?

    /// Reads from the environment whether somebody listens and watches.
    package init() {
        var microseconds: UInt64 = 0
        let watched = sd_watchdog_enabled(0, &microseconds) > 0
        watchdogInterval = watched ? .microseconds(Int64(microseconds / 2)) : nil
    }

    /// Says that the service is up, or back from a reload.
    package func ready(status: String) {
        notify(["READY=1", "STATUS=\(Self.oneLine(status))"])
    }

    /// Says that the configuration is being read again; ends with ``ready(status:)``.
    package func reloading() {
        notify(["RELOADING=1", "MONOTONIC_USEC=\(Self.monotonicMicroseconds())"])
    }

    /// Says that the service is on its way out.
    package func stopping() {
        notify(["STOPPING=1"])
    }

    /// Sets the line that `systemctl status` shows.
    package func status(_ text: String) {
        notify(["STATUS=\(Self.oneLine(text))"])
    }

    /// Says that the loop which does the work still turns; call it from nowhere else.
    package func petWatchdog() {
        notify(["WATCHDOG=1"])
    }

    // A status that cannot be delivered changes nothing about the work, and the service manager has
    // its own time-outs for READY and WATCHDOG.
    private func notify(_ assignments: [String]) {
        _ = sd_notify(0, assignments.joined(separator: "\n"))
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    private static func monotonicMicroseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
    }
}
