import CalendarTime
import Drills
import Faults
import Foundation
import Testing

/// What happens to a fault when something changes between its armed record and its revert.
@Suite("A fault, when things change meanwhile")
struct LateChangeTests {
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

    /// A switch that lets something happen while it takes hold.
    private struct EventfulSwitch: DeadManSwitch {
        let name = "eventful"
        let event: @Sendable () throws -> Void

        func hold(_ record: ArmedRecord) async throws { try event() }
        func release(_ fault: FaultID) async {}
        func isHeld(_ fault: FaultID) async -> Bool { false }
    }

    @Test("does not begin once the HALT lever is pulled, however late")
    func obeysLateHalts() async throws {
        let record = try armed(try scratch.goodHook())
        let state = scratch.state
        let eventful = EventfulSwitch {
            try HaltLever(folder: state).pull(
                Halt(by: "sre-1", reason: "smoke", at: MachineClock.now().wall))
        }
        let injector = Injector(hooks: scratch.hooks(store), deadManSwitch: eventful)
        let (outcome, _) = await injector.inject(record.fault)
        #expect(
            outcome
                == .failed(
                    reason: "the HALT lever was pulled by sre-1: smoke; "
                        + "run 'drillctl release' when it is safe"))
        #expect(scratch.read("shop/flag") == nil)
        #expect(
            await Reverter(hooks: scratch.hooks(store)).attempt(record.fault).outcome == .verified)
    }

    @Test("does not begin once it was called off, however late")
    func obeysLateCancellations() async throws {
        let record = try armed(try scratch.goodHook())
        let injector = Injector(
            hooks: scratch.hooks(store),
            deadManSwitch: EventfulSwitch { withUnsafeCurrentTask { $0?.cancel() } })
        let (outcome, _) = await Task { await injector.inject(record.fault) }.value
        #expect(outcome == .failed(reason: "it was called off before it began"))
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test(
        "is not injected when its check could not tell two states apart",
        arguments: ["head -c 70000 /dev/zero | tr '\\0' x", "printf 'state \\377'"])
    func needsAFingerprint(check: String) async throws {
        let hook = try scratch.hook(
            "it",
            """
            case $1 in
                inject) echo broken >"$DRILL_TARGET_ROOT/flag" ;;
                check) \(check) ;;
            esac
            """)
        let record = try armed(hook)
        let injector = Injector(hooks: scratch.hooks(store), deadManSwitch: SessionSwitch())
        #expect(
            await injector.inject(record.fault).0
                == .failed(
                    reason:
                        "check of '\(record.fault)' ended with 'exit 0' before the injection; it "
                        + "must exit 0 and print the state that a revert has to restore, as at most "
                        + "64 KiB of UTF-8 text"))
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test("is reverted by the file that injected it, whatever overrides its name by now")
    func revertsByItsOwnFile() async throws {
        let record = try armed(try scratch.goodHook())
        let injector = Injector(hooks: scratch.hooks(store), deadManSwitch: SessionSwitch())
        #expect(await injector.inject(record.fault).0 == .injected)
        let admin = "\(scratch.path)/admin"
        try FileManager.default.createDirectory(
            atPath: "\(admin)/hooks", withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: record.hook.path, toPath: "\(admin)/hooks/flag")
        let hooks = FaultHooks(
            store: store, hookGuard: HookGuard(folders: [admin, "\(scratch.path)/scenarios"]),
            runner: ProcessRunner(
                folder: scratch.state, credentials: CredentialFolder(folder: nil)))
        #expect(await Reverter(hooks: hooks).attempt(record.fault).outcome == .verified)
        #expect(scratch.read("shop/flag") == nil)
    }

    @Test("is reverted where its credential is not at hand")
    func revertsWithoutCredentials() async throws {
        try FileManager.default.createDirectory(
            atPath: "\(scratch.path)/keys", withIntermediateDirectories: true)
        try scratch.write("sesame\n", to: "keys/shop")
        let parameter = Parameter(name: "key", value: .credential("shop"))
        let record = try armed(try scratch.goodHook(), parameters: [parameter])
        let injector = Injector(
            hooks: scratch.hooks(store, credentials: "\(scratch.path)/keys"),
            deadManSwitch: SessionSwitch())
        #expect(await injector.inject(record.fault).0 == .injected)
        #expect(
            await Reverter(hooks: scratch.hooks(store)).attempt(record.fault).outcome == .verified)
    }
}
