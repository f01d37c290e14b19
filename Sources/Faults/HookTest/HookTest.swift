import CalendarTime
import Drills

/// Proves that a fault's hook keeps the contract: kills its inject at random moments and sees whether
/// the revert restores what `check` printed before.
package struct HookTest: Sendable {
    private let hook: AdmittedHook
    private let command: HookCommand
    private let parameters: [Parameter]
    private let target: Target
    private let hooks: FaultHooks
    private let rounds: Int
    private let seed: UInt64

    /// A test of a hook against a target, with that many killed injections.
    package init(
        command: HookCommand, parameters: [Parameter], target: Target, hooks: FaultHooks,
        rounds: Int, seed: UInt64
    ) throws(HookRefusal) {
        hook = try hooks.hookGuard.admit(command)
        self.command = command
        self.parameters = parameters
        self.target = target
        self.hooks = hooks
        self.rounds = rounds
        self.seed = seed
    }

    /// Runs all cases; each starts and must end with the same fingerprint.
    ///
    /// - Parameter tell: hears of each case as soon as it has ended.
    package func run(tell: (HookTestResult.Case) -> Void = { _ in }) async -> HookTestResult {
        var cases: [HookTestResult.Case] = []
        func add(_ finished: HookTestResult.Case) {
            cases.append(finished)
            tell(finished)
        }
        let before = await call(.check)
        if let fingerprint = before.fingerprint {
            add(await neverRan(fingerprint))
            let (whole, duration) = await ran(times: 1, "injected once", fingerprint)
            add(whole)
            add(await ran(times: 2, "injected twice", fingerprint).0)
            var moments = KillMoments(seed: seed, longest: duration)
            for round in 1...max(1, rounds) {
                add(await killed(round, after: moments.next(), fingerprint))
            }
        } else {
            add(.init(name: "check", failure: "check: \(before.ending)", killedAt: nil))
        }
        return HookTestResult(hook: command.hook, seed: seed, cases: cases)
    }

    private func neverRan(_ fingerprint: String) async -> HookTestResult.Case {
        .init(name: "never injected", failure: await revertTwice(fingerprint), killedAt: nil)
    }

    private func ran(
        times: Int, _ name: String, _ fingerprint: String
    ) async -> (HookTestResult.Case, TimeSpan) {
        var failure: String?
        var longest: Int64 = 0
        for _ in 0..<times {
            let report = await call(.inject)
            longest = max(longest, report.microseconds)
            if report.doesNotApply { failure = "inject: does not apply here (exit 77)" }
            if !report.succeeded { failure = failure ?? "inject: \(report.ending)" }
        }
        if failure == nil, await call(.check).fingerprint == fingerprint {
            failure = "check prints the same after the injection as before it"
        }
        let revert = await revertTwice(fingerprint)
        return (
            .init(name: name, failure: failure ?? revert, killedAt: nil),
            .init(microseconds: longest)
        )
    }

    private func killed(
        _ round: Int, after moment: TimeSpan, _ fingerprint: String
    ) async -> HookTestResult.Case {
        // No time to end in peace: this is what a power cut or an out-of-memory kill does.
        _ = await call(.inject, timeout: moment, grace: .zero)
        return .init(
            name: "inject killed \(round)", failure: await revertTwice(fingerprint),
            killedAt: moment)
    }

    /// What is wrong after each of two reverts; nil if nothing is.
    private func revertTwice(_ fingerprint: String) async -> String? {
        for which in ["first", "second"] {
            let revert = await call(.revert)
            guard revert.succeeded || revert.doesNotApply else {
                return "\(which) revert: \(revert.ending)"
            }
            let check = await call(.check)
            guard check.fingerprint == fingerprint else {
                let after = check.fingerprint ?? "\(check.ending)"
                return "after the \(which) revert check prints '\(after.prefix(100))' "
                    + "instead of '\(fingerprint.prefix(100))'"
            }
        }
        return nil
    }

    private func call(
        _ verb: HookVerb, timeout: TimeSpan? = nil, grace: TimeSpan = .milliseconds(250)
    ) async -> HookReport {
        await hooks.call(verb, of: record, timeout: timeout, grace: grace)
    }

    private var record: ArmedRecord {
        let plan = FaultPlan(
            name: "hook-test", hook: command, parameters: parameters, start: .zero,
            duration: .minutes(5), touches: [], outlivesDaemon: false)
        return ArmedRecord(
            run: "hook-test", plan: plan, target: target, hook: hook, armedAt: MachineClock.now(),
            bootID: MachineClock.bootID, armedBy: "drillctl")
    }
}

/// The moments at which injections are killed, the same for the same seed.
package struct KillMoments {
    private var state: UInt64
    private let longest: UInt64

    /// Draws for an injection that takes so long when nobody kills it.
    package init(seed: UInt64, longest: TimeSpan) {
        state = seed
        self.longest = UInt64(max(longest.microseconds, 1_000))
    }

    /// Between the start of an injection and a little after its usual end.
    package mutating func next() -> TimeSpan {
        // SplitMix64: one addition and three mixing steps give well spread draws from any seed.
        state &+= 0x9e37_79b9_7f4a_7c15
        var draw = state
        draw = (draw ^ (draw >> 30)) &* 0xbf58_476d_1ce4_e5b9
        draw = (draw ^ (draw >> 27)) &* 0x94d0_49bb_1331_11eb
        draw ^= draw >> 31
        return TimeSpan(microseconds: Int64(draw % (longest + longest / 8)))
    }
}
