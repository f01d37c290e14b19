import ControlAPI
import DrillDaemon
import Drills
import Testing

@Suite("Two faults of one run", .serialized, .timeLimit(.minutes(2)))
struct TwoFaultTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
        try ground.hook("repair", "sleep 60")
        // Its revert takes its supervisor away, so that nobody hears how it ended, until it is mended.
        try ground.hook(
            "lost",
            #"""
            case $1 in
                check) cat "$DRILL_TARGET_ROOT/other" 2>/dev/null || echo whole ;;
                inject) echo broken >"$DRILL_TARGET_ROOT/other" ;;
                revert)
                    [ -e "${DRILL_TARGET_ROOT%/*}/mended" ] || kill -9 $PPID
                    rm -f "$DRILL_TARGET_ROOT/other" ;;
            esac
            """#)
        let second = """
            [Fault other]
            Hook=hooks/lost
            DurationSec=20s
            Touches=path:\(ground.path)/target

            [Probe steady]
            """
        try ground.write(
            TestFiles.scenario(in: ground.path).replacing("[Probe steady]", with: second),
            to: "etc/scenarios/quick.scenario")
    }

    @Test("are taken back each by itself: one whose revert is lost holds up no other")
    func areIndependent() async throws {
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(
                await eventually {
                    ground.read("target/flag") == "broken\n"
                        && ground.read("target/other") == "broken\n"
                })
            _ = try await desk.ask(.abort("quick-1", reason: "enough"))
            #expect(await eventually { ground.read("target/flag") == "whole\n" })
            try ground.write("", to: "mended")
            _ = try await desk.ask(.revert("quick-1.other"))
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
    }

    @Test("are not said to be gone before they were there")
    func areNotGoneBefore() async throws {
        let file = "etc/scenarios/quick.scenario"
        try ground.write(
            ground.read(file).replacing("Hook=hooks/lost", with: "Hook=hooks/lost\nStartSec=9s"),
            to: file)
        try ground.write("", to: "mended")
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(await eventually { ground.read("target/flag") == "broken\n" })
            let refusal = await #expect(throws: Refusal.self) {
                try await desk.ask(.revert("quick-1.other"))
            }
            #expect(
                refusal?.reasons == [
                    "no fault 'quick-1.other' is armed, so nothing was done; "
                        + "'drillctl faults' lists those that are"
                ])
            _ = try await desk.ask(.abort("quick-1", reason: "enough"))
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
        #expect(ground.read("target/flag") == "whole\n")
    }
}
