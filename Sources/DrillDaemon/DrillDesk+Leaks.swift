import Drills
import Faults
import Paging
import Systemd

/// After the third failed revert a person is paged, and told when the fault is gone (rule 8 of guaranteed revert).
extension DrillDesk {
    /// Pages about what the agent told, or says that such a page is over; channels may take their time.
    func page(about notice: AgentNotice) async {
        switch notice {
        case .leaked(let fault, let reason): await pageLeak(of: fault, reason)
        // Whoever was not reached when it became known is tried again as often as the revert is.
        case .attemptFailed(let fault, let attempt, let reason, _):
            // The agent counts on where a full disk keeps the count from being stored.
            if BackOff.isLeaked(afterFailures: attempt) { await pageLeak(of: fault, reason) }
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
    private func pageLeak(of fault: FaultID, _ reason: String) async {
        guard leakPages[fault] == nil else { return }
        leakPages[fault] = []
        do {
            leakPages[fault] = try await takersOnRecord(of: fault)
            if leakPages[fault]?.isEmpty == false { return }
            try await page(fault, reason)
            guard leakPages[fault]?.isEmpty == false else {
                leakPages[fault] = nil
                return
            }
            // Gone while the page was on its way: whoever got it is told.
            if store.entry(of: fault) == nil { await resolveLeak(of: fault) }
        } catch let silence as LeakSilence {
            // Nothing changes that for this fault, so it is said once.
            complain("nobody is paged about fault \(fault): \(silence)", fault, .critical)
        } catch {
            leakPages[fault] = nil
            complain("nobody was paged about fault \(fault): \(error)", fault, .critical)
        }
    }

    private func page(_ fault: FaultID, _ reason: String) async throws {
        guard let plan = try await plan(of: fault) else { throw LeakSilence.noPlan }
        guard !plan.channels.isEmpty else { throw LeakSilence.noChannel }
        await leakPager.page(fault, reason, of: plan) { receipt in
            await self.note(receipt, fault, plan.roster.firstOnCall)
        }
    }

    private func note(_ receipt: Receipt, _ fault: FaultID, _ person: PersonName) async {
        if receipt.wasAccepted, let channel = receipt.channel {
            leakPages[fault, default: []].insert(channel)
        }
        await record(
            .leakPaged(fault: fault, person: person, receipt: receipt),
            priority: receipt.wasAccepted ? .warning : .critical, fields: [.fault: fault.text])
    }

    /// Tells whoever was paged that a fault is gone.
    func resolveLeak(of fault: FaultID) async {
        let taken = leakPages.removeValue(forKey: fault) ?? []
        do {
            let channels = try await taken.union(takersOnRecord(of: fault))
            guard !channels.isEmpty, let plan = try await plan(of: fault) else { return }
            for receipt in await leakPager.resolve(fault, of: plan, takenBy: channels) {
                complain(
                    "the page about fault \(fault) was not resolved: \(receipt.sentence)", fault)
            }
        } catch {
            complain("the page about fault \(fault) was not resolved: \(error)", fault)
        }
    }

    private func takersOnRecord(of fault: FaultID) async throws -> Set<ChannelName> {
        Set(
            try await ledger.reader.leakReceipts(of: fault).filter(\.wasAccepted)
                .compactMap(\.channel))
    }

    private func complain(
        _ words: String, _ fault: FaultID, _ priority: Journal.Priority = .warning
    ) {
        journal.write(words, priority: priority, fields: [.fault: fault.text])
    }

    /// Short whatever the fault is called: the agent takes no longer name.
    private func nextCall() -> CommandID {
        leakCalls += 1
        return CommandID("leak-page-\(leakCalls)")
    }

    private var leakPager: LeakPager {
        LeakPager(
            pager: pager, agent: agent,
            environment: [
                "DRILL_CTL": configuration.controlProgram, "DRILL_SOCKET": configuration.socket,
            ], nextCall: { await self.nextCall() })
    }

    /// The plan of the run that a fault belongs to, as it was recorded.
    private func plan(of fault: FaultID) async throws -> RunPlan? {
        let run = store.entry(of: fault)?.record?.run ?? fault.run
        return try await ledger.reader.timeline(of: run).plan
    }
}

/// Why nobody can be paged about a fault.
private enum LeakSilence: Error, CustomStringConvertible {
    case noPlan
    case noChannel

    var description: String {
        switch self {
        case .noPlan: "its run is not on the record"
        case .noChannel: "its drill has no channel"
        }
    }
}

extension FaultID {
    /// The run by the name alone, for a fault whose record is damaged or gone.
    fileprivate var run: RunID {
        RunID(text.split(separator: ".").dropLast().joined(separator: "."))
    }
}
