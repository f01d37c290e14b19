import CalendarTime
import Drills
import Failpoints

/// Runs checked hooks: as processes of our own, or each in a unit of its own.
package protocol HookRunner: Sendable {
    /// Makes a call and waits until nothing of it is left; cancelling the task stops it.
    func run(_ call: HookCall) async -> HookReport
    /// Ends what still runs of a fault's hook, or of that verb; false if something would not end.
    func endCalls(of fault: FaultID, verb: HookVerb?) async -> Bool
}

/// One call of a hook, in records and references: it holds no secret.
package struct HookCall: Hashable, Sendable, Codable {
    package let work: Work
    /// The file, which the guard admitted.
    package let path: String
    package let timeout: TimeSpan
    /// How long the tree has between TERM and KILL.
    package let grace: TimeSpan

    /// What is called.
    package enum Work: Hashable, Sendable, Codable {
        case verb(HookVerb, ArmedRecord)
        case command(CommandRecord)
    }

    /// A call that has not been made yet.
    package init(work: Work, path: String, timeout: TimeSpan, grace: TimeSpan) {
        self.work = work
        self.path = path
        self.timeout = timeout
        self.grace = grace
    }

    /// The fault whose hook it is; nil for a plain hook.
    package var fault: FaultID? {
        guard case .verb(_, let record) = work else { return nil }
        return record.fault
    }
}

/// Runs hooks as processes of this one.
package struct ProcessRunner: HookRunner {
    private let folder: StateFolder
    private let credentials: CredentialFolder

    /// A runner for the faults and commands of a state folder.
    package init(folder: StateFolder, credentials: CredentialFolder) {
        self.folder = folder
        self.credentials = credentials
    }

    package func run(_ call: HookCall) async -> HookReport {
        do {
            return try await process(of: call).run()
        } catch {
            return HookReport(.refused(reason: error.description))
        }
    }

    package func endCalls(of fault: FaultID, verb: HookVerb?) async -> Bool {
        folder.tag(of: fault).endProcesses(running: verb)
    }

    private func process(of call: HookCall) throws(HookRefusal) -> HookProcess {
        switch call.work {
        case .verb(let verb, let record):
            let tag = folder.tag(of: record.fault)
            var environment = HookEnvironment(record, verb: verb, tag: tag)
            let redactor = try environment.add(
                record.plan.parameters, credentials: credentials,
                mayLack: verb != .inject && record.fingerprint != nil)
            return HookProcess(
                path: call.path, arguments: [verb.rawValue] + record.plan.hook.arguments,
                environment: environment.values, folder: tag.folder, timeout: call.timeout,
                redactor: redactor, grace: call.grace,
                firstOutput: verb == .inject ? .agentDuringInject : nil)
        case .command(let record):
            let deadline = MachineClock.now().wall.advanced(by: call.timeout)
            var environment = HookEnvironment(
                run: record.run, target: record.target, deadline: deadline)
            try environment.add(record.environment)
            let redactor = try environment.add(record.parameters, credentials: credentials)
            return HookProcess(
                path: call.path, arguments: record.command.arguments,
                environment: environment.values, timeout: call.timeout, redactor: redactor,
                grace: call.grace)
        }
    }
}
