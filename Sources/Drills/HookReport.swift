import CalendarTime

/// What became of one call of a hook: evidence, never a judgement.
package struct HookReport: Hashable, Sendable, Codable {
    package let ending: Ending
    /// From the start of the process to the end of its whole tree, in microseconds of boot time.
    package let microseconds: Int64
    /// The first bytes of the output, at most ``maximumOutput``, with secrets removed.
    package let output: String
    /// All bytes the hook wrote, kept or not.
    package let outputBytes: Int64
    /// SHA-256 of the kept output in hexadecimal, computed after secrets were removed.
    package let outputHash: String

    /// How a call ended.
    package enum Ending: Hashable, Sendable, Codable {
        case exited(status: Int32)
        case signalled(signal: Int32)
        /// The deadline passed; the whole process tree was killed.
        case timedOut
        /// Stopped on purpose, for example by an abort; the whole process tree was killed.
        case stopped
        /// Never started: the guard that refused it, in words.
        case refused(reason: String)
        /// The answer was lost, for example because the agent died. It may have run or not.
        case lost(reason: String)
    }

    /// The most bytes of output that are kept.
    package static let maximumOutput = 64 * 1024

    /// A finished call.
    package init(
        ending: Ending, microseconds: Int64, output: String, outputBytes: Int64, outputHash: String
    ) {
        self.ending = ending
        self.microseconds = microseconds
        self.output = output
        self.outputBytes = outputBytes
        self.outputHash = outputHash
    }

    /// A call that left nothing but the way it ended.
    package init(_ ending: Ending) {
        self.init(ending: ending, microseconds: 0, output: "", outputBytes: 0, outputHash: "")
    }

    /// Whether the hook said it did what it was asked to.
    package var succeeded: Bool { ending == .exited(status: 0) }

    /// Whether the hook said it does not apply here (status 77).
    package var doesNotApply: Bool { ending == .exited(status: 77) }

    /// Whether the hook asked to be called again (status 75).
    package var wantsRetry: Bool { ending == .exited(status: 75) }
}

extension HookReport.Ending: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exited(let status): "exit \(status)"
        case .signalled(let signal): "killed by signal \(signal)"
        case .timedOut: "timed out"
        case .stopped: "stopped"
        case .refused(let reason): "refused: \(reason)"
        case .lost(let reason): "answer lost: \(reason)"
        }
    }
}
