import CalendarTime
import Console
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Foundation
import Glibc
import Logging
import Systemd
import UnitFiles

/// Plays a drill in this process: the daemon without its agenda, with its API in the state folder.
struct LocalRun {
    private let drill: DrillName
    private let options: GlobalOptions

    private let arms: Bool

    init(_ drill: DrillName, _ options: GlobalOptions, arms: Bool) {
        self.drill = drill
        self.options = options
        self.arms = arms
    }

    /// Plays the drill's next cycle to its end.
    func play() async throws -> Timeline {
        let configuration = try configuration()
        // Neither a hook that was killed nor a reader who left may end the run.
        signal(SIGPIPE, SIG_IGN)
        // What services log while they end is nothing that whoever plays a drill can use.
        LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
        let daemon = try await Daemon.start(
            configuration, journal: Journal(identifier: "drillctl", linesTo: try Self.nowhere()))
        let desk = daemon.desk
        let answer: ControlServer.Answer = { try await desk.answer($0, from: $1) }
        let server = ControlServer(
            at: .path(configuration.socket), login: Accounts.login, answer: answer)
        let serving = Task { try await server.run() }
        defer { serving.cancel() }
        if arms, let target = try options.calendar().drill(named: drill)?.target {
            _ = try await desk.answer(.arm(target), from: Self.me)
        }
        let screen = options.progress
        let run = try await daemon.open(drill)
        let following = Task { await follow(run, at: desk, screen) }
        do {
            let timeline = try await daemon.play(run, logger: Logger(label: "drillctl"))
            // The ledger may have been closed before the follower could ask for the end.
            var shown = await following.value
            shown.show(timeline, now: MachineClock.now())
            return timeline
        } catch {
            following.cancel()
            throw error
        }
    }

    private func configuration() throws -> DaemonConfiguration {
        guard let state = options.namedState else {
            throw CommandFailure(
                .usage,
                "--local needs a folder of its own for what it records; name one with --state")
        }
        let folder = StateFolder(Self.absolute(state))
        let program = try Self.program()
        return DaemonConfiguration(
            folders: UnitFolders(options.unitFolders.paths.map(Self.absolute)), state: folder,
            archive: "\(folder.path)/archive",
            socket: "\(folder.path)/api.sock", agentSocket: folder.socket,
            agentProgram: Self.agent(beside: program), controlProgram: program,
            operatorGroup: "drilld")
    }

    /// Shows the run until it is closed or nobody answers any more.
    private func follow(
        _ run: RunID, at desk: DrillDesk, _ start: ProgressScreen
    ) async -> ProgressScreen {
        var screen = start
        do {
            let follower = RunFollower(run) { request in
                guard let tail = try await desk.answer(request, from: Self.me) as? TimelineTail
                else {
                    throw CommandFailure(.failed, "the desk gave another answer than asked for")
                }
                return tail
            }
            _ = try await follower.follow(
                patience: screen.isLive ? .milliseconds(250) : .seconds(5)
            ) { timeline, tail in
                screen.show(timeline, now: tail.now)
            }
        } catch {
            // The run tells its end itself; what was not shown until now is shown then.
        }
        return screen
    }
}

extension LocalRun {
    private static var me: Peer {
        Peer(uid: getuid(), gid: getgid(), pid: getpid(), login: Accounts.login(of: getuid()))
    }

    /// What the journal would say is on the screen already.
    private static func nowhere() throws -> Int32 {
        let descriptor = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure(.failed, "/dev/null cannot be opened") }
        return descriptor
    }

    /// The agent and the hooks have folders of their own to stand in.
    private static func absolute(_ path: String) -> String {
        URL(filePath: path).standardizedFileURL.path
    }

    private static func program() throws -> String {
        guard
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        else { throw CommandFailure(.failed, "/proc is not mounted") }
        return path
    }

    /// The agent beside this program, as it is built, or where it is installed.
    private static func agent(beside program: String) -> String {
        let folder = URL(filePath: program).deletingLastPathComponent()
        let places = [
            folder.appending(path: "drill-agent").path,
            folder.deletingLastPathComponent().appending(path: "lib/drilld/drill-agent").path,
        ]
        return places.first { access($0, X_OK) == 0 } ?? "/usr/lib/drilld/drill-agent"
    }
}
