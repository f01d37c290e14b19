import ControlAPI
import DrillDaemon
import Drills
import Testing

@Suite("A daemon's calendar", .timeLimit(.minutes(1)))
struct ReloadTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
    }

    private func drills(_ desk: DrillDesk) async throws -> [DrillName] {
        (try await desk.ask(.drills) as? [DrillRow] ?? []).map(\.drill)
    }

    @Test("is taken over when it has no errors")
    func isTakenOver() async throws {
        let desk = try await ground.start().desk
        try ground.plan(TestFiles.drill("quick"), TestFiles.drill("second"))
        #expect(
            try await desk.ask(.reload) as? Done
                == Done(message: "the calendar is loaded, it has 2 drills"))
        #expect(try await drills(desk) == ["quick", "second"])
    }

    @Test("tells what cannot occur in the order of the file, whatever its drills are called")
    func tellsInOrder() throws {
        let exclusion = "Exclude=dependency=auth stress=partial-owners"
        try ground.plan(TestFiles.drill("zeta", exclusion), TestFiles.drill("alpha", exclusion))
        let problems = CalendarSource(ground.configuration).load().problems
        let drills = problems.filter { $0.message.contains("never occur together") }
        #expect(drills.map { $0.message.contains("'zeta'") } == [true, false])
    }

    @Test("stays as it was when the new one has errors, and the status says which")
    func staysAsItWas() async throws {
        let desk = try await ground.start().desk
        try ground.plan(TestFiles.drill("other", "Knid=rollback"))
        let refusal = await #expect(throws: Refusal.self) { try await desk.ask(.reload) }
        let reasons = try #require(refusal).reasons
        let place = "\(ground.path)/etc/calendars/test.calendar"
        #expect(refusal?.status == .badRequest)
        #expect(
            reasons == ["\(place):36:1: unknown key Knid= in [Drill]; did you mean Kind=?"])
        #expect(try await drills(desk) == ["quick"])
        #expect((try await desk.ask(.status) as? DaemonStatus)?.reloadProblems == reasons)

        try ground.plan(TestFiles.drill("quick"))
        _ = try await desk.ask(.reload)
        #expect((try await desk.ask(.status) as? DaemonStatus)?.reloadProblems == [])
    }

    @Test("keeps the daemon from starting when it has errors")
    func keepsFromStarting() async throws {
        try ground.plan(TestFiles.drill("quick", "Knid=rollback"))
        let failure = await #expect(throws: StartFailure.self) { try await ground.start() }
        let text = try #require(failure).description
        #expect(text.contains("test.calendar:"))
        #expect(text.contains("unknown key Knid= in [Drill]; did you mean Kind=?"))
    }

    @Test("belongs to one daemon for each state folder")
    func belongsToOne() async throws {
        let first = try await ground.start()
        let failure = await #expect(throws: StartFailure.self) { try await ground.start() }
        #expect(
            try #require(failure).description
                == "another drilld works on \(ground.state.path); "
                + "stop it, or give another folder with --state")
        withExtendedLifetime(first) {}
    }
}
