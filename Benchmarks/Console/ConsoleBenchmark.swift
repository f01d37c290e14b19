import CalendarTime
import Console
import ConsoleDesk
import ControlAPI
import Drills
import Foundation
import Logging
import Samples
import ServiceLifecycle

/// A console before a desk with an open storm, for `Benchmarks/console.py` and for a look at the pages.
///
/// It prints a link that opens the console, and serves until it is stopped.
@main
struct ConsoleBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let port = arguments.first.flatMap { Int($0) } ?? 0
        let isClosed = arguments.contains("closed")
        let second: Double = isClosed ? .infinity : arguments.contains("late") ? 745 : 136
        let desk = try SampleDesk(storm(until: second))
        let sessions = ConsoleSessions()
        let console = try WebConsole(sessions: sessions, clock: SampleDesk.now) {
            try await desk.answer($0, from: $1)
        }
        let peer = Peer(uid: 1_000, gid: 1_000, pid: 1, login: "lead-1")
        let server = WebServer(at: .address(host: "127.0.0.1", port: port), console: console) { _ in
            guard let link = sessions.openLink(for: peer, now: SampleDesk.now()) else { return }
            // At once, for whoever waits for it on a pipe.
            FileHandle.standardOutput.write(Data((link.url + "\n").utf8))
        }
        let group = ServiceGroup(
            services: [console, server], gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        try await group.run()
    }

    /// The sample storm, moved so that the last of its events has come just now.
    private static func storm(until second: Double) -> Timeline {
        let told = SampleStorm.timeline(SampleStorm.story.filter { $0.second <= second })
        let now = SampleDesk.now()
        guard let last = told.entries.last?.at else { return told }
        let entries = told.entries.map { entry in
            let age = last.boot.span(since: entry.at.boot).microseconds
            return Timeline.Entry(
                at: Moment(
                    wall: now.wall.advanced(byMicroseconds: -age),
                    boot: now.boot.advanced(byMicroseconds: -age)),
                bootID: entry.bootID, event: entry.event)
        }
        return Timeline(entries: entries)
    }
}
