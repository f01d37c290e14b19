import DrillRuns
import Drills
import IncidentCommand

extension DrillRun {
    /// The pages whose channels have not answered, as they are recorded when the run ends before they do.
    var unanswered: [RunEvent] {
        pages.cards.flatMap { card in
            card.deliveries.flatMap { delivery in
                delivery.unanswered.map { channel in
                    .pageSent(
                        page: card.plan.name, person: delivery.person, level: delivery.level,
                        receipt: Receipt(
                            channel: channel,
                            verdict: .lost(reason: "the run ended before it was answered"),
                            attempts: 1, microseconds: 0))
                }
            }
        }
    }
}
