import Foundation
import Glibc
import Systemd
import Testing

// The environment belongs to the whole process: everything that reads or sets it stands here, in order.
@Suite("A supervised service", .serialized)
struct SupervisionTests {
    @Test("tells its state in the words of sd_notify(3)")
    func messages() throws {
        let socket = try NotifySocket()
        setenv("NOTIFY_SOCKET", socket.path, 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        let notifier = ServiceNotifier()
        notifier.ready(status: "3 drills planned")
        #expect(socket.received() == ["READY=1", "STATUS=3 drills planned"])
        notifier.status("two\nlines")
        #expect(socket.received() == ["STATUS=two lines"])
        notifier.petWatchdog()
        #expect(socket.received() == ["WATCHDOG=1"])
        notifier.stopping()
        #expect(socket.received() == ["STOPPING=1"])
        #expect(socket.received() == nil)
    }

    @Test("says since when it reloads, on the monotonic clock")
    func reloading() throws {
        let socket = try NotifySocket()
        setenv("NOTIFY_SOCKET", socket.path, 1)
        defer { unsetenv("NOTIFY_SOCKET") }
        let before = try monotonicMicroseconds()
        ServiceNotifier().reloading()
        let after = try monotonicMicroseconds()
        let lines = try #require(socket.received())
        #expect(lines.first == "RELOADING=1")
        let word = try #require(lines.last?.split(separator: "=").last)
        let stamp = try #require(UInt64(word))
        #expect((before...after).contains(stamp))
    }

    @Test("is silent where nobody listens")
    func unsupervised() {
        unsetenv("NOTIFY_SOCKET")
        unsetenv("WATCHDOG_USEC")
        let notifier = ServiceNotifier()
        notifier.ready(status: "up")
        #expect(notifier.watchdogInterval == nil)
    }

    @Test("pets the watchdog twice in its time")
    func watchdog() {
        setenv("WATCHDOG_USEC", "30000000", 1)
        defer { unsetenv("WATCHDOG_USEC") }
        #expect(ServiceNotifier().watchdogInterval == .seconds(15))
    }

    @Test("ignores a watchdog that is meant for another process")
    func foreignWatchdog() {
        setenv("WATCHDOG_USEC", "30000000", 1)
        setenv("WATCHDOG_PID", "1", 1)
        defer {
            unsetenv("WATCHDOG_USEC")
            unsetenv("WATCHDOG_PID")
        }
        #expect(ServiceNotifier().watchdogInterval == nil)
    }

    @Test("has no sockets when it was started by hand")
    func noSockets() throws {
        #expect(try Activation.listenSockets().isEmpty)
    }

    @Test("refuses a list of sockets that systemd did not write")
    func malformedSockets() {
        setenv("LISTEN_PID", String(getpid()), 1)
        setenv("LISTEN_FDS", "many", 1)
        defer {
            unsetenv("LISTEN_PID")
            unsetenv("LISTEN_FDS")
        }
        #expect(throws: SystemdError.system(call: "sd_listen_fds", errno: EINVAL)) {
            try Activation.listenSockets()
        }
    }

    @Test("finds its credentials")
    func credentials() {
        #expect(Activation.credentialsDirectory == nil)
        setenv("CREDENTIALS_DIRECTORY", "/run/credentials/drilld.service", 1)
        defer { unsetenv("CREDENTIALS_DIRECTORY") }
        #expect(Activation.credentialsDirectory == "/run/credentials/drilld.service")
    }

    @Test("knows its boot by 32 hexadecimal digits that stay the same")
    func boot() throws {
        let id = try Boot.id()
        #expect(id.count == 32 && id.allSatisfy(\.isHexDigit))
        #expect(try Boot.id() == id)
    }

    private func monotonicMicroseconds() throws -> UInt64 {
        var time = timespec()
        try #require(clock_gettime(CLOCK_MONOTONIC, &time) == 0)
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
    }
}
