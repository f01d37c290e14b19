import Drills
import HummingbirdCore

/// The pages and what they send; the one table of their paths.
enum WebRoute: Hashable, Sendable {
    case home, now, calendar, runs, trends
    case run(RunID)
    /// Uses a one-time token up.
    case enter
    /// What stands behind the link in a page, and its button.
    case link(token: String), linkAck(token: String)
    case asset(String)
    case events
    /// Chooses for whom the session acts.
    case person
    case leave
    /// A form that asks something of the daemon; the path is that of the control API.
    case order([String])
    /// What a service sends about the pages of a channel.
    case hook(ChannelName)

    init(_ request: Request) throws(WebProblem) {
        let path = request.uri.path
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let route =
            switch request.method {
            case .get: Self.shown(parts)
            case .post: Self.sent(parts)
            default: throw WebProblem.wrongMethod(request.method.rawValue)
            }
        guard let route else { throw .unknownPage(String(path.prefix(200))) }
        self = route
    }

    private static func shown(_ parts: [String]) -> WebRoute? {
        switch (parts.count, parts.first) {
        case (0, _): .home
        case (1, "now"): .now
        case (1, "calendar"): .calendar
        case (1, "runs"): .runs
        case (2, "runs"): RunID(checking: parts[1]).map(WebRoute.run)
        case (1, "trends"): .trends
        case (1, "enter"): .enter
        case (2, "link"): .link(token: parts[1])
        case (2, "static"): .asset(parts[1])
        case (1, "events"): .events
        default: nil
        }
    }

    private static func sent(_ parts: [String]) -> WebRoute? {
        switch (parts.count, parts.first) {
        case (1, "person"): .person
        case (1, "leave"): .leave
        case (2, "link"): .linkAck(token: parts[1])
        case (2, "hooks"): ChannelName(checking: parts[1]).map(WebRoute.hook)
        case (2..., "do"): .order(Array(parts.dropFirst()))
        default: nil
        }
    }

    /// Whether it is for whoever has the link or the key, without a session.
    var isOpen: Bool {
        switch self {
        case .enter, .link, .linkAck, .asset, .hook: true
        default: false
        }
    }
}
