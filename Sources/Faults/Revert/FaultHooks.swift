import CalendarTime
import Drills
import Failpoints

/// Runs the hooks that records name; what a record says of a hook is checked by the caller.
package struct FaultHooks: Sendable {
    package let store: ArmedStore
    package let hookGuard: HookGuard
    private let runner: any HookRunner
    private let timeouts: HookTimeouts

    /// Hooks of the faults and commands in a store.
    package init(
        store: ArmedStore, hookGuard: HookGuard, runner: any HookRunner,
        timeouts: HookTimeouts = HookTimeouts()
    ) {
        self.store = store
        self.hookGuard = hookGuard
        self.runner = runner
        self.timeouts = timeouts
    }

    /// Runs one verb of a fault's hook to its end.
    func call(
        _ verb: HookVerb, of record: ArmedRecord, timeout: TimeSpan? = nil,
        grace: TimeSpan = .milliseconds(250)
    ) async -> HookReport {
        do {
            try store.folder.prepareFolder(of: record.fault)
        } catch {
            return HookReport(.refused(reason: "\(error)"))
        }
        return await runner.run(
            HookCall(
                work: .verb(verb, record), path: record.hook.path,
                timeout: timeout ?? timeouts[verb], grace: grace))
    }

    /// Ends what still runs of a fault's hook; false if something would not end.
    func endCalls(of fault: FaultID, verb: HookVerb? = nil) async -> Bool {
        await runner.endCalls(of: fault, verb: verb)
    }

    /// Runs a plain hook in the environment that its record describes.
    package func run(_ record: CommandRecord) async -> HookReport {
        do {
            let hook = try hookGuard.admit(record.command)
            return await runner.run(
                HookCall(
                    work: .command(record), path: hook.path, timeout: record.timeout,
                    grace: .milliseconds(250)))
        } catch {
            return HookReport(.refused(reason: error.description))
        }
    }

    /// Runs the plain hook that a command record in the state folder names, once.
    func run(commandOf id: CommandID, in commands: CommandStore) async -> HookReport {
        do {
            guard let record = try commands.take(id) else {
                return HookReport(.refused(reason: "there is no command '\(id)'"))
            }
            return await run(record)
        } catch {
            return HookReport(.refused(reason: "the command '\(id)' cannot be read: \(error)"))
        }
    }
}

/// How long each verb may take.
package struct HookTimeouts: Hashable, Sendable {
    private let inject: TimeSpan
    private let revert: TimeSpan
    private let check: TimeSpan

    /// The time-outs of the verbs.
    package init(
        inject: TimeSpan = .seconds(60), revert: TimeSpan = .seconds(60),
        check: TimeSpan = .seconds(30)
    ) {
        self.inject = inject
        self.revert = revert
        self.check = check
    }

    subscript(verb: HookVerb) -> TimeSpan {
        switch verb {
        case .inject: inject
        case .revert: revert
        case .check, .describe: check
        }
    }
}

extension HookReport {
    /// What `check` printed, short enough for a record; nil if it did not succeed.
    ///
    /// Nor is there one of what was not kept in full or is no text: two states could look the same.
    package var fingerprint: String? {
        guard succeeded, outputBytes <= Int64(Self.maximumOutput), !output.contains("\u{FFFD}")
        else { return nil }
        let text = output.split(separator: "\n").joined(separator: "\n")
        return outputBytes <= 1024 ? text : "sha256:\(outputHash) of \(outputBytes) bytes"
    }
}
