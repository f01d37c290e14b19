import CalendarTime
import DrillRuns
import Drills
import Samples
import Testing

@Suite("A fault that falls due in the moment in which the run ends")
struct LateFaultTests {
    @Test(
        "is never injected",
        arguments: [
            .interrupted(reason: "the machine was started again"),
            .abortRequested(by: "lead-1", reason: "enough"),
            .haltPulled(by: "root", reason: "stop"),
        ] as [RunEvent], [10, 60])
    func isNeverInjected(end: RunEvent, at second: Int64) {
        var run = DrillRun(restoring: Self.plan, from: Self.recorded)
        let asked = Self.play(end, in: &run, at: Self.instant(second))
        #expect(!asked.contains(.inject("latency")))
    }

    @Test("comes when nobody ends the run")
    func comes() {
        var run = DrillRun(restoring: Self.plan, from: Self.recorded)
        #expect(run.wake(at: Self.instant(10)).contains(.inject("latency")))
    }

    @Test(
        "pages nobody either, where a page falls due in that moment",
        arguments: [
            .interrupted(reason: "drilld was started again"),
            .abortRequested(by: "lead-1", reason: "enough"),
            .haltPulled(by: "root", reason: "stop"),
        ] as [RunEvent])
    func pagesNobody(end: RunEvent) {
        let plan = RunPlan.sample(kind: .pageStorm, faults: [])
        let recorded: [(at: BootInstant, event: RunEvent)] = [
            (Self.instant(0), .opened(plan: plan)),
            (Self.instant(0), .phaseEntered(phase: .respond)),
        ]
        let late = Self.instant(20)
        var waiting = DrillRun(restoring: plan, from: recorded)
        #expect(waiting.wake(at: late).contains(where: Self.pages))
        var ended = DrillRun(restoring: plan, from: recorded)
        #expect(!ended.handle(end, at: late).contains(where: Self.pages))
    }

    private static func pages(_ effect: Effect) -> Bool {
        if case .record(.pagePosting) = effect { true } else { false }
    }

    /// A run whose only fault is due ten seconds after the injection begins.
    private static let plan = RunPlan.sample(faults: [
        .sample("latency", start: .seconds(10), duration: .minutes(1))
    ])

    private static let recorded: [(at: BootInstant, event: RunEvent)] = [
        (instant(0), .opened(plan: plan)), (instant(0), .phaseEntered(phase: .brief)),
        (instant(0), .phaseEntered(phase: .inject)),
    ]

    private static func instant(_ second: Int64) -> BootInstant {
        BootInstant(microsecondsSinceBoot: second * 1_000_000)
    }

    /// Hands an event over with all that follows at once from it, as the daemon does.
    private static func play(
        _ event: RunEvent, in run: inout DrillRun, at now: BootInstant
    ) -> [Effect] {
        run.handle(event, at: now).flatMap { effect -> [Effect] in
            guard case .record(let next) = effect else { return [effect] }
            return play(next, in: &run, at: now)
        }
    }
}
