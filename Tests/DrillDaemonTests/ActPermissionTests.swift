import ControlAPI
import DrillDaemon
import Drills
import Glibc
import Testing

@Suite("A step of the response", .serialized, .timeLimit(.minutes(1)))
struct ActPermissionTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
        try ground.hook("repair", "sleep 60")
    }

    private static let step = ResponseAct.addEvidence(
        EvidenceItem(
            title: "graph", source: .address(url: "https://graphs/1"), content: "", bytes: 16,
            hash: String(repeating: "0a", count: 32)))

    /// Who asks, for whom, and the answer; nil: it is done.
    private static let table: [(login: String, person: PersonName, refusal: Refusal?)] = [
        ("nobody", "sre-1", nil),
        ("tester", "sre-1", nil),
        ("tester", "lead-1", nil),
        // Whoever observes adds evidence, and the board refuses all else.
        ("tester", "observer-1", nil),
        ("other", "sre-1", Refusal(.notPermitted, ["other cannot act for sre-1"])),
        (
            "nobody", "lead-1",
            Refusal(
                .notPermitted,
                ["lead-1 has no Login= in the calendar; an operator can act for them"])
        ),
        (
            "nobody", "ghost",
            Refusal(
                .notPermitted,
                ["ghost has no Login= in the calendar; an operator can act for them"])
        ),
        (
            "tester", "ghost",
            Refusal(
                .refused,
                ["ghost has no part in this run; its people are lead-1, sre-1, observer-1"])
        ),
    ]

    private static func peer(_ login: String) -> Peer {
        let uid = login == "tester" ? geteuid() : 65_534
        return Peer(uid: uid, gid: uid, pid: 1, login: login)
    }

    @Test("is taken by whoever acts for the person, and by operators, and by nobody else")
    func permissions() async throws {
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            #expect(try await desk.begin("quick") == "quick-1")
            for row in Self.table {
                let request = ControlRequest.act(
                    "quick-1", Self.step, by: row.person, via: "drillctl")
                do {
                    _ = try await desk.answer(request, from: Self.peer(row.login))
                    #expect(row.refusal == nil, "\(row)")
                } catch let refusal as Refusal {
                    #expect(refusal == row.refusal, "\(row)")
                }
            }
            let events = try await desk.detail(of: "quick-1")?.timeline.entries.map(\.event) ?? []
            let steps = events.filter { if case .acted = $0 { true } else { false } }
            #expect(steps.count == 4)
        }
    }

    @Test(
        "is as an ack: neither is given for somebody by a login that is not theirs",
        arguments: [
            (
                "nobody", "lead-1",
                "lead-1 has no Login= in the calendar; an operator can acknowledge for them"
            ),
            ("other", "sre-1", "other cannot acknowledge for sre-1"),
            ("tester", "lead-1", nil),
        ] as [(String, PersonName, String?)])
    func acks(login: String, person: PersonName, reason: String?) async throws {
        let daemon = try await ground.start()
        try await ground.running(daemon) { desk in
            _ = try await desk.begin("quick")
            let request = ControlRequest.ack(
                "quick-1", page: "flag", person: person, channel: "drillctl")
            let refusal = try await #require(throws: Refusal.self) {
                try await desk.answer(request, from: Self.peer(login))
            }
            // For an operator it is the run that says no: the page is not theirs.
            #expect((refusal.status == .notPermitted) == (reason != nil))
            if let reason { #expect(refusal.reasons == [reason]) }
        }
    }

    @Test("in a run that is not open is answered as an ack is")
    func closed() async throws {
        let desk = try await ground.start().desk
        await #expect(
            throws: Refusal(
                .notFound,
                ["run 'quick-7' is not open; 'drillctl status' shows the open ones"])
        ) { try await desk.ask(.act("quick-7", Self.step, by: "sre-1", via: "console")) }
    }

    @Test("after too many others in a row has to wait, and stopping never has to")
    func tooMany() async throws {
        let desk = try await ground.start().desk
        let request = ControlRequest.act("quick-7", Self.step, by: "sre-1", via: "console")
        var statuses: [Refusal.Status] = []
        for _ in 0..<200 {
            do {
                _ = try await desk.answer(request, from: Self.peer("nobody"))
            } catch let refusal as Refusal {
                statuses.append(refusal.status)
            }
        }
        #expect(statuses.prefix(120).allSatisfy { $0 == .notFound })
        #expect(statuses.last == .unavailable)
        _ = try await desk.answer(.halt(reason: "enough"), from: Self.peer("nobody"))
        _ = try await desk.answer(.status, from: Self.peer("nobody"))
    }
}
