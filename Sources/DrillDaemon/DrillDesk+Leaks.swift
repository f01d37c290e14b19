import Drills
import Faults
import Paging

/// After the third failed revert a person is paged, and told when the fault is gone (rule 8 of guaranteed revert).
extension DrillDesk {
    /// Pages about what the agent told, or says that such a page is over; channels may take their time.
    func page(about notice: AgentNotice) async {
        switch notice {
        case .leaked(let fault, let reason): await pageLeak(of: fault, reason)
        // Whoever was not reached when it became known is tried again as often as the revert is.
        case .attemptFailed(let fault, _, let reason, _):
            if store.entry(of: fault)?.isLeaked == true { await pageLeak(of: fault, reason) }
        case .reverted(let fault, _): await resolveLeak(of: fault)
        }
    }

    /// Pages about every fault that is LEAKED already and of which nobody was told.
    func pageLeaksLeft() async {
        // A store that cannot be read keeps drilld from starting; the agent tells what comes later.
        await pageLeaks(((try? store.entries()) ?? []).filter(\.isLeaked))
    }

    /// Pages about those that are still armed of the faults with which a run was closed as leaked.
    func pageLeaks(of timeline: Timeline) async {
        guard let run = timeline.plan?.run, case .leaked(let faults) = timeline.outcome else {
            return
        }
        await pageLeaks(faults.compactMap { store.entry(of: FaultID(run: run, fault: $0)) })
    }

    private func pageLeaks(_ entries: [ArmedEntry]) async {
        for entry in entries {
            await pageLeak(of: entry.fault, entry.reason ?? "its revert was not verified")
        }
    }

    /// Pages about one fault, once: a page that somebody got before the last restart counts.
    func pageLeak(of fault: FaultID, _ reason: String) async {
        guard beginPaging(leak: fault) else { return }
        do {
            if try await ledger.reader.leakReceipts(of: fault).contains(where: \.wasAccepted) {
                return
            }
            guard let plan = try await plan(of: fault), !plan.channels.isEmpty else {
                return journal.write(
                    "nobody is paged about fault \(fault): its drill has no channel",
                    priority: .critical, fields: [.fault: fault.text])
            }
            let receipts = await leakPager.page(fault, reason, of: plan) { receipt in
                await self.record(
                    .leakPaged(fault: fault, person: plan.roster.firstOnCall, receipt: receipt),
                    priority: receipt.wasAccepted ? .warning : .critical,
                    fields: [.fault: fault.text])
            }
            guard receipts.contains(where: \.wasAccepted) else { return endPaging(leak: fault) }
            // Gone while the page was on its way: whoever got it is told.
            if store.entry(of: fault) == nil { await resolveLeak(of: fault) }
        } catch {
            endPaging(leak: fault)
            journal.write(
                "nobody was paged about fault \(fault): \(error)", priority: .critical,
                fields: [.fault: fault.text])
        }
    }

    /// Tells whoever was paged that a fault is gone.
    func resolveLeak(of fault: FaultID) async {
        endPaging(leak: fault)
        do {
            let taken = try await ledger.reader.leakReceipts(of: fault).filter(\.wasAccepted)
            guard !taken.isEmpty, let plan = try await plan(of: fault) else { return }
            let failed = await leakPager.resolve(
                fault, of: plan, takenBy: Set(taken.compactMap(\.channel)))
            for receipt in failed {
                journal.write(
                    "the page about fault \(fault) was not resolved: \(receipt.sentence)",
                    priority: .warning, fields: [.fault: fault.text])
            }
        } catch {
            journal.write(
                "the page about fault \(fault) was not resolved: \(error)", priority: .warning,
                fields: [.fault: fault.text])
        }
    }

    private var leakPager: LeakPager {
        LeakPager(
            pager: pager, agent: agent,
            environment: [
                "DRILL_CTL": configuration.controlProgram, "DRILL_SOCKET": configuration.socket,
            ])
    }

    /// The plan of the run that a fault belongs to, as it was recorded.
    private func plan(of fault: FaultID) async throws -> RunPlan? {
        let run = store.entry(of: fault)?.record?.run ?? fault.run
        return try await ledger.reader.timeline(of: run).plan
    }
}

extension FaultID {
    /// The run by the name alone, for a fault whose record is damaged or gone.
    fileprivate var run: RunID {
        RunID(text.split(separator: ".").dropLast().joined(separator: "."))
    }
}
