import CalendarTime
import Console
import ControlAPI
import Drills
import Faults

/// The console: who is let in, and by which names it may be called.
extension DrillDesk {
    /// A console before this desk.
    nonisolated func console() throws -> WebConsole {
        try WebConsole(
            sessions: sessions, names: [configuration.consoleHost].compactMap { $0 },
            zone: configuration.zones.localZone(variable: nil), clock: MachineClock.now,
            answer: { request, peer in try await self.answer(request, from: peer) })
    }

    /// A way into the console, good once; whoever uses it acts as the one who asked.
    nonisolated func openConsole(for peer: Peer) throws -> ConsoleLink {
        guard let link = sessions.openLink(for: peer, now: MachineClock.now()) else {
            throw Refusal(
                .unavailable,
                [
                    "no console listens; enable drilld-console.socket, "
                        + "or start drilld --foreground with --console 127.0.0.1:8643"
                ])
        }
        return link
    }
}

extension DaemonConfiguration {
    /// Host and port of `ConsoleUrl=`, as browsers send them.
    fileprivate var consoleHost: String? {
        guard let rest = consoleURL?.text(after: "://") else { return nil }
        return String(rest.prefix { $0 != "/" })
    }
}

extension String {
    /// What follows a mark; nil if it is not there.
    fileprivate func text(after mark: String) -> Substring? {
        firstRange(of: mark).map { self[$0.upperBound...] }
    }
}
