import CalendarTime
import ControlAPI
import Drills
import Synchronization

/// Who is in the console: one-time tokens that let a browser in, and the sessions they opened.
///
/// Secrets are kept as digests only, in memory only: a daemon that starts again knows nobody.
package final class ConsoleSessions: Sendable {
    private struct State {
        var tokens: [TextDigest: (peer: Peer, until: BootInstant)] = [:]
        var sessions: [TextDigest: ConsoleSession] = [:]
        var origin: String?
    }

    /// How long a one-time token lets somebody in.
    package static let tokenLife = TimeSpan.seconds(60)
    /// How long a session lasts.
    package static let sessionLife = TimeSpan.minutes(12 * 60)
    /// Tokens that wait to be used at once; the oldest goes first.
    static let maximumTokens = 64
    /// Sessions of one user at once; the oldest ends first.
    static let maximumSessionsOfUser = 32
    static let maximumSessions = 256

    private let state = Mutex(State())

    /// A console that nobody is in.
    package init() {}

    /// A token that lets whoever shows it first, and in time, act as this peer.
    package func mint(for peer: Peer, now: BootInstant) -> String {
        let token = RandomText.fresh()
        state.withLock { state in
            state.tokens = state.tokens.filter { $0.value.until > now }
            if state.tokens.count >= Self.maximumTokens,
                let oldest = state.tokens.min(by: { $0.value.until < $1.value.until })
            {
                state.tokens[oldest.key] = nil
            }
            state.tokens[TextDigest(token)] = (peer, now.advanced(by: Self.tokenLife))
        }
        return token
    }

    /// A link that opens the console in a browser once; nil while no server for browsers listens.
    ///
    /// - Parameter address: where people reach the console, if that is not where it listens.
    package func openLink(
        for peer: Peer, now: Moment, at address: String? = nil
    ) -> ConsoleLink? {
        guard let origin = state.withLock({ $0.origin }) else { return nil }
        return ConsoleLink(
            url: "\(address ?? origin)/enter?token=\(mint(for: peer, now: now.boot))",
            expires: now.wall.advanced(by: Self.tokenLife))
    }

    /// Where browsers reach the console, such as `http://127.0.0.1:8010`; nil: nowhere.
    package var origin: String? { state.withLock { $0.origin } }

    func listens(at origin: String) {
        state.withLock { $0.origin = origin }
    }

    /// Uses a token up and opens a session; nil if it was used, is too old, or never was.
    func enter(token: String, now: BootInstant) -> String? {
        let entry = state.withLock { $0.tokens.removeValue(forKey: TextDigest(token)) }
        guard let entry, entry.until > now else { return nil }
        return open(for: entry.peer, now: now)
    }

    /// Opens a session; the text goes into the cookie.
    func open(for peer: Peer, now: BootInstant) -> String {
        let secret = RandomText.fresh()
        let session = ConsoleSession(
            id: TextDigest(secret), peer: peer, until: now.advanced(by: Self.sessionLife))
        state.withLock { state in
            state.sessions = state.sessions.filter { $0.value.until > now }
            Self.makeRoom(for: peer, in: &state.sessions)
            state.sessions[session.id] = session
        }
        return secret
    }

    private static func makeRoom(
        for peer: Peer, in sessions: inout [TextDigest: ConsoleSession]
    ) {
        let own = sessions.values.filter { $0.peer.uid == peer.uid }
        let isFull = sessions.count >= maximumSessions
        guard own.count >= maximumSessionsOfUser || isFull else { return }
        let candidates = own.count >= maximumSessionsOfUser ? own : Array(sessions.values)
        if let oldest = candidates.min(by: { $0.until < $1.until }) { sessions[oldest.id] = nil }
    }

    /// The session of a cookie's text, while it lasts.
    func session(of secret: String, now: BootInstant) -> ConsoleSession? {
        let session = state.withLock { $0.sessions[TextDigest(secret)] }
        guard let session, session.until > now else { return nil }
        return session
    }

    /// Whether a session goes on.
    func isOpen(_ id: TextDigest, now: BootInstant) -> Bool {
        guard let session = state.withLock({ $0.sessions[id] }) else { return false }
        return session.until > now
    }

    /// Changes what a session remembers, if it is still there.
    func update(_ id: TextDigest, _ change: (inout ConsoleSession) -> Void) {
        state.withLock { state in
            guard var session = state.sessions[id] else { return }
            change(&session)
            state.sessions[id] = session
        }
    }

    /// What a session has to be told, once.
    func takeNotice(of id: TextDigest) -> String? {
        state.withLock { state in
            defer { state.sessions[id]?.notice = nil }
            return state.sessions[id]?.notice
        }
    }

    func end(_ id: TextDigest) {
        state.withLock { $0.sessions[id] = nil }
    }
}

/// Somebody who is in the console.
struct ConsoleSession: Sendable {
    let id: TextDigest
    let peer: Peer
    let until: BootInstant
    /// Goes into each form and has to come back with it.
    let formToken = RandomText.fresh()
    /// For whom this session acts; nil until somebody was chosen.
    var person: PersonName?
    /// The answer to the last form, shown on the next page.
    var notice: String?

    init(id: TextDigest, peer: Peer, until: BootInstant) {
        self.id = id
        self.peer = peer
        self.until = until
    }
}
