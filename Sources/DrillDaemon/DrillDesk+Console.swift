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
            sessions: sessions, address: configuration.consoleURL,
            zone: configuration.zones.localZone(variable: nil), clock: MachineClock.now,
            answer: { request, peer in try await self.answer(request, from: peer) })
    }

    /// A way into the console, good once; whoever uses it acts as the one who asked.
    nonisolated func openConsole(for peer: Peer) throws -> ConsoleLink {
        let link = sessions.openLink(
            for: peer, now: MachineClock.now(), at: configuration.consoleURL)
        guard let link else {
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
