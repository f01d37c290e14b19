import FoundationEssentials
import Glibc

/// A program in a process group of its own, with bytes on its input and a bounded look at its output.
///
/// Not `Faults`' supervised call, which kills what a program leaves behind: mail programs hand the message to
/// a child of theirs and end, and that child has to live. Only when it takes too long the whole tree dies.
struct ChildProcess {
    let path: String
    let arguments: [String]

    /// How it ended, and the first bytes of what it printed.
    struct Ending: Sendable {
        let kind: Kind
        let output: [UInt8]

        enum Kind: Hashable, Sendable {
            case exited(Int32)
            case signalled(Int32)
            case notStarted(String)
        }
    }

    /// Runs to the end; blocks the thread. The tree is killed when the sign is raised.
    func run(input: [UInt8], stop: StopSign) -> Ending {
        var near: [Int32] = [-1, -1]
        // One socket for both directions: writing to a program that is gone must raise no signal.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &near) == 0 else {
            return failure(errno)
        }
        defer { close(near[0]) }
        for end in near { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (pid, status) = start(stream: near[1])
        close(near[1])
        guard status == 0 else { return failure(status) }
        _ = fcntl(near[0], F_SETFL, O_NONBLOCK)
        return ProcessWait(pid: pid, stream: near[0], input: input).untilGone(stop)
    }

    private func failure(_ number: Int32) -> Ending {
        Ending(kind: .notStarted(String(cString: strerror(number))), output: [])
    }

    private func start(stream: Int32) -> (pid: pid_t, error: Int32) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for end in 0...2 as ClosedRange<Int32> {
            posix_spawn_file_actions_adddup2(&actions, stream, end)
        }
        // Whatever else is open here is none of its business, and would stay open as long as it lives.
        // Closing what is not open is no error.
        for other in 3...max(3, Self.highestDescriptor() + 32) {
            posix_spawn_file_actions_addclose(&actions, other)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return spawn(actions, attributes)
    }

    private static func highestDescriptor() -> Int32 {
        // Without /proc the usual few are closed.
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return names?.compactMap { Int32($0) }.max() ?? 255
    }

    private func spawn(
        _ actions: posix_spawn_file_actions_t, _ attributes: posix_spawnattr_t
    ) -> (pid: pid_t, error: Int32) {
        let words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        let environment: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) }
        defer { for word in words + environment { free(word) } }
        var pid: pid_t = 0
        var (actions, attributes) = (actions, attributes)
        let error = posix_spawn(
            &pid, path, &actions, &attributes, words + [nil], environment + [nil])
        return (pid, error)
    }

    private static let environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"]
}

/// Feeds a program, listens to it, and waits until it is gone.
private struct ProcessWait {
    let pid: pid_t
    let stream: Int32
    let input: [UInt8]
    private var sent = 0
    private var output: [UInt8] = []

    init(pid: pid_t, stream: Int32, input: [UInt8]) {
        self.pid = pid
        self.stream = stream
        self.input = input
    }

    consuming func untilGone(_ stop: StopSign) -> ChildProcess.Ending {
        var isOpen = true
        while true {
            var status: Int32 = 0
            let gone = waitpid(pid, &status, WNOHANG)
            if isOpen { isOpen = exchange() }
            if gone == pid { return ending(status) }
            if gone < 0, errno != EINTR { return ending(0) }
            if stop.isRaised { ProcessTree.kill(pid) }
            pause(isOpen)
        }
    }

    /// Waits a little for something to do; nobody can tell a thread that a child has ended.
    private func pause(_ isOpen: Bool) {
        let wants = sent < input.count ? POLLIN | POLLOUT : POLLIN
        var ready = pollfd(fd: isOpen ? stream : -1, events: Int16(wants), revents: 0)
        poll(&ready, 1, isOpen ? 20 : 2)
    }

    /// Writes and reads what goes without waiting; false when the other side is closed.
    private mutating func exchange() -> Bool {
        if sent < input.count {
            let count = input.withUnsafeBytes {
                send(
                    stream, $0.baseAddress.map { $0 + sent }, input.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count }
            if sent == input.count { shutdown(stream, Int32(SHUT_WR)) }
        }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(stream, &buffer, buffer.count, 0)
            guard count > 0 else { return count < 0 && errno == EAGAIN }
            output.append(contentsOf: buffer.prefix(min(count, Self.kept - output.count)))
        }
    }

    private func ending(_ status: Int32) -> ChildProcess.Ending {
        let signal = status & 0x7F
        return ChildProcess.Ending(
            kind: signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal), output: output)
    }

    private static let kept = 4_096
}
