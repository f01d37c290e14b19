import ControlAPI
import DrillDaemon
import Drills
import Testing

@Suite("Someone who is no operator", .timeLimit(.minutes(1)))
struct PermissionTests {
    private let ground: TestGround
    private let nobody = Peer(uid: 65_534, gid: 65_534, pid: 1, login: "nobody")

    init() throws {
        ground = try TestGround()
    }

    @Test(
        "may look, and may stop",
        arguments: [
            ControlRequest.status, .drills, .runs(limit: 5), .faults, .halt(reason: "it burns"),
            .disarm("ground"),
        ])
    func may(request: ControlRequest) async throws {
        let desk = try await ground.start().desk
        _ = try await desk.answer(request, from: nobody)
    }

    @Test("may revert, and is told where there is nothing to take back")
    func mayRevert() async throws {
        let desk = try await ground.start().desk
        await #expect(
            throws: Refusal(
                .notFound,
                [
                    "no fault 'quick-1.flag' is armed, so nothing was done; "
                        + "'drillctl faults' lists those that are"
                ])
        ) { try await desk.answer(.revert("quick-1.flag"), from: nobody) }
    }

    @Test(
        "may not start, arm, release, reload or forget",
        arguments: [
            ControlRequest.start("quick"), .arm("ground"), .release(reason: "all clear"), .reload,
            .forget("quick-1.flag", reason: "gone", second: "lead-1"),
            .addFollowUp("quick-1", FollowUp(owner: "sre-1", due: "2027-01-01", text: "mend it")),
        ])
    func mayNot(request: ControlRequest) async throws {
        let desk = try await ground.start().desk
        await #expect(
            throws: Refusal(
                .notPermitted, ["nobody is not in group 'no-such-group'; ask one who is"])
        ) { try await desk.answer(request, from: nobody) }
    }

    @Test("may not forget a fault with a second person whom nobody knows, whoever asks")
    func needsASecondPerson() async throws {
        let desk = try await ground.start().desk
        await #expect(
            throws: Refusal(
                .refused, ["'mickey' is no second person of the calendar; name one with --second"])
        ) { try await desk.ask(.forget("quick-1.flag", reason: "gone", second: "mickey")) }
    }

    @Test("may abort a run, and acknowledge for nobody else")
    func inARun() async throws {
        try ground.arm()
        let desk = try await ground.start().desk
        #expect(try await desk.begin("quick") == "quick-1")
        _ = try await desk.answer(.abort("quick-1", reason: "too loud"), from: nobody)
        let other = Peer(uid: 65_533, gid: 65_533, pid: 1, login: "other")
        await #expect(throws: Refusal(.notPermitted, ["other cannot acknowledge for sre-1"])) {
            try await desk.answer(
                .ack("quick-1", page: "flag", person: "sre-1", channel: "sms"), from: other)
        }
    }
}
