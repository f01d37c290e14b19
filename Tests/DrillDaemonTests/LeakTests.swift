import CalendarTime
import ControlAPI
import DrillDaemon
import Drills
import Faults
import Foundation
import Ledger
import Testing

@Suite("A fault that stays after the third failed revert", .serialized, .timeLimit(.minutes(2)))
struct LeakTests {
    private let ground: TestGround
    private static let fault: FaultID = "quick-1.flag"

    init() throws {
        ground = try TestGround()
        try ground.arm()
        try ground.keep("key-of-the-webhooks-0123", in: "signing.key")
        try ground.hook(
            "flag",
            #"""
            flag=$DRILL_TARGET_ROOT/flag
            case $1 in
                check) cat "$flag" ;;
                inject) echo broken >"$flag" ;;
                revert) [ -e "${DRILL_TARGET_ROOT%/*}/mended" ] || exit 7; echo whole >"$flag" ;;
            esac
            """#)
        try ground.hook(
            "tell",
            #"""
            case $DRILL_PAGE_ID in fault-leaked)
                echo "$DRILL_PAGE_TO: $DRILL_PAGE_TEXT" >>"${DRILL_TARGET_ROOT%/*}/told" ;;
            esac
            """#)
    }

    private func plan(over channels: String, at port: UInt16) throws {
        try ground.plan(
            """
            [Channel ring]
            Type=webhook
            Url=http://127.0.0.1:\(port)/ring
            Attempts=1
            Key=@file:\(ground.path)/signing.key

            [Channel told]
            Command=hooks/tell

            """, TestFiles.drill("quick", "Channel=\nChannel=\(channels)"))
    }

    /// What was posted about the fault itself: `firing`, `resolved`.
    private func posts(_ sink: Sink) -> [String] {
        sink.requests.filter { $0.body.contains(#""key":"quick-1.flag.leaked""#) }.compactMap {
            $0.body.contains(#""event":"firing""#) ? "firing" : "resolved"
        }
    }

    private func receipts() async throws -> [Receipt] {
        try await LedgerReader.open(path: ground.configuration.ledger)
            .leakReceipts(of: Self.fault)
    }

    private static let text =
        "[LEAKED quick-1.flag] SEV-1 A fault of drill quick may still be in place on ground "
        + "(staging): revert: exit 7. This is no exercise. 'drillctl faults' shows how it stands, "
        + "'drillctl revert quick-1.flag' tries once more."

    @Test("pages whoever is on call first over every channel, once, and tells them when it is gone")
    func pages() async throws {
        let sink = try Sink { _, _ in .status(200) }
        try plan(over: "ring told", at: sink.port)
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(try await eventually { try await receipts().count == 2 })
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
            let outcome = try await desk.detail(of: "quick-1")?.timeline.outcome
            #expect(outcome == .leaked(faults: ["flag"]))
        }
        #expect(ground.read("told") == "sre-1: \(Self.text)\n")
        #expect(posts(sink) == ["firing"])
        let post = try #require(sink.requests.first { $0.body.contains("quick-1.flag.leaked") })
        for part in [#""leaked":"true""#, #""drill":"true""#, #""person":"sre-1""#, Self.text] {
            #expect(post.body.contains(part), "\(post.body)")
        }
        // Whoever knows of it is not paged again because drilld was started again.
        try await ground.running(try await ground.start()) { desk in
            let attempts = try await desk.faultAttempts(of: Self.fault)
            #expect(
                try await eventually { try await desk.faultAttempts(of: Self.fault) > attempts })
            #expect(posts(sink) == ["firing"])
            try ground.write("", to: "mended")
            _ = try await desk.ask(.revert(Self.fault))
            #expect(await eventually { posts(sink) == ["firing", "resolved"] })
        }
        #expect(try await receipts().count == 2)
        #expect(ground.read("told") == "sre-1: \(Self.text)\n")
    }

    @Test("is paged about again with each further failure until somebody is reached")
    func pagesUntilReached() async throws {
        let ground = ground
        let sink = try Sink { request, _ in
            // The first page about the fault is lost.
            guard request.body.contains("fault-leaked") else { return .status(200) }
            let isFirst = ground.read("asked").isEmpty
            // What cannot be written is asked for once more.
            try? ground.write("once", to: "asked")
            return isFirst ? .status(500) : .status(200)
        }
        try plan(over: "ring", at: sink.port)
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(try await eventually { try await receipts().contains(where: \.wasAccepted) })
            try ground.write("", to: "mended")
            _ = try await desk.ask(.revert(Self.fault))
        }
        #expect(try await receipts().map(\.wasAccepted) == [false, true])
        #expect(posts(sink) == ["firing", "firing", "resolved"])
    }

    @Test("is paged about and resolved though nothing of it can be recorded")
    func pagesWithoutTheLedger() async throws {
        try ground.hook("repair", "sleep 60")
        let sink = try Sink { _, _ in .status(200) }
        try plan(over: "ring", at: sink.port)
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(await eventually { ground.read("target/flag") == "broken\n" })
            let broken = try await BrokenLedger(ground)
            _ = try await desk.ask(.abort("quick-1", reason: "enough"))
            #expect(await eventually { posts(sink) == ["firing"] })
            try ground.write("", to: "mended")
            _ = try await desk.ask(.revert(Self.fault))
            #expect(await eventually { posts(sink) == ["firing", "resolved"] })
            try await broken.mend()
        }
        #expect(try await receipts() == [])
    }

    @Test("is paged about by a hook however long its drill, fault and channel are called")
    func longNames() async throws {
        try ground.hook("repair", "sleep 60")
        let drill = String(repeating: "d", count: 36)
        let channel = String(repeating: "c", count: 36)
        try ground.plan(
            "[Channel \(channel)]\nCommand=hooks/tell\n",
            TestFiles.drill(drill, "Channel=\nChannel=\(channel)"))
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            let run = try await desk.begin(DrillName(drill))
            #expect(await eventually { ground.read("target/flag") == "broken\n" })
            _ = try await desk.ask(.abort(try #require(run), reason: "enough"))
            #expect(await eventually { ground.read("told").hasPrefix("sre-1: [LEAKED ddd") })
            try ground.write("", to: "mended")
            _ = try await desk.ask(.revert(FaultID("\(drill)-1.flag")))
        }
    }

    @Test("leaves a line in the journal where the drill has no channel")
    func needsAChannel() async throws {
        try ground.hook("repair", "sleep 60")
        let sink = try Sink { _, _ in .status(200) }
        try plan(over: "", at: sink.port)
        let ground = ground
        try await ground.running(try await ground.start()) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(await eventually { ground.read("target/flag") == "broken\n" })
            _ = try await desk.ask(.abort("quick-1", reason: "enough"))
            let line = "nobody is paged about fault quick-1.flag: its drill has no channel"
            #expect(await eventually { ground.read("journal").contains(line) })
            try ground.write("", to: "mended")
            _ = try await desk.ask(.revert(Self.fault))
        }
    }
}

extension DrillDesk {
    fileprivate func faultAttempts(of fault: FaultID) async throws -> Int {
        let faults = try await ask(.faults) as? [FaultRow] ?? []
        return faults.first { $0.fault == fault }?.failedAttempts ?? 0
    }
}
