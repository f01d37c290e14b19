import Drills

extension Timeline {
    /// Whether a channel tells whom it told: it did so in this run, or the calendar says how it proves what it sends.
    ///
    /// An ack that comes back says nothing of the kind.
    func reportsBack(_ channel: Channel) -> Bool {
        channel.service.hasWayBack
            || notifications(over: channel.name).contains { $0.status == .firing }
    }
}

extension Channel.Service {
    /// A webhook of our own form brings acks alone, signed or not.
    fileprivate var hasWayBack: Bool {
        switch self {
        case .alertmanager(let endpoint), .pagerduty(let endpoint): endpoint.signingKey != nil
        case .exec, .email, .slack, .ntfy, .webhook: false
        }
    }
}
