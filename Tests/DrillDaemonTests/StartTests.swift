import ControlAPI
import DrillDaemon
import Drills
import Testing

@Suite("A drill is refused", .timeLimit(.minutes(1)))
struct StartTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
    }

    private func expectRefusal(
        _ status: Refusal.Status, _ reasons: [String], of drill: DrillName = "quick",
        by desk: DrillDesk
    ) async {
        await #expect(throws: Refusal(status, reasons)) { try await desk.ask(.start(drill)) }
    }

    @Test("while its target is disarmed")
    func disarmed() async throws {
        let desk = try await ground.start().desk
        await expectRefusal(
            .refused, ["the target 'ground' is disarmed; run 'drillctl arm ground'"], by: desk)
    }

    @Test("while the HALT lever is pulled, and nothing else matters")
    func halted() async throws {
        let desk = try await ground.start().desk
        _ = try await desk.ask(.halt(reason: "the shop is on fire"))
        let lever =
            "the HALT lever was pulled by tester: the shop is on fire; "
            + "run 'drillctl release' when it is safe"
        await expectRefusal(.refused, [lever], by: desk)
        _ = try await desk.ask(.arm("ground"))
        await expectRefusal(.refused, [lever], by: desk)
        _ = try await desk.ask(.release(reason: "it is out"))
        #expect(try await desk.begin("quick") == "quick-1")
    }

    @Test("still after a restart, if the lever was pulled before")
    func haltedForGood() async throws {
        try ground.arm()
        do {
            let desk = try await ground.start().desk
            _ = try await desk.ask(.halt(reason: "enough"))
        }
        let desk = try await ground.start().desk
        let lever =
            "the HALT lever was pulled by tester: enough; run 'drillctl release' when it is safe"
        await expectRefusal(.refused, [lever], by: desk)
    }

    @Test("while another run is on its target")
    func busy() async throws {
        try ground.arm()
        try ground.plan(TestFiles.drill("quick"), TestFiles.drill("second"))
        let desk = try await ground.start().desk
        #expect(try await desk.begin("quick") == "quick-1")
        let busy =
            "target 'ground' is busy with run 'quick-1'; two drills never overlap on one target"
        await expectRefusal(.refused, [busy], of: "second", by: desk)
        await expectRefusal(.refused, [busy], by: desk)
    }

    @Test("when two ask at the same moment, for one of them")
    func atTheSameMoment() async throws {
        try ground.arm()
        try ground.plan((1...8).map { TestFiles.drill("drill-\($0)") }.joined())
        let desk = try await ground.start().desk
        let begun = await withTaskGroup(of: RunID?.self) { tasks in
            for number in 1...8 {
                // A refusal is what seven of them get.
                tasks.addTask { try? await desk.begin(Name("drill-\(number)")) }
            }
            return await tasks.reduce(into: []) { if let run = $1 { $0.append(run) } }
        }
        #expect(begun.count == 1)
    }

    @Test("when the target does not say of itself that it is staging, with every other reason")
    func silentMarker() async throws {
        try ground.write("production\n", to: "marker")
        let desk = try await ground.start().desk
        let reason =
            "the marker of 'ground', \(ground.path)/marker, does not hold the word staging; "
            + "write it there if this is the staging system"
        let disarmed = "the target 'ground' is disarmed; run 'drillctl arm ground'"
        await expectRefusal(.refused, [disarmed, reason], by: desk)
        _ = try await desk.ask(.arm("ground"))
        await expectRefusal(.refused, [reason], by: desk)
    }

    @Test("when there is no such drill")
    func unknown() async throws {
        let desk = try await ground.start().desk
        await expectRefusal(
            .notFound, ["there is no drill 'nope'; 'drillctl list' shows them all"], of: "nope",
            by: desk)
    }

    @Test("and its target is not armed when it is production")
    func production() async throws {
        let desk = try await ground.start().desk
        await #expect(
            throws: Refusal(
                .refused, ["target 'live' is 'production'; only staging can be armed"])
        ) { try await desk.ask(.arm("live")) }
        await #expect(
            throws: Refusal(
                .notFound, ["there is no target 'nope'; the calendar has ground, live"])
        ) { try await desk.ask(.arm("nope")) }
    }
}
