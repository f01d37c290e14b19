import CSupervisor
import CalendarTime
import Dispatch
import Drills
import Glibc

/// A running call: the pipes to its supervisor and the state of its end.
struct SupervisedCall {
    private let process: HookProcess
    private let supervisor: pid_t
    private let output: Descriptor
    private let control: Descriptor
    private let report: Descriptor
    private let started: BootInstant
    private var keeper: OutputKeeper
    private var stage: Stage

    private enum Stage {
        case running(until: BootInstant)
        /// TERM was sent.
        case ending(HookReport.Ending, until: BootInstant)
        /// KILL was sent; a process in an uninterruptible call may still stay.
        case killing(HookReport.Ending, until: BootInstant)
    }

    init(_ process: HookProcess) throws {
        let output = try Descriptor.pipe()
        let control = try Descriptor.pipe()
        let report = try Descriptor.pipe()
        started = MachineClock.bootNow()
        supervisor = try CStrings.withArrays(
            [process.path] + process.arguments,
            process.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        ) { arguments, environment in
            try Supervisors.start {
                let started = supervisor_start(
                    process.path, arguments, environment, process.folder, output.writing.number,
                    control.reading.number, report.writing.number)
                guard started > 0 else { throw SystemError(-started, "start \(process.path)") }
                return started
            }
        }
        self.process = process
        self.output = output.reading
        self.control = control.writing
        self.report = report.reading
        self.output.makeNonBlocking()
        keeper = OutputKeeper(redactor: process.redactor)
        stage = .running(until: started.advanced(by: process.timeout))
    }

    /// Waits for the end of the tree, reading all its output away.
    mutating func wait(stop: StopFlag) throws -> HookReport {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 8)
        defer { buffer.deallocate() }
        var stopNumber = stop.number
        var outputNumber = output.number
        while true {
            var waiting = [
                pollfd(fd: report.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: outputNumber, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stopNumber, events: Int16(POLLIN), revents: 0),
            ]
            poll(&waiting, 3, millisecondsLeft)
            if waiting[1].revents != 0, !drain(buffer, atMost: 16) { outputNumber = -1 }
            if waiting[0].revents != 0 { return try finish(buffer) }
            if waiting[2].revents != 0 {
                stopNumber = -1
                end(.stopped)
            }
            if let lost = advance() { return lost }
        }
    }

    /// Rounded up, so that the loop does not spin through the last millisecond.
    private var millisecondsLeft: Int32 {
        let until =
            switch stage {
            case .running(let until), .ending(_, let until), .killing(_, let until): until
            }
        return Int32(clamping: until.span(since: MachineClock.bootNow()).microseconds / 1_000 + 1)
    }

    private mutating func end(_ ending: HookReport.Ending) {
        guard case .running = stage else { return }
        control.writeByte(UInt8(ascii: "T"))
        stage = .ending(ending, until: MachineClock.bootNow().advanced(by: process.grace))
    }

    /// Takes the next step of an end whose time has come; a report if even KILL did not help.
    private mutating func advance() -> HookReport? {
        let now = MachineClock.bootNow()
        switch stage {
        case .running(let until) where until <= now: end(.timedOut)
        case .ending(let ending, let until) where until <= now:
            control.writeByte(UInt8(ascii: "K"))
            stage = .killing(ending, until: now.advanced(by: .seconds(10)))
        case .killing(_, let until) where until <= now:
            return keeper.report(
                .lost(reason: "the kernel did not end its processes within 10s of KILL"),
                microseconds: now - started)
        default: break
        }
        return nil
    }

    /// Reads at most that many buffers, so that a flood cannot hide the deadline; false at the end.
    private mutating func drain(_ buffer: UnsafeMutableRawBufferPointer, atMost rounds: Int) -> Bool
    {
        for _ in 0..<rounds {
            let count = Glibc.read(output.number, buffer.baseAddress, buffer.count)
            if count == 0 { return false }
            guard count > 0 else { return errno == EAGAIN || errno == EINTR }
            if keeper.total == 0 { process.firstOutput?.hit() }
            keeper.take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return true
    }

    private mutating func finish(_ buffer: UnsafeMutableRawBufferPointer) throws -> HookReport {
        var answer = supervisor_report()
        let count = Glibc.read(report.number, &answer, MemoryLayout<supervisor_report>.size)
        let ended = MachineClock.bootNow()
        let wasKilled = count != MemoryLayout<supervisor_report>.size
        if wasKilled {
            // Its children are ours once it is gone altogether. Whatever of them stays, the call counts as lost.
            Supervisors.reap(supervisor)
            _ = Supervisors.endOrphans()
        } else {
            reap()
        }
        // A pipe holds 64 KiB unless someone made it larger; nobody writes to it any more.
        _ = drain(buffer, atMost: 64)
        guard !wasKilled else {
            return keeper.report(
                .lost(reason: "its supervisor was killed"), microseconds: ended - started)
        }
        if answer.kind == Int32(SUPERVISOR_NOT_STARTED) {
            throw SystemError(answer.value, "start \(process.path)")
        }
        return keeper.report(ending(status: answer.value), microseconds: ended - started)
    }

    /// Nothing of the hook is left once its supervisor has told so; only this one is still to go.
    private func reap() {
        let supervisor = supervisor
        DispatchQueue.global().async { Supervisors.reap(supervisor) }
    }

    private func ending(status: Int32) -> HookReport.Ending {
        switch stage {
        case .ending(let ending, _), .killing(let ending, _): ending
        case .running where status & 0x7f == 0: .exited(status: status >> 8 & 0xff)
        case .running: .signalled(signal: status & 0x7f)
        }
    }
}

/// Arrays of C strings for the time of a call.
enum CStrings {
    typealias Array = UnsafePointer<UnsafeMutablePointer<CChar>?>

    static func withArrays<Result>(
        _ first: [String], _ second: [String], _ body: (Array, Array) throws -> Result
    ) rethrows -> Result {
        let pointers = [first, second].map { strings in strings.map { strdup($0) } + [nil] }
        defer { pointers.joined().forEach { free($0) } }
        return try pointers[0].withUnsafeBufferPointer { first in
            try pointers[1].withUnsafeBufferPointer { second in
                guard let first = first.baseAddress, let second = second.baseAddress else {
                    preconditionFailure("an array that ends in nil has a first element")
                }
                return try body(first, second)
            }
        }
    }
}
