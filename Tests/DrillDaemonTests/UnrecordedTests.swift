import ControlAPI
import DrillDaemon
import Drills
import Testing

@Suite("While the ledger takes nothing", .serialized, .timeLimit(.minutes(2)))
struct UnrecordedTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
        try ground.hook("repair", "sleep 60")
    }

    @Test("nobody is told that a run was started")
    func start() async throws {
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            let broken = try await BrokenLedger(ground)
            let refusal = await #expect(throws: Refusal.self) {
                try await desk.ask(.start("quick"))
            }
            #expect(refusal?.status == .failed)
            #expect(
                refusal?.reasons == [
                    "run 'quick-1' was begun, but the ledger does not take it; "
                        + "'drillctl status' shows what becomes of it"
                ])
            try await broken.mend()
        }
        #expect(ground.read("target/flag") == "whole\n")
    }

    @Test("an acknowledgement is neither confirmed nor denied, an abort is carried out and says so")
    func acknowledge() async throws {
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(
                try await eventually {
                    try await desk.detail(of: "quick-1")?.timeline.entries.contains { entry in
                        if case .pageSent = entry.event { true } else { false }
                    } == true
                })
            let broken = try await BrokenLedger(ground)
            let refusal = await #expect(throws: Refusal.self) {
                try await desk.ask(
                    .ack("quick-1", page: "flag", person: "sre-1", channel: "drillctl"))
            }
            #expect(refusal?.status == .failed)
            #expect(
                refusal?.reasons == [
                    "the acknowledgement is not on the record; it is written if the ledger takes "
                        + "events again, and 'drillctl timeline' shows whether it was"
                ])
            let done = try await desk.ask(.abort("quick-1", reason: "enough")) as? Done
            #expect(done?.message.hasSuffix("; that is not on the record yet") == true)
            #expect(await eventually { ground.read("target/flag") == "whole\n" })
            try await broken.mend()
        }
    }
}
