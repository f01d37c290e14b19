import CalendarTime
import Drills
import Faults
import Foundation
import Testing

@Suite("A test of a hook")
struct HookTestTests {
    private let scratch: Scratch
    private let hooks: FaultHooks

    init() throws {
        scratch = try Scratch()
        hooks = scratch.hooks(try scratch.armedStore())
    }

    private func result(_ command: HookCommand, rounds: Int = 5) async throws -> HookTestResult {
        try await HookTest(
            command: command, parameters: [], target: scratch.target, hooks: hooks, rounds: rounds,
            seed: 7
        ).run()
    }

    @Test("passes a hook that keeps the contract, whenever its inject is killed")
    func passesGoodHooks() async throws {
        let result = try await result(try scratch.goodHook(), rounds: 20)
        #expect(result.passed, "\(result.cases)")
        #expect(result.cases.count == 23)
    }

    @Test("kills at the same moments for the same seed")
    func repeatsItself() {
        func moments(_ seed: UInt64) -> [Int64] {
            var moments = KillMoments(seed: seed, longest: .milliseconds(10))
            return (0..<50).map { _ in moments.next().microseconds }
        }
        #expect(moments(3) == moments(3))
        #expect(moments(3) != moments(4))
        #expect(moments(3).allSatisfy { (0..<11_250).contains($0) })
    }

    @Test(
        "finds each way to break the contract",
        arguments: [
            (
                "inject) echo x >>$f ;; revert) truncate -s -2 $f ;; check) cat $f ;;",
                "injected twice", "after the first revert check prints 'x' instead of ''"
            ),
            (
                "inject) : ;; revert) : ;; check) echo same ;;", "injected once",
                "check prints the same after the injection as before it"
            ),
            (
                "inject) echo x >$f ;; revert) rm $f ;; check) cat $f || : ;;", "never injected",
                "first revert: exit 1"
            ),
            (
                "inject) exit 77 ;; revert) : ;; check) echo same ;;", "injected once",
                "inject: does not apply here (exit 77)"
            ),
            ("check) exit 2 ;;", "check", "check: exit 2"),
        ])
    func findsBreaches(body: String, name: String, failure: String) async throws {
        let hook = try scratch.hook(
            "it",
            "f=$DRILL_TARGET_ROOT/f; exec 2>/dev/null; touch $DRILL_STATE_DIR/x; case $1 in \(body) esac"
        )
        if !body.contains("rm $f") { try scratch.write("", to: "shop/f") }
        let result = try await result(hook, rounds: 1)
        #expect(!result.passed)
        #expect(result.cases.first { $0.name == name }?.failure == failure, "\(result.cases)")
    }

    @Test("tells each case as a row of a table, and what they come to")
    func printsATable() {
        let result = HookTestResult(
            hook: "hooks/flag", seed: 7,
            cases: [
                .init(name: "never injected", failure: nil, killedAt: nil),
                .init(
                    name: "inject killed 1", failure: "first revert: exit 7",
                    killedAt: .milliseconds(12)),
            ])
        let rows = result.cases.map { HookTestResult.row($0, rounds: 1) }
        #expect(
            ([HookTestResult.heading(rounds: 1)] + rows + [result.verdict]).joined(separator: "\n")
                == """
                CASE             KILLED AT   RESULT
                never injected               restored
                inject killed 1  12.0ms      first revert: exit 7
                hooks/flag: 1 of 2 cases failed (seed 7)
                """)
    }
}
