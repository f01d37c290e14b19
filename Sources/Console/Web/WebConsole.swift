import CalendarTime
import ControlAPI
import Drills
import Glibc
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The pages of the console: what they show is asked of the daemon, what they send is asked of it too.
///
/// As a service it keeps the page that everybody looks at up to date; the servers bring the requests.
package final class WebConsole: Service {
    /// Who is in the console.
    package let sessions: ConsoleSessions
    let names: HostNames
    let clock: @Sendable () -> Moment
    let pages: Pages
    let picture: LivePicture
    let feed = LiveFeed()
    let recent = RecentMarkup()
    let logger = Logger(label: "drilld.console")
    private let answer: ControlServer.Answer

    /// A console before a daemon.
    ///
    /// - Parameters:
    ///   - address: where people reach the console, if a proxy stands before it; scheme, host and port.
    ///   - zone: in which times are shown.
    ///   - clock: the daemon's clocks.
    /// - Throws: what is wrong with a template.
    package init(
        sessions: ConsoleSessions, address: String? = nil, zone: TimeZoneRules = .utc,
        clock: @escaping @Sendable () -> Moment, answer: @escaping ControlServer.Answer
    ) throws {
        self.sessions = sessions
        names = HostNames(address: address)
        self.clock = clock
        self.answer = answer
        pages = Pages(templates: try PageTemplates(), zone: zone)
        let own = Peer(uid: getuid(), gid: getgid(), pid: getpid(), login: "console")
        picture = LivePicture { try await answer($0, own) }
    }

    /// Keeps the page that everybody looks at up to date, until the graceful shutdown begins.
    package func run() async throws {
        let watch = LiveWatch(picture: picture, feed: feed) { [pages, clock] sight in
            pages.now(sight, at: clock())
        }
        await cancelWhenGracefulShutdown { await watch.run() }
        feed.end()
    }

    /// Answers one request of a browser.
    func respond(
        to request: Request, from arrival: Arrival, on channel: any NIOCore.Channel,
        with writer: consuming ResponseWriter
    ) async throws {
        let visit = Visit(request, arrival, sessions, names, now: clock())
        if visit.route == .events, visit.problem == nil {
            return try await stream(to: visit, on: channel, with: writer)
        }
        let reply = await reply(to: visit, on: channel)
        let closing = ClosingTime(of: channel, after: arrival.limits.write)
        defer { closing.cancel() }
        try await writer.write(response: reply.head, body: ResponseBody(byteBuffer: reply.body))
        if reply.closes { ClosingTime.hangUp(channel) }
    }

    /// Asks the daemon on behalf of somebody.
    func ask<Reply>(
        _ request: ControlRequest, as peer: Peer, for type: Reply.Type
    ) async throws -> Reply {
        guard let reply = try await answer(request, peer) as? Reply else {
            throw Refusal(.failed, ["the daemon answered something else than was asked"])
        }
        return reply
    }

    private func reply(to visit: Visit, on channel: any NIOCore.Channel) async -> WebReply {
        let reply = await judged(visit, on: channel)
        // A body that nobody reads could come for ever.
        return visit.request.bringsBody && !visit.hasForm ? reply.closing() : reply
    }

    private func judged(_ visit: Visit, on channel: any NIOCore.Channel) async -> WebReply {
        do {
            if let problem = visit.problem { throw problem }
            let reply = try await reply(to: visit.route, of: visit, on: channel)
            guard let secret = visit.newSecret else { return reply }
            return reply.settingCookie(secret, isSecure: visit.isEncrypted)
        } catch let problem as WebProblem {
            return refused(problem, to: visit)
        } catch {
            return refused(Refusal(of: error), to: visit)
        }
    }

    private func refused(_ problem: WebProblem, to visit: Visit) -> WebReply {
        let reply = page(
            visit, pages.message(problem.title, reasons: ["\(problem)"]), title: problem.title,
            status: problem.status)
        switch problem {
        case .bodyTooLarge, .brokenBody: return reply.closing()
        case .wrongMethod: return reply.closing().allowing("GET, POST")
        default: return reply
        }
    }

    private func refused(_ refusal: Refusal, to visit: Visit) -> WebReply {
        let title = refusal.status == .notFound ? "Not found" : "Not done"
        return page(
            visit, pages.message(title, reasons: refusal.reasons), title: title,
            status: refusal.status.rawValue)
    }
}

/// One request, who it is from and where it goes.
struct Visit: Sendable {
    let request: Request
    let arrival: Arrival
    let route: WebRoute
    let now: Moment
    let isEncrypted: Bool
    let session: ConsoleSession?
    /// Of a session that was opened just now.
    let newSecret: String?
    /// Why it gets nothing of what it asks for.
    let problem: WebProblem?

    init(
        _ request: Request, _ arrival: Arrival, _ sessions: ConsoleSessions, _ names: HostNames,
        now: Moment
    ) {
        self.request = request
        self.arrival = arrival
        self.now = now
        isEncrypted = names.isEncrypted(request)
        let asked = Result { () throws(WebProblem) in
            try names.check(request, arrival)
            return try WebRoute(request)
        }
        guard case .success(let route) = asked else {
            (self.route, session, newSecret) = (.home, nil, nil)
            problem = if case .failure(let problem) = asked { problem } else { nil }
            return
        }
        self.route = route
        let known = SessionCookie.secret(in: request.headers)
            .flatMap { sessions.session(of: $0, now: now.boot) }
        switch arrival {
        case .process(let peer) where known?.peer.uid != peer.uid && !route.isOpen:
            // The kernel says who it is; the session is there for what forms need.
            let secret = sessions.open(for: peer, now: now.boot)
            newSecret = secret
            session = sessions.session(of: secret, now: now.boot)
        default:
            newSecret = nil
            session = known
        }
        problem =
            session == nil && !route.isOpen ? .noSession : SameOrigin.problem(of: request)
    }

    /// Whether its body is read: only forms that are let in have one.
    var hasForm: Bool { problem == nil && request.method == .post }

    /// Whose questions the daemon answers.
    func peer() throws(WebProblem) -> Peer {
        guard let session else { throw .noSession }
        return session.peer
    }
}
