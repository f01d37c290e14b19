import Drills
import Faults
import Paging

/// Pages the one on call first about a fault that may still be in place, over all channels of its drill.
///
/// It is no part of the drill: what a cycle does to comms or to people does not hold here, and nothing is scored.
struct LeakPager: Sendable {
    let pager: Pager
    let agent: AgentClient
    /// `DRILL_CTL` and `DRILL_SOCKET`, for channels that are hooks.
    let environment: [String: String]
    /// Names the next call of a hook.
    let nextCall: @Sendable () async -> CommandID

    /// Hands the page over; each answer is told as it comes.
    func page(
        _ fault: FaultID, _ reason: String, of plan: RunPlan,
        answered: @escaping @Sendable (Receipt) async -> Void
    ) async {
        await withDiscardingTaskGroup { tasks in
            for channel in plan.channels {
                let message = PageMessage(
                    leaked: fault, reason: reason, of: plan, over: channel.name)
                tasks.addTask { await answered(await send(message, of: plan, over: channel)) }
            }
        }
    }

    /// Tells the channels that took the page that it is over; those that could not be told, with what they said.
    func resolve(
        _ fault: FaultID, of plan: RunPlan, takenBy channels: Set<ChannelName>
    ) async -> [Receipt] {
        await withTaskGroup(of: Receipt?.self) { tasks in
            for channel in plan.channels where channels.contains(channel.name) {
                let message = PageMessage(leaked: fault, reason: "", of: plan, over: channel.name)
                tasks.addTask { await pager.resolve(message, over: channel) }
            }
            return await tasks.reduce(into: []) { failed, receipt in
                if let receipt, !receipt.wasAccepted { failed.append(receipt) }
            }
        }
    }

    private func send(
        _ message: PageMessage, of plan: RunPlan, over channel: Channel
    ) async -> Receipt {
        guard case .exec(let command, let parameters) = channel.service else {
            return await pager.send(message, over: channel)
        }
        let record = CommandRecord(
            id: await nextCall(), run: plan.run, target: plan.target, command: command,
            parameters: parameters,
            environment: environment.merging(message.variables) { _, new in new },
            timeout: channel.timeout)
        return await pager.send(by: { await agent.run(record) }, over: channel)
    }
}
