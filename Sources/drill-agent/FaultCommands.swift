import ArgumentParser
import CalendarTime
import Drills
import Faults
import Glibc

extension Name: ExpressibleByArgument where Subject == RunPlan.LiveFault {
    /// Reads a fault's identifier from the command line.
    package init?(argument: String) {
        self.init(checking: argument)
    }
}

/// Injects an armed fault, held by whatever reverts it in the end.
struct Inject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inject", abstract: "Inject an armed fault.")

    @OptionGroup var places: Places
    @Argument(help: "The fault, such as rollback-staging-3.latency.") var fault: FaultID

    func run() async throws {
        let hooks = try places.hooks()
        let deadManSwitch = try SystemdSwitch(places: places)
        let (outcome, report) = await Injector(hooks: hooks, deadManSwitch: deadManSwitch)
            .inject(fault)
        print("\(fault): \(outcome.words)")
        if !report.output.isEmpty { print(report.output) }
        if outcome != .injected { throw ExitCode(1) }
    }
}

/// Makes one attempt to revert a fault.
struct Revert: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert",
        abstract: "Revert a fault, if it is armed, and see whether it is gone.")

    @OptionGroup var places: Places
    @Argument(help: "The fault, such as rollback-staging-3.latency.") var fault: FaultID

    func run() async throws {
        let attempt = await Reverter(hooks: try places.hooks()).attempt(fault)
        print("\(fault): \(attempt.words)")
        if !attempt.isVerified { throw leakedStatus }
    }
}

/// Reverts what nobody holds any more.
struct Recover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Revert each armed fault of another boot, and each that nothing holds.")

    @OptionGroup var places: Places
    @Flag(help: "Revert the faults that are held as well.") var all = false

    func run() async throws {
        let hooks = try places.hooks()
        let reverter = Reverter(hooks: hooks)
        let deadManSwitch = SystemdSwitch.ifBooted(places: places)
        var due: [FaultID] = []
        let entries = try hooks.store.entries()
        for entry in entries {
            let isOfThisBoot = entry.record?.bootID == MachineClock.bootID
            if !all, isOfThisBoot, await deadManSwitch.isHeld(entry.fault) { continue }
            due.append(entry.fault)
        }
        // The one armed last comes first on each target; a revert that hangs holds up no other target.
        let groups = Dictionary(grouping: due) { fault in
            entries.first { $0.fault == fault }?.record?.target.name
        }
        let areGone = await withTaskGroup(of: Bool.self) { tasks in
            for group in groups.values { tasks.addTask { await revert(group, with: reverter) } }
            return await tasks.reduce(true) { $0 && $1 }
        }
        if !areGone { throw leakedStatus }
    }

    /// Makes one attempt for each; false if one is not known to be gone.
    private func revert(_ faults: [FaultID], with reverter: Reverter) async -> Bool {
        var areGone = true
        for fault in faults {
            let attempt = await reverter.attempt(fault)
            print("\(fault): \(attempt.words)")
            if !attempt.isVerified { areGone = false }
        }
        return areGone
    }
}

/// Lists the armed faults.
struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the armed faults.")

    @OptionGroup var places: Places

    func run() throws {
        let now = MachineClock.now()
        for entry in try ArmedStore(folder: places.folder).entries() {
            let isOverdue = entry.record?.isOverdue(at: now, bootID: MachineClock.bootID) ?? true
            let status = FaultStatus(entry, isOwed: isOverdue)
            let fields = [status.state.rawValue, entry.fault.text, status.target?.text ?? "-"]
            print((fields + (status.reason.map { [$0] } ?? [])).joined(separator: "\t"))
        }
    }
}

/// Does nothing for as long as a fault may live: the process of its hold unit.
struct Hold: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Wait for a signal; the unit around it reverts the fault when it ends.")

    @OptionGroup var places: Places
    @Argument(help: "The fault that is held.") var fault: FaultID

    func run() throws {
        // systemd may start this again with the daemon that it is bound to, when the fault is gone.
        guard try ArmedStore(folder: places.folder).entry(of: fault) != nil else { return }
        while true { pause() }
    }
}

extension InjectOutcome {
    /// The outcome in words.
    fileprivate var words: String {
        switch self {
        case .injected: "injected"
        case .skipped: "does not apply here"
        case .failed(let reason): "failed: \(reason)"
        case .unknown(let reason): "may be injected: \(reason)"
        }
    }
}

extension RevertAttempt {
    /// The attempt in words.
    fileprivate var words: String {
        switch outcome {
        case .verified where number == 0: "not armed"
        case .verified: "reverted and verified"
        case .failed(let reason): "attempt \(number) failed: \(reason)"
        }
    }
}
