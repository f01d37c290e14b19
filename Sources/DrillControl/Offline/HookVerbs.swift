import ArgumentParser
import CalendarTime
import Drills
import Faults
import Foundation
import Glibc

/// `drillctl hook`
struct HookVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Look after hooks.", subcommands: [TestHook.self])
}

/// `drillctl hook test`
struct TestHook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Prove that a hook takes back what it injects.",
        discussion: """
            Injects, kills injections at random moments, reverts twice and compares what 'check' \
            prints. It really injects: have it do so where nobody minds. Asks no daemon; exit \
            status 5 if a state was not restored.
            """)

    @Argument(
        help: ArgumentHelp("hooks/NAME of a scenario folder, or a file.", valueName: "hook"),
        completion: .file())
    var hook: String

    @Option(help: "How many injections are killed.")
    var rounds = 20

    @Option(
        help: ArgumentHelp("How long one call of the hook may take.", valueName: "span"),
        transform: readSpan)
    var timeout = TimeSpan.minutes(1)

    @Option(help: "Repeats the kills of another test; drawn if not given.")
    var seed: UInt64?

    @Option(
        name: [.customShort("p"), .customLong("parameter")],
        help: ArgumentHelp("A parameter of the fault.", valueName: "name=value"))
    var parameters: [String] = []

    @Option(
        help: ArgumentHelp(
            "A target of the calendar, which gives the hook its folder and address.",
            valueName: "target"),
        transform: readName)
    var target: TargetName?

    @Option(
        help: ArgumentHelp("The folder of the system under test.", valueName: "folder"),
        completion: .directory)
    var root: String?

    @Option(help: ArgumentHelp("The address of the system under test.", valueName: "url"))
    var url: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard (1...10_000).contains(rounds) else {
            throw ValidationError("--rounds=\(rounds) is out of range; write 1 to 10000")
        }
    }

    func run() async throws {
        // A hook that is killed no longer reads what it is told.
        signal(SIGPIPE, SIG_IGN)
        let place = HookPlace(hook, folders: options.hookFolders)
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        let state = StateFolder(scratch.path)
        let hooks = FaultHooks(
            store: try ArmedStore(folder: state), hookGuard: HookGuard(folders: place.folders),
            runner: ProcessRunner(folder: state, credentials: CredentialFolder(folder: nil)),
            timeouts: HookTimeouts(inject: timeout, revert: timeout, check: timeout))
        let (settings, subject) = (try settings(), try subject())
        let test: HookTest
        do throws(HookRefusal) {
            test = try HookTest(
                command: HookCommand(hook: place.hook), parameters: settings, target: subject,
                hooks: hooks, rounds: rounds, seed: seed ?? UInt64.random(in: 1...999_999))
        } catch {
            throw CommandFailure(.refused, "\(error)")
        }
        let result = try await report(test)
        guard result.passed else { throw CommandFailure(.leaked) }
    }

    /// Tells each case as it ends: a hook that hangs takes a while.
    private func report(_ test: HookTest) async throws -> HookTestResult {
        guard !options.json else {
            let result = await test.run()
            try options.output.write(json: HookTestRecord(result))
            return result
        }
        options.output.write(HookTestResult.heading(rounds: rounds) + "\n")
        let result = await test.run { finished in
            options.output.write(HookTestResult.row(finished, rounds: rounds) + "\n")
        }
        options.output.write("\n\(result.verdict)\n")
        return result
    }

    private func settings() throws -> [Parameter] {
        try parameters.map { text in
            guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
                throw CommandFailure(.usage, "'\(text)' is no parameter; write name=value")
            }
            let value = String(text[text.index(after: sign)...])
            return Parameter(name: String(text[..<sign]), value: .literal(value))
        }
    }

    private func subject() throws -> Target {
        let known = try target.map { name in
            guard let found = try options.calendar().targets[name] else {
                throw CommandFailure(.usage, "there is no target '\(name)' in the calendars")
            }
            return found
        }
        return Target(
            name: known?.name ?? "hook-test", environment: "staging", allow: known?.allow ?? [],
            steady: known?.steady ?? HookCommand(hook: "hooks/none"), marker: known?.marker,
            root: root ?? known?.root, url: url ?? known?.url)
    }
}

/// What a test found out, as programs read it.
struct HookTestRecord: Encodable {
    let hook: String
    let seed: UInt64
    let passed: Bool
    let cases: [Case]

    struct Case: Encodable {
        let name: String
        let restored: Bool
        /// What went wrong; nil if nothing did.
        let failure: String?
        /// When the inject was killed, from its start.
        let killedAtMicroseconds: TimeSpan?
    }

    init(_ result: HookTestResult) {
        (hook, seed, passed) = (result.hook, result.seed, result.passed)
        cases = result.cases.map {
            Case(
                name: $0.name, restored: $0.failure == nil, failure: $0.failure,
                killedAtMicroseconds: $0.killedAt)
        }
    }
}

/// Where a hook is looked up: among the scenarios, or beside the file that was named.
struct HookPlace: Hashable {
    let hook: String
    let folders: [String]

    init(_ text: String, folders: [String]) {
        let path = URL(filePath: text).standardizedFileURL.path
        let parts = path.split(separator: "/").map(String.init)
        let isFile = FileManager.default.fileExists(atPath: path)
        if isFile, let place = parts.lastIndex(of: "hooks"), place < parts.count - 1 {
            hook = parts[place...].joined(separator: "/")
            self.folders = ["/" + parts[..<place].joined(separator: "/")]
        } else {
            hook = text
            self.folders = folders
        }
    }
}

/// A folder of this command's own, removed at its end.
struct ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "drillctl-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    func remove() {
        // A folder left behind in the temporary files does no harm.
        try? FileManager.default.removeItem(atPath: path)
    }
}
