import ControlAPI
import DrillDaemon
import Drills
import Foundation
import Testing

@Suite("The channels of a page", .serialized, .timeLimit(.minutes(2)))
struct ChannelTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
        // The run stays open until all channels have answered.
        try ground.hook(
            "repair",
            #"""
            while [ ! -e "${DRILL_TARGET_ROOT%/*}/go" ]; do sleep 0.02; done
            echo "whole again" >"$DRILL_TARGET_ROOT/flag"
            """#)
    }

    private func channel(_ name: String, port: UInt16) -> String {
        """
        [Channel \(name)]
        Type=webhook
        Url=http://127.0.0.1:\(port)/\(name)
        TimeoutSec=300ms
        Attempts=2
        Key=@file:\(ground.path)/signing.key

        """
    }

    private static let service: @Sendable (Sink.Request, Int) -> Sink.Answer = { request, earlier in
        switch request.path {
        case "/slow": .silence
        case "/moved": .status(302, headers: "Location: http://elsewhere.example/\r\n")
        case "/busy" where earlier == 0: .status(429, headers: "Retry-After: 0\r\n")
        case "/broken": .status(500, body: "out of order")
        case "/garbage": .garbage
        default: .status(200)
        }
    }

    private func receipts(_ desk: DrillDesk) async throws -> [Receipt] {
        let entries = try await desk.detail(of: "quick-1")?.timeline.entries ?? []
        return entries.compactMap { entry in
            guard case .pageSent(_, _, _, let receipt) = entry.event else { return nil }
            return receipt
        }
    }

    @Test("each answer with a receipt of their own, and a slow one holds up no other")
    func receipts() async throws {
        let sink = try Sink(answer: Self.service)
        try ground.keep("key-of-the-webhooks-0123", in: "signing.key")
        let names = ["good", "slow", "moved", "busy", "broken", "garbage"]
        let channels =
            names.map { channel($0, port: sink.port) }
            + [channel("down", port: try Sink.closedPort())]
        let all = (names + ["down"]).joined(separator: " ")
        try ground.plan(channels.joined(), TestFiles.drill("quick", "Channel=\(all)"))
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(try await eventually { try await receipts(desk).count == 8 })
            try ground.write("", to: "go")
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
            let found = try await receipts(desk)
            let verdicts = Dictionary(uniqueKeysWithValues: found.map { ($0.channel?.text, $0) })
            #expect(verdicts["pager"]?.verdict == .accepted)
            #expect(verdicts["good"]?.verdict == .accepted)
            #expect(verdicts["busy"]?.verdict == .accepted)
            #expect(verdicts["busy"]?.attempts == 2)
            #expect(verdicts["broken"]?.verdict == .lost(reason: "answered 500: out of order"))
            #expect(verdicts["slow"]?.verdict == .lost(reason: "no answer within 300ms"))
            let moved =
                "answered 302 and points to elsewhere.example, which is not followed; "
                + "write in Url= where the service is"
            #expect(verdicts["moved"]?.verdict == .rejected(reason: moved))
            for name in ["garbage", "down"] {
                guard case .lost? = verdicts[name]?.verdict else {
                    Issue.record("\(name): \(String(describing: verdicts[name]))")
                    continue
                }
            }
            let order = found.compactMap(\.channel?.text)
            let good = try #require(order.firstIndex(of: "good"))
            let slow = try #require(order.firstIndex(of: "slow"))
            #expect(good < slow)
        }
        #expect(sink.requests(at: "/moved").count == 1)
        // What is not known to have failed is told that the page is over.
        #expect(sink.requests(at: "/good").last?.body.contains(#""event":"resolved""#) == true)
    }

    @Test("that are hooks are asked again as often as they want and may, and are told the labels")
    func hooks() async throws {
        try ground.hook(
            "tell",
            #"""
            folder=${DRILL_TARGET_ROOT%/*}
            echo call >>"$folder/calls"
            printf '%s\n' "$DRILL_PAGE_LABELS" >"$folder/labels"
            [ "$(wc -l <"$folder/calls")" -ge 3 ] || exit 75
            """#)
        try ground.plan(
            "[Channel told]\nCommand=hooks/tell\nAttempts=3\n",
            TestFiles.drill("quick", "Channel=\nChannel=told"))
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(try await eventually { try await receipts(desk).count == 1 })
            let receipt = try #require(try await receipts(desk).first)
            #expect(receipt.wasAccepted && receipt.attempts == 3)
            #expect(receipt.report?.succeeded == true)
            let labels = ground.read("labels").split(separator: "\n").map(String.init)
            #expect(Set(labels).isSuperset(of: ["drill=true", "drill_id=quick-1", "env=staging"]))
            try ground.write("", to: "go")
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
    }

    @Test("never let a secret out, whatever comes back")
    func secrets() async throws {
        let marker = "MARKERsecret0123456789abcdefgh"
        let echo = try Sink { request, _ in .status(500, body: request.head + request.body) }
        let ports = [echo.port, try Sink.closedPort()]
        let keys = [
            "webhook": marker, "slack": "T0/B0/\(marker)", "ntfy": "tk_\(marker)",
            "pagerduty": "32\(marker)", "alertmanager": marker,
        ]
        var sections = ""
        var names: [String] = []
        for (type, key) in keys.sorted(by: { $0.key < $1.key }) {
            try ground.keep(key, in: "\(type).key")
            for (number, port) in ports.enumerated() {
                names.append("\(type)-\(number)")
                sections += """
                    [Channel \(type)-\(number)]
                    Type=\(type)
                    Url=http://127.0.0.1:\(port)
                    Key=@file:\(ground.path)/\(type).key
                    TimeoutSec=300ms
                    Attempts=1

                    """
            }
        }
        let topics = names.filter { $0.hasPrefix("ntfy") }.map { "Address=\($0):topic" }
        try ground.plan(
            sections, "[Person sre-9]\n" + topics.joined(separator: "\n") + "\n",
            TestFiles.drill(
                "quick", "Channel=\(names.joined(separator: " "))\nOnCall=\nOnCall=primary:sre-9"))
        let daemon = try await ground.start()
        let count = names.count + 1
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            #expect(try await eventually { try await receipts(desk).count == count })
            let sentences = try await receipts(desk).map(\.sentence).joined(separator: "\n")
            #expect(!sentences.contains(marker), "\(sentences)")
            try ground.write("", to: "go")
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
        #expect(echo.requests.contains { $0.head.contains(marker) || $0.body.contains(marker) })
        let leaks = try ground.files().filter { file in
            !file.hasSuffix(".key") && ground.bytes(file).contains(Data(marker.utf8))
        }
        #expect(leaks == [])
    }
}
