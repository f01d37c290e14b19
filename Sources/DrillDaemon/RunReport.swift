import CalendarTime
import Drills
import Systemd

/// Tells the journal what happens in a run: the sentences of the timeline, with fields to select by.
struct RunReport: Sendable {
    private let journal: Journal
    private let plan: RunPlan

    init(_ plan: RunPlan, journal: Journal) {
        self.plan = plan
        self.journal = journal
    }

    /// Writes one event; the polls that only say that nothing changed are left out.
    func say(_ event: RunEvent) {
        guard let priority = event.priority else { return }
        var fields: [Journal.Field: String] = [
            .run: plan.run.text, .name: plan.drill.text, .cycle: "\(plan.cycle)",
            .target: plan.target.name.text,
        ]
        if let fault = event.fault {
            fields[.fault] = FaultID(run: plan.run, fault: fault).text
        }
        if case .closed(let outcome) = event { fields[.result] = outcome.sentence }
        journal.write(
            "\(plan.run): \(event.sentence.printable)", priority: priority, catalog: event.catalog,
            fields: fields)
    }

    /// The ledger could not be written to the end.
    func sayUnrecorded() {
        journal.write(
            "\(plan.run): the ledger could not be written; the next start closes the run",
            priority: .error, fields: [.run: plan.run.text])
    }
}

extension RunEvent {
    fileprivate var priority: Journal.Priority? {
        switch self {
        case .probeFinished(_, .during, _), .abortChecked: nil
        case .injectFinished(_, .failed, _), .injectFinished(_, .unknown, _): .warning
        case .revertFinished(_, .failed, _, _): .error
        case .closed(.leaked): .critical
        case .closed(.failed), .abortRequested, .haltPulled, .interrupted: .warning
        case .opened, .closed: .notice
        default: .info
        }
    }

    fileprivate var catalog: CatalogMessage? {
        switch self {
        case .opened: .runOpened
        case .injectFinished(_, .injected, _), .injectFinished(_, .unknown, _): .faultInjected
        case .revertFinished(_, .verified, _, _): .faultReverted
        case .closed: .runClosed
        default: nil
        }
    }

    fileprivate var fault: FaultName? {
        switch self {
        case .injectFinished(let fault, _, _), .revertFinished(let fault, _, _, _): fault
        default: nil
        }
    }
}
