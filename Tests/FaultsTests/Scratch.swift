import CalendarTime
import Drills
import Faults
import Foundation

/// A folder of its own for one test, with scenarios, a target and a state folder; removed at the end.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = "/tmp/drill-\(UUID().uuidString.prefix(8))"
        for folder in ["", "/scenarios", "/scenarios/hooks", "/shop"] {
            try FileManager.default.createDirectory(
                atPath: path + folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
        }
        try write("staging\n", to: "shop/marker")
    }

    deinit {
        // What is left in /tmp after a failed removal disturbs no other test.
        try? FileManager.default.removeItem(atPath: path)
    }

    var state: StateFolder { StateFolder("\(path)/state") }
    var hookGuard: HookGuard { HookGuard(folders: ["\(path)/scenarios"]) }

    func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(file)"))
    }

    func read(_ file: String) -> String? {
        // A missing file is an answer here.
        try? String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
    }

    /// Writes a hook; returns how a scenario names it.
    @discardableResult
    func hook(_ name: String, _ body: String) throws -> HookCommand {
        let file = "scenarios/hooks/\(name)"
        try write("#!/bin/sh\n" + body + "\n", to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(file)")
        return HookCommand(hook: "hooks/\(name)")
    }

    /// A hook that keeps the contract: it writes into a file of the target and restores it.
    @discardableResult
    func goodHook(_ name: String = "flag") throws -> HookCommand {
        try hook(
            name,
            """
            flag=$DRILL_TARGET_ROOT/\(name)
            case $1 in
                inject) echo broken >"$flag"; echo injected ;;
                revert) rm -f "$flag" ;;
                check) if [ -e "$flag" ]; then echo broken; else echo whole; fi ;;
            esac
            """)
    }

    var target: Target {
        Target(
            name: "shop-staging", environment: "staging",
            allow: [Resource(scheme: .path, pattern: "\(path)/shop")],
            steady: HookCommand(hook: "hooks/healthy"), marker: "\(path)/shop/marker",
            root: "\(path)/shop", url: nil)
    }

    func plan(
        _ name: FaultName = "flag", hook: HookCommand, duration: TimeSpan = .minutes(10),
        parameters: [Parameter] = [], outlivesDaemon: Bool = false, touching file: String? = nil
    ) -> FaultPlan {
        FaultPlan(
            name: name, hook: hook, parameters: parameters, start: .zero, duration: duration,
            // With an empty name it does not say what it touches.
            touches: file == ""
                ? [] : [Resource(scheme: .path, pattern: "\(path)/shop/\(file ?? name.text)")],
            outlivesDaemon: outlivesDaemon)
    }

    /// A record as the daemon writes it.
    func record(_ plan: FaultPlan, run: RunID = "rollback-1", at: Moment = MachineClock.now())
        throws
        -> ArmedRecord
    {
        ArmedRecord(
            run: run, plan: plan, target: target, hook: try hookGuard.admit(plan.hook),
            armedAt: at, bootID: MachineClock.bootID, armedBy: "test")
    }

    /// Arms the target and returns the store.
    func armedStore() throws -> ArmedStore {
        let store = try ArmedStore(folder: state)
        try ArmedTargets(folder: state).arm(
            Arming(target: "shop-staging", by: "test", at: MachineClock.now().wall))
        return store
    }

    func hooks(
        _ store: ArmedStore, timeouts: HookTimeouts = HookTimeouts(), credentials: String? = nil
    )
        -> FaultHooks
    {
        FaultHooks(
            store: store, hookGuard: hookGuard,
            runner: ProcessRunner(
                folder: state, credentials: CredentialFolder(folder: credentials)),
            timeouts: timeouts)
    }
}
