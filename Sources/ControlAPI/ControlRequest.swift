import Drills

/// Everything that can be asked of the daemon; the command line and the console are two faces of it.
package enum ControlRequest: Hashable, Sendable {
    case status
    case drills
    /// The newest runs first.
    case runs(limit: Int)
    case run(RunID)
    /// Entries of a run's timeline after the first `after` ones; waits until there is one or the time is over.
    case events(RunID, after: Int, waitMilliseconds: Int)
    case start(DrillName)
    case ack(RunID, page: PageName, person: PersonName, channel: String)
    case addFollowUp(RunID, FollowUp)
    /// A step of the response; `via` is where it was taken, such as `drillctl` or `console`.
    case act(RunID, ResponseAct, by: PersonName, via: String)
    /// What a link in a page is about; the token names run, page and person and proves itself.
    case pageLink(token: String)
    /// The button behind that link.
    case ackByLink(token: String)
    /// Something a service sent back about the pages of a channel.
    case webhook(ChannelName, Webhook)
    /// A one-time link to the console for whoever asks.
    case openConsole
    case trend
    case abort(RunID, reason: String)
    case halt(reason: String)
    case release(reason: String)
    case arm(TargetName)
    case disarm(TargetName)
    case faults
    case revert(FaultID)
    /// Drops an armed record by hand; `second` is the other person who agrees.
    case forget(FaultID, reason: String, second: PersonName)
    case reload

    /// Whether it only looks.
    package var isRead: Bool {
        switch self {
        case .status, .drills, .runs, .run, .events, .faults, .pageLink, .trend: true
        default: false
        }
    }

    /// Whether it makes things safer; stopping is never gated.
    package var isStop: Bool {
        switch self {
        case .abort, .halt, .disarm, .revert: true
        default: false
        }
    }
}

/// A process at the other end of the socket, as the kernel vouches for it.
package struct Peer: Hashable, Sendable {
    package let uid: UInt32
    package let gid: UInt32
    package let pid: Int32
    /// The login name, or the uid in digits for one without a name.
    package let login: String

    /// A process as the kernel names it.
    package init(uid: UInt32, gid: UInt32, pid: Int32, login: String) {
        self.uid = uid
        self.gid = gid
        self.pid = pid
        self.login = login
    }
}

/// A request as a service sent it, unread: whoever knows the channel proves and reads it.
package struct Webhook: Hashable, Sendable {
    /// Names in lower case; of several with one name, the first.
    package let headers: [String: String]
    package let body: String

    /// A request with its headers.
    package init(headers: [String: String], body: String) {
        self.headers = headers
        self.body = body
    }
}
