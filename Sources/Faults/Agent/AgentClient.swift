import CalendarTime
import Dispatch
import Drills
import Failpoints
import Synchronization

/// Speaks to an agent. A lost answer is a value; the next request connects again.
package final class AgentClient: Sendable {
    private let commands: CommandStore
    private let role: AgentRole
    private let lease: TimeSpan
    private let open: @Sendable () throws -> LineStream
    private let state = Mutex(State())
    private let connecting = Mutex(())
    private let noticeFeed: AsyncStream<AgentNotice>.Continuation

    /// What the agent tells without being asked; the last 1000 are kept for a slow reader.
    package let notices: AsyncStream<AgentNotice>

    private struct State {
        var stream: LineStream?
        var lastID: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<AgentReply, Never>] = [:]
        /// Plain hooks that are to be stopped, until they have ended.
        var calledOff: Set<CommandID> = []
    }

    /// A client of the agent that works on a state folder; `open` connects to it, starting it if need be.
    package init(
        folder: StateFolder, role: AgentRole, lease: TimeSpan = .seconds(15),
        open: @escaping @Sendable () throws -> LineStream
    ) {
        commands = CommandStore(folder: folder)
        self.role = role
        self.lease = lease
        self.open = open
        (notices, noticeFeed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1000))
    }

    /// A client of the agent at a UNIX socket.
    package convenience init(
        folder: StateFolder, role: AgentRole, lease: TimeSpan = .seconds(15), socket: String
    ) {
        self.init(folder: folder, role: role, lease: lease) {
            let number = try UnixSocket.connect(to: socket)
            return LineStream(reading: number, writing: number)
        }
    }

    deinit { close() }

    /// Ends the connection. If this is the daemon's, its faults are reverted.
    package func close() {
        state.withLock { $0.stream }?.close()
        noticeFeed.finish()
    }

    /// Renews the daemon's lease; false if the agent gave no answer, and then its faults are being reverted.
    package func renewLease(within patience: TimeSpan) async -> Bool {
        await ask(.lease, timeout: patience) == .done
    }
}

// What can be asked.
extension AgentClient {
    /// Injects an armed fault. Without an answer it counts as injected.
    package func inject(_ fault: FaultID, timeout: TimeSpan = .minutes(3)) async -> (
        InjectOutcome, HookReport
    ) {
        switch await ask(.inject(fault: fault), timeout: timeout) {
        case .injected(let outcome, let report): return (outcome, report)
        case let other:
            let reason = other.unexpected
            return (.unknown(reason: reason), HookReport(.lost(reason: reason)))
        }
    }

    /// Makes one attempt to revert a fault; the agent goes on by itself if it fails.
    package func revert(_ fault: FaultID, timeout: TimeSpan = .minutes(5)) async -> (
        outcome: RevertOutcome, attempt: Int, report: HookReport
    ) {
        switch await ask(.revert(fault: fault), timeout: timeout) {
        case .reverted(let outcome, let attempt, let report): return (outcome, attempt, report)
        case let other:
            let reason = other.unexpected
            return (.failed(reason: reason), 0, HookReport(.lost(reason: reason)))
        }
    }

    /// Runs `check` of an armed fault's hook.
    package func check(_ fault: FaultID, timeout: TimeSpan = .minutes(2)) async -> HookReport {
        await report(of: .check(fault: fault), timeout: timeout)
    }

    /// Runs a plain hook. Cancelling the task stops it.
    package func run(_ record: CommandRecord) async -> HookReport {
        do {
            try commands.put(record)
        } catch {
            return HookReport(.refused(reason: "the command cannot be stored: \(error)"))
        }
        let patience = TimeSpan(
            microseconds: record.timeout.microseconds.addingReportingOverflow(30_000_000)
                .partialValue)
        let answer = await withTaskCancellationHandler {
            // Whoever stops it from here on, the agent knows of it or does not find its record.
            guard !isCalledOff(record.id) else { return HookReport(.stopped) }
            return await report(of: .run(command: record.id), timeout: patience)
        } onCancel: {
            callOff(record.id)
            Task { await self.stop(record.id) }
        }
        commands.discard(record.id)
        let wasCalledOff = state.withLock { $0.calledOff.remove(record.id) != nil }
        if wasCalledOff, case .refused = answer.ending { return HookReport(.stopped) }
        return answer
    }

    private func isCalledOff(_ command: CommandID) -> Bool {
        state.withLock { $0.calledOff.contains(command) }
    }

    private func callOff(_ command: CommandID) {
        state.withLock { _ = $0.calledOff.insert(command) }
    }

    /// Ends a running hook; its `run` returns with the ending `stopped`. False if it was not running.
    @discardableResult
    package func stop(_ command: CommandID) async -> Bool {
        callOff(command)
        return await ask(.stop(command: command), timeout: .seconds(10)) == .done
    }

    /// All armed faults; throws if the agent does not answer.
    package func status() async throws -> [FaultStatus] {
        try faults(in: await ask(.status, timeout: .seconds(10)))
    }

    /// Reverts all armed faults but these, once each; returns what is left.
    package func revertAll(
        keeping kept: [FaultID] = [], timeout: TimeSpan = .minutes(10)
    ) async throws -> [FaultStatus] {
        try faults(in: await ask(.revertAll(keeping: kept), timeout: timeout))
    }

    private func faults(in reply: AgentReply) throws -> [FaultStatus] {
        guard case .status(let faults) = reply else { throw AgentSilence(reason: reply.unexpected) }
        return faults
    }

    private func report(of request: AgentRequest.Body, timeout: TimeSpan) async -> HookReport {
        switch await ask(request, timeout: timeout) {
        case .finished(let report): report
        case .refused(let reason): HookReport(.refused(reason: reason))
        case let other: HookReport(.lost(reason: other.unexpected))
        }
    }
}

// How it is asked.
extension AgentClient {
    private func ask(_ body: AgentRequest.Body, timeout: TimeSpan) async -> AgentReply {
        await withCheckedContinuation { continuation in
            do {
                let stream = try connected()
                let id = state.withLock { state in
                    state.lastID += 1
                    state.waiting[state.lastID] = continuation
                    return state.lastID
                }
                stream.send(try Text.json(AgentRequest(id: id, body: body)))
                if case .inject = body { Failpoint.daemonAfterInjectRequest.hit() }
                giveUp(on: id, after: timeout)
                // The connection may have ended before the question was noted down.
                if state.withLock({ $0.stream !== stream }) { answer(id, .lost(reason: Self.gone)) }
            } catch {
                continuation.resume(returning: .lost(reason: "\(error)"))
            }
        }
    }

    private static let gone = "the agent closed the connection"

    /// One caller at a time connects, so that no two agents are started.
    private func connected() throws -> LineStream {
        try connecting.withLock { _ in
            if let stream = state.withLock({ $0.stream }) { return stream }
            return try connect()
        }
    }

    private func connect() throws -> LineStream {
        let stream = try open()
        let hello = AgentRequest(id: 0, body: .hello(role: role, lease: lease))
        stream.send(try Text.json(hello))
        state.withLock { $0.stream = stream }
        stream.read(
            use: { [weak self] line in self?.take(line, from: stream) },
            ended: { [weak self] in self?.lost(stream) })
        return stream
    }

    private func take(_ line: [UInt8], from stream: LineStream) {
        switch try? Text.parse(AgentMessage.self, line) {
        case .reply(let id, let body): answer(id, body)
        case .notice(let notice): noticeFeed.yield(notice)
        case nil: stream.close()
        }
    }

    private func answer(_ id: UInt64, _ reply: AgentReply) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: reply)
    }

    private func giveUp(on id: UInt64, after timeout: TimeSpan) {
        let microseconds = Int(clamping: min(timeout, .minutes(60 * 24)).microseconds)
        DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(microseconds)) {
            [weak self] in
            self?.answer(id, .lost(reason: "the agent did not answer in time"))
        }
    }

    private func lost(_ stream: LineStream) {
        let waiting = state.withLock { state in
            guard state.stream === stream else { return [CheckedContinuation<AgentReply, Never>]() }
            defer { state.waiting = [:] }
            state.stream = nil
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: .lost(reason: Self.gone)) }
    }
}

extension AgentReply {
    /// What a reply says that is not the one that was asked for.
    fileprivate var unexpected: String {
        switch self {
        case .lost(let reason), .refused(let reason): reason
        default: "the agent answered another question"
        }
    }
}

/// The agent could not be asked.
package struct AgentSilence: Error, Hashable, CustomStringConvertible {
    package let reason: String

    package var description: String { "the agent gave no answer: \(reason)" }
}
