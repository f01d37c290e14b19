import Drills
import Samples

/// How the world answers a run: which hooks fail, what the faults do, what else happens.
struct World: Sendable {
    var steadyBefore: Int32 = 0
    var injectStatus: [FaultName: Int32] = [:]
    /// Attempts of a revert that fail before one is verified.
    var failingReverts: [FaultName: Int] = [:]
    var revertsAnswer = true
    var responseStatus: [ResponseName: Int32] = [:]
    var rollbackCures = true
    var channelStatus: Int32 = 0
    /// From this second on the abort condition answers with this status.
    var abort: (from: Int, status: Int32)?
    /// The steady state stays bad after the reverts.
    var staysBroken = false
    /// Events from outside, by second.
    var outside: [(second: Int, event: RunEvent)] = []
    /// How channels answer that do not accept everything.
    var channels: [ChannelName: ChannelAnswer] = [:]
    /// Tries of a step that fail before one works.
    var failingTries: [ResponseName: Int] = [:]
    var failingPreChecks: Set<PreCheck> = []
    /// Pre-checks that nobody said how to make.
    var unknownPreChecks: Set<PreCheck> = []
    /// What people try to do, by second; the run judges it.
    var people: [(second: Double, deed: Deed)] = []
}

/// What a person tries to do.
enum Deed: Sendable {
    case ack(PageName, PersonName)
    case act(ResponseAct, PersonName)
}

/// How a channel answers.
enum ChannelAnswer: Sendable {
    case rejects
    case loses
    /// It never does.
    case stays
}

extension World {
    /// One answer of each channel that answers; a drill without channels has one without a name.
    func receipts(of channels: [ChannelName]) -> [Receipt] {
        guard !channels.isEmpty else {
            return [Receipt(channel: nil, report: .exit(channelStatus))]
        }
        return channels.compactMap { channel in
            switch self.channels[channel] {
            case nil: Receipt(channel: channel, report: .exit(channelStatus))
            case .rejects?: Receipt(channel: channel, report: .exit(1))
            case .loses?: Receipt(channel: channel, report: HookReport(.timedOut))
            case .stays?: nil
            }
        }
    }
}
