import CalendarTime
import Drills
import Faults
import Foundation
import Testing

@Suite("A hook process")
struct HookProcessTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func process(
        _ body: String, arguments: [String] = [], environment: [String: String] = [:],
        timeout: TimeSpan = .seconds(30), secrets: [String] = []
    ) throws -> HookProcess {
        try scratch.hook("it", body)
        return HookProcess(
            path: "\(scratch.path)/scenarios/hooks/it", arguments: arguments,
            environment: environment.merging(["PATH": "/usr/bin:/bin"]) { left, _ in left },
            folder: scratch.path, timeout: timeout, redactor: Redactor(secrets: secrets))
    }

    /// The processes that carry this word in their environment.
    private func left(_ tag: String) -> Int {
        FaultTag(folder: tag).processes()?.count ?? -1
    }

    @Test("reports its exit status and both outputs", arguments: [0, 1, 7, 75, 77, 255] as [Int32])
    func reportsExit(status: Int32) async throws {
        let report = try process("echo out; echo err >&2; exit \(status)")
        let result = await report.run()
        #expect(result.ending == .exited(status: status))
        #expect(result.output == "out\nerr\n")
        #expect(result.outputBytes == 8)
        #expect(result.outputHash == Hexadecimal.sha256(of: "out\nerr\n".utf8))
    }

    @Test("gets its arguments as they are and nothing of our environment")
    func passesPlainArguments() async throws {
        let result = try await process(
            #"printf '<%s>' "$@"; env | grep -v -e ^PWD= -e ^_= | sort | tr '\n' ' '"#,
            arguments: ["$HOME; echo no", "two words", ""], environment: ["DRILL_RUN": "r-1"]
        ).run()
        #expect(result.output == "<$HOME; echo no><two words><>DRILL_RUN=r-1 PATH=/usr/bin:/bin ")
    }

    @Test("that is killed says by which signal")
    func reportsSignal() async throws {
        #expect(try await process("kill -KILL $$").run().ending == .signalled(signal: 9))
    }

    @Test("that hangs, and ignores TERM, is gone after its time-out with its whole tree")
    func endsAHangingTree() async throws {
        let tag = "\(scratch.path)/hang"
        let result = try await process(
            "trap '' TERM; sleep 1000 & (trap '' TERM; setsid sleep 1000) & while :; do sleep 1; done",
            environment: ["DRILL_STATE_DIR": tag], timeout: .milliseconds(200)
        ).run()
        #expect(result.ending == .timedOut)
        #expect(left(tag) == 0)
    }

    @Test("that leaves daemons behind, even without a trace of their origin, leaves none")
    func endsDaemons() async throws {
        let file = "\(scratch.path)/pids"
        let result = try await process(
            """
            for n in 1 2 3; do
                (setsid env -i /bin/sh -c 'echo $$ >>\(file); exec sleep 1000' </dev/null >/dev/null 2>&1 &)
            done
            while [ "$(cat \(file) 2>/dev/null | wc -l)" -lt 3 ]; do :; done
            """
        ).run()
        #expect(result.ending == .exited(status: 0))
        let pids = try #require(scratch.read("pids")).split(separator: "\n").compactMap {
            Int32($0)
        }
        #expect(pids.count == 3)
        #expect(pids.allSatisfy { kill($0, 0) != 0 && errno == ESRCH })
    }

    @Test("that floods keeps 64 KiB and counts the rest")
    func boundsOutput() async throws {
        let result = try await process("head -c 1073741824 /dev/zero").run()
        #expect(result.ending == .exited(status: 0))
        #expect(result.outputBytes == 1 << 30)
        #expect(result.output.utf8.count == HookReport.maximumOutput)
        #expect(result.outputHash == Hexadecimal.sha256(of: result.output.utf8))
    }

    @Test("that is cancelled stops within a second")
    func stopsWhenCancelled() async throws {
        let tag = "\(scratch.path)/stop"
        let running = try process(
            "trap '' TERM; echo started >started; while :; do sleep 1; done",
            environment: ["DRILL_STATE_DIR": tag])
        let task = Task { await running.run() }
        await expectEventually { [scratch] in scratch.read("started") != nil }
        let asked = MachineClock.bootNow()
        task.cancel()
        let result = await task.value
        #expect(result.ending == .stopped)
        #expect(MachineClock.bootNow().span(since: asked) < .seconds(1))
        #expect(left(tag) == 0)
    }

    @Test("that was cancelled before never starts")
    func neverStartsCancelled() async throws {
        let running = try process("echo started >started")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await running.run()
        }
        #expect(await task.value.ending == .stopped)
        #expect(scratch.read("started") == nil)
    }

    @Test("is not said to be gone while this process has no descriptor left to look with")
    func saysNothingBlindly() {
        let tag = FaultTag(folder: "\(scratch.path)/nobody")
        #expect(tag.processes() == [])
        var before = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
        var none = rlimit(rlim_cur: 3, rlim_max: before.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
        let blind = tag.processes()
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
        #expect(blind == nil)
    }

    @Test("that cannot be started says why")
    func saysWhyItCannotStart() async {
        let path = "\(scratch.path)/nothing"
        let process = HookProcess(
            path: path, arguments: [], environment: [:], timeout: .seconds(1))
        #expect(
            await process.run().ending
                == .refused(reason: "cannot start \(path): No such file or directory"))
    }

    @Test("never shows a secret, also when it is written in pieces")
    func redacts() async throws {
        let result = try await process(
            "printf 'key=s3cr'; sleep 0.05; printf '%s\\n' 'et-value!'; printf '%s' s3cret-val",
            secrets: ["s3cret-value"]
        ).run()
        #expect(result.output == "key=[redacted]!\ns3cret-val")
    }

    @Test("keeps no descriptor of ours open for its hook")
    func closesDescriptors() async throws {
        let result = try await process("ls /proc/self/fd | wc -l").run()
        // The three standard ones and the one that ls opens.
        #expect(result.output.trimmingCharacters(in: .whitespacesAndNewlines) == "4")
    }
}

@Suite("A redactor")
struct RedactorTests {
    @Test("finds a secret at every place around the limit", arguments: 0..<40)
    func cutsNoSecretInHalf(position: Int) {
        let redactor = Redactor(secrets: ["topsecret"])
        let bytes = Array((String(repeating: "a", count: position) + "topsecret" + "zzzz").utf8)
        let seen = Array(bytes.prefix(20 + redactor.lookahead))
        let text = redactor.text(of: seen, limit: 20)
        #expect(text.utf8.count <= 20)
        for length in 4...9 { #expect(!text.contains("topsecret".prefix(length))) }
    }

    @Test("takes out the longest secret first and each line of a long one")
    func prefersTheLongest() {
        let redactor = Redactor(secrets: ["abcd", "abcdefgh", "line one\nline two"])
        #expect(
            redactor.text(of: Array("abcdefgh abcd".utf8), limit: 100) == "[redacted] [redacted]")
        #expect(redactor.text(of: Array("say line two".utf8), limit: 100) == "say [redacted]")
    }

    @Test("stays within the limit when it repairs what is no text")
    func repairsWithinTheLimit() {
        let text = Redactor(secrets: []).text(of: Array(repeating: 0xff, count: 100), limit: 64)
        #expect(text == String(repeating: "\u{fffd}", count: 21))
    }
}
