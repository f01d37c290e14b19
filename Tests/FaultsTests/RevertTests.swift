import CalendarTime
import Drills
import Faults
import Foundation
import Testing

@Suite("A fault")
struct RevertTests {
    private let scratch: Scratch
    private let store: ArmedStore

    init() throws {
        scratch = try Scratch()
        store = try scratch.armedStore()
    }

    private func armed(_ hook: HookCommand, parameters: [Parameter] = []) throws -> ArmedRecord {
        let record = try scratch.record(scratch.plan(hook: hook, parameters: parameters))
        try store.arm(record)
        return record
    }

    private func inject(_ record: ArmedRecord, timeout: TimeSpan = .seconds(20)) async -> (
        InjectOutcome, HookReport
    ) {
        let hooks = scratch.hooks(store, timeouts: HookTimeouts(inject: timeout))
        return await Injector(hooks: hooks, deadManSwitch: SessionSwitch()).inject(record.fault)
    }

    private func revert(_ record: ArmedRecord) async -> RevertAttempt {
        await Reverter(hooks: scratch.hooks(store)).attempt(record.fault)
    }

    @Test("is injected, reverted, verified and forgotten")
    func goesRoundOnce() async throws {
        let record = try armed(try scratch.goodHook())
        let (outcome, report) = await inject(record)
        #expect(outcome == .injected)
        #expect(report.output == "injected\n")
        #expect(scratch.read("shop/flag") == "broken\n")
        #expect(store.entry(of: record.fault)?.record?.fingerprint == "whole")
        let attempt = await revert(record)
        #expect(attempt.outcome == .verified)
        #expect(scratch.read("shop/flag") == nil)
        #expect(try store.entries() == [])
        #expect(!FileManager.default.fileExists(atPath: scratch.state.folder(of: record.fault)))
        let again = await revert(record)
        #expect(again.outcome == .verified && again.number == 0)
    }

    @Test(
        "whose inject exits 75 is tried again, three times in all",
        arguments: [
            (busy: 2, outcome: InjectOutcome.injected), (3, .failed(reason: "inject: exit 75")),
        ])
    func triesAgain(busy: Int, outcome: InjectOutcome) async throws {
        let hook = try scratch.hook(
            "it",
            """
            [ $1 = check ] && { echo same; exit 0; }
            echo x >>$DRILL_STATE_DIR/calls
            [ $(wc -l <$DRILL_STATE_DIR/calls) -gt \(busy) ] || exit 75
            """)
        let record = try armed(hook)
        let injector = Injector(
            hooks: scratch.hooks(store), deadManSwitch: SessionSwitch(), pauseWhenAsked: .zero)
        #expect(await injector.inject(record.fault).0 == outcome)
    }

    @Test("that was armed but never injected is dropped without calling its revert")
    func dropsWhatWasNeverInjected() async throws {
        let hook = try scratch.hook("it", "echo $1 >>$DRILL_TARGET_ROOT/calls; exit 1")
        let record = try armed(hook)
        #expect(await revert(record).outcome == .verified)
        #expect(scratch.read("shop/calls") == nil)
    }

    @Test("whose revert says it failed is LEAKED after the third attempt")
    func leaks() async throws {
        let hook = try scratch.hook("it", "case $1 in revert) exit 7 ;; check) echo same ;; esac")
        let record = try armed(hook)
        _ = await inject(record)
        var leaked: [Bool] = []
        for number in 1...4 {
            let attempt = await revert(record)
            #expect(attempt.outcome == .failed(reason: "revert: exit 7"))
            #expect(attempt.number == number)
            leaked.append(try #require(store.entry(of: record.fault)).isLeaked)
        }
        #expect(leaked == [false, false, true, true])
        #expect(store.entry(of: record.fault)?.history.failures == 4)
    }

    @Test("whose revert lies is found out by its check")
    func findsLiars() async throws {
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                inject) echo broken >"$flag" ;;
                revert) exit 0 ;;
                check) cat "$flag" 2>/dev/null || echo whole ;;
            esac
            """)
        let record = try armed(hook)
        _ = await inject(record)
        let attempt = await revert(record)
        #expect(
            attempt.outcome
                == .failed(
                    reason: "check prints 'broken' but printed 'whole' before the injection"))
        #expect(store.entry(of: record.fault) != nil)
    }

    @Test("whose inject does its work and exits 1 has failed, and is reverted all the same")
    func distrustsExitStatus() async throws {
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                inject) echo broken >"$flag"; exit 1 ;;
                revert) rm -f "$flag" ;;
                check) cat "$flag" 2>/dev/null || echo whole ;;
            esac
            """)
        let record = try armed(hook)
        #expect(await inject(record).0 == .failed(reason: "inject: exit 1"))
        #expect(store.entry(of: record.fault) != nil)
        #expect(await revert(record).outcome == .verified)
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test(
        "whose inject does not answer clearly counts as injected",
        arguments: [
            (HookReport.Ending.timedOut, InjectOutcome.unknown(reason: "inject: timed out")),
            (.stopped, .unknown(reason: "inject: stopped")),
            (.lost(reason: "gone"), .unknown(reason: "inject: answer lost: gone")),
            (.exited(status: 77), .skipped),
            (.exited(status: 75), .failed(reason: "inject: exit 75")),
            (.signalled(signal: 9), .failed(reason: "inject: killed by signal 9")),
        ])
    func countsDoubtAsInjected(ending: HookReport.Ending, outcome: InjectOutcome) {
        #expect(Injector.outcome(of: HookReport(ending)) == outcome)
    }

    @Test("whose inject hangs is ended and reverted")
    func endsHangingInjects() async throws {
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                inject) echo broken >"$flag"; trap '' TERM; while :; do sleep 1; done ;;
                revert) rm -f "$flag" ;;
                check) cat "$flag" 2>/dev/null || echo whole ;;
            esac
            """)
        let record = try armed(hook)
        #expect(
            await inject(record, timeout: .milliseconds(300)).0
                == .unknown(reason: "inject: timed out"))
        #expect(await revert(record).outcome == .verified)
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test(
        "whose revert or check hangs stays owed, leaves no process, and goes once the hook is mended",
        arguments: [("revert", "revert: timed out"), ("check", "check: timed out")])
    func outlastsHangingReverts(verb: String, reason: String) async throws {
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            if [ $1 = \(verb) ] && [ -e "$flag" ] && [ ! -e "$DRILL_TARGET_ROOT/mended" ]; then
                trap '' TERM
                setsid env -i sleep 7117.\(verb.count) &
                while :; do sleep 1; done
            fi
            case $1 in
                inject) echo broken >"$flag" ;;
                revert) [ \(verb) = check ] && [ ! -e "$DRILL_TARGET_ROOT/mended" ] || rm -f "$flag" ;;
                check) if [ -e "$flag" ]; then echo broken; else echo whole; fi ;;
            esac
            """)
        let record = try armed(hook)
        #expect(await inject(record).0 == .injected)
        let short = TimeSpan.milliseconds(400)
        let hooks = scratch.hooks(store, timeouts: HookTimeouts(revert: short, check: short))
        let attempt = await Reverter(hooks: hooks).attempt(record.fault)
        #expect(attempt.outcome == .failed(reason: reason))
        #expect(store.entry(of: record.fault) != nil)
        #expect(Self.processes(saying: "sleep 7117.\(verb.count)").isEmpty)
        try scratch.write("", to: "shop/mended")
        #expect(await revert(record).outcome == .verified)
        #expect(scratch.read("shop/flag") == nil)
    }

    /// The processes whose command line is this one, its words with spaces between them.
    private static func processes(saying words: String) -> [String] {
        // A process that ends while it is looked at is none.
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { process in
            let line = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
            return line?.split(separator: "\0").joined(separator: " ") == words
        }
    }

    @Test("is reverted while its inject still runs, by somebody who knows nothing of it")
    func revertsUnderARunningInject() async throws {
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                inject) echo broken >"$flag"; sleep 1000 ;;
                revert) rm -f "$flag" ;;
                check) cat "$flag" 2>/dev/null || echo whole ;;
            esac
            """)
        let record = try armed(hook)
        let injecting = Task { await inject(record, timeout: .minutes(10)) }
        await expectEventually { [scratch] in scratch.read("shop/flag") != nil }
        #expect(await revert(record).outcome == .verified)
        #expect(await injecting.value.0 == .failed(reason: "inject: killed by signal 9"))
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test("is reverted once when many try at the same time")
    func survivesRaces() async throws {
        let hook = try scratch.hook(
            "it",
            """
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                inject) echo broken >"$flag" ;;
                revert) echo revert >>"$DRILL_TARGET_ROOT/reverts"; rm -f "$flag" ;;
                check) cat "$flag" 2>/dev/null || echo whole ;;
            esac
            """)
        let record = try armed(hook)
        _ = await inject(record)
        await withTaskGroup(of: RevertAttempt.self) { group in
            for _ in 0..<8 { group.addTask { await revert(record) } }
            for await attempt in group { #expect(attempt.isVerified) }
        }
        #expect(scratch.read("shop/reverts") == "revert\n")
    }

    @Test("gets its secrets, and shows them nowhere")
    func hidesSecrets() async throws {
        let folder = "\(scratch.path)/secrets"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false)
        try scratch.write("hunter2-hunter2\n", to: "secrets/api-token")
        let hook = try scratch.hook(
            "it", #"case $1 in inject) printf %s "$DRILL_PARAM_API_TOKEN" | wc -c; env ;; esac"#)
        let record = try armed(
            hook, parameters: [Parameter(name: "api-token", value: .credential("api-token"))])
        let hooks = scratch.hooks(store, credentials: folder)
        let (outcome, report) = await Injector(hooks: hooks, deadManSwitch: SessionSwitch())
            .inject(record.fault)
        #expect(outcome == .injected)
        #expect(report.output.hasPrefix("15\n"))
        #expect(report.output.contains("DRILL_PARAM_API_TOKEN=[redacted]\n"))
        for file in try FileManager.default.subpathsOfDirectory(atPath: scratch.state.path) {
            #expect(scratch.read("state/\(file)")?.contains("hunter2") != true)
        }
    }
}

@Suite("An injection is refused")
struct InjectRefusalTests {
    private let scratch: Scratch
    private let store: ArmedStore

    init() throws {
        scratch = try Scratch()
        store = try scratch.armedStore()
    }

    private func refusal(_ fault: FaultID) async -> String? {
        let injector = Injector(hooks: scratch.hooks(store), deadManSwitch: SessionSwitch())
        let (outcome, report) = await injector.inject(fault)
        switch outcome {
        case .failed(let reason), .unknown(let reason):
            #expect(report.ending == .refused(reason: reason))
            return reason.replacing(scratch.path, with: "")
        case .injected, .skipped: return nil
        }
    }

    private func armed(at moment: Moment = MachineClock.now()) throws -> FaultID {
        let plan = scratch.plan(hook: try scratch.goodHook())
        let record = try scratch.record(plan, at: moment)
        try store.arm(record)
        return record.fault
    }

    @Test("without an armed record")
    func needsARecord() async {
        #expect(
            await refusal("rollback-1.flag")
                == "there is no armed record of 'rollback-1.flag'; arm it first")
    }

    @Test("a second time")
    func refusesTwice() async throws {
        let fault = try armed()
        #expect(await refusal(fault) == nil)
        #expect(
            await refusal(fault)
                == "'rollback-1.flag' was injected before; revert it and arm it again")
        #expect(store.entry(of: fault) != nil)
    }

    @Test("after its deadline, and leaves nothing behind")
    func refusesOverdue() async throws {
        let past = Moment(
            wall: WallInstant(microsecondsSinceEpoch: 0),
            boot: BootInstant(microsecondsSinceBoot: 0))
        let record = try scratch.record(
            scratch.plan(hook: try scratch.goodHook(), duration: .seconds(0)), at: past)
        try store.arm(record)
        #expect(
            await refusal(record.fault)
                == "the deadline of 'rollback-1.flag' has passed; arm it again")
        #expect(try store.entries() == [])
    }

    @Test("when the hook changed since it was armed")
    func refusesChangedHooks() async throws {
        let fault = try armed()
        try scratch.hook("flag", "echo something else")
        #expect(
            await refusal(fault)
                == "/scenarios/hooks/flag has changed since its fault was armed; arm the fault again"
        )
        #expect(try store.entries() == [])
    }

    @Test("on bad ground")
    func refusesBadGround() async throws {
        let fault = try armed()
        try ArmedTargets(folder: scratch.state).disarm("shop-staging")
        #expect(
            await refusal(fault)
                == "the target 'shop-staging' is disarmed; run 'drillctl arm shop-staging'")
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test("when check cannot say what to restore")
    func needsAFingerprint() async throws {
        let hook = try scratch.hook("it", "[ $1 != check ] || exit 3")
        let record = try scratch.record(scratch.plan(hook: hook))
        try store.arm(record)
        #expect(
            await refusal(record.fault)
                == "check of 'rollback-1.flag' ended with 'exit 3' before the injection; "
                + "it must exit 0 and print the state that a revert has to restore, "
                + "as at most 64 KiB of UTF-8 text")
        #expect(try store.entries() == [])
    }

    @Test("when a credential is missing")
    func needsCredentials() async throws {
        let plan = scratch.plan(
            hook: try scratch.goodHook(),
            parameters: [Parameter(name: "token", value: .credential("api"))])
        let record = try scratch.record(plan)
        try store.arm(record)
        #expect(
            await refusal(record.fault)?.contains(
                "the credential 'api' is asked for, but the agent has no credentials folder; "
                    + "add LoadCredential=api:/path to its unit") == true)
    }
}
