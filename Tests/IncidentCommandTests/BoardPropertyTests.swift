import CalendarTime
import Drills
import IncidentCommand
import Samples
import Testing

@Suite("The board of a run in which people do whatever they like")
struct BoardPropertyTests {
    @Test("is what its recorded events make of it", arguments: 0..<50 as Range<UInt64>)
    func isFolded(seed: UInt64) {
        let session = Session.random(seed: seed)
        var board = IncidentBoard(session.board.plan)
        for (at, event) in session.entries { board.note(event, at: at) }
        #expect(board == session.board)
        let timeline = Timeline(
            entries: session.entries.map { at, event in
                Timeline.Entry(
                    at: Moment(wall: WallInstant(microsecondsSinceEpoch: 0), boot: at),
                    bootID: "b", event: event)
            })
        #expect(IncidentBoard(timeline) == session.board)
    }

    @Test("goes on from any prefix as if nothing had been", arguments: 0..<20 as Range<UInt64>)
    func goesOn(seed: UInt64) {
        let session = Session.random(seed: seed)
        var board = IncidentBoard(session.board.plan)
        for (at, event) in session.entries {
            var other = board
            let due = other.wake(at: at)
            #expect(other.wake(at: at) == due, "it goes on until it is noted")
            #expect(due.isEmpty == !(other.nextWake.map { $0 <= at } ?? false))
            for event in due {
                other.note(event, at: at)
                #expect(!other.wake(at: at).contains(event), "what was noted is still due")
            }
            board.note(event, at: at)
        }
        #expect(board == session.board)
    }

    @Test("never has two decisions at a checkpoint", arguments: 0..<50 as Range<UInt64>)
    func decidesOnce(seed: UInt64) {
        let session = Session.random(seed: seed)
        var isOpen = false
        for (_, event) in session.entries {
            switch event {
            case .checkpointOpened:
                #expect(!isOpen, "opened while one is open")
                isOpen = true
            case .acted(.decide, let person, _):
                #expect(isOpen, "decided without a checkpoint")
                #expect(["lead-1", "deputy-1"].contains(person))
                isOpen = false
            default: break
            }
        }
    }

    @Test("tells each overrun once", arguments: 0..<50 as Range<UInt64>)
    func tellsOnce(seed: UInt64) {
        let overruns = Session.random(seed: seed).entries.compactMap { entry in
            if case .overran(let overrun, _) = entry.event { overrun } else { nil }
        }
        #expect(Set(overruns).count == overruns.count)
    }

    @Test("gives the commander no lane and watchers no step", arguments: 0..<50 as Range<UInt64>)
    func keepsRoles(seed: UInt64) {
        let session = Session.random(seed: seed)
        #expect(!session.board.roles.owners.values.contains("lead-1"))
        for (_, event) in session.entries {
            guard case .acted(let act, let person, _) = event else { continue }
            #expect(person != "guest")
            if act.step != nil { #expect(person != "scorer-1") }
        }
    }

    @Test("is never woken in a run of scripts", arguments: 0..<20 as Range<UInt64>)
    func leavesScriptsAlone(seed: UInt64) {
        let session = Session.random(seed: seed, response: .attended(false))
        #expect(
            session.entries.allSatisfy { entry in
                switch entry.event {
                case .overran, .checkpointOpened: false
                default: true
                }
            })
        #expect(session.board.nextWake == nil)
    }
}

extension Session {
    fileprivate static func random(
        seed: UInt64,
        response: ResponsePlan = .attended(cadence: [.init(kind: .internal, every: .minutes(4))])
    ) -> Session {
        var random = Chance(seed: seed)
        var session = Session.responding(
            .attended(
                pages: [.sample("a"), .sample("b")],
                availability: random.pick([.present, .absent, .late(.minutes(3))]),
                response: response))
        var second: Int64 = 0
        for _ in 0..<80 {
            second += Int64(random.next() % 60)
            session.pass(to: second)
            session.something(using: &random)
        }
        session.wake()
        return session
    }

    private mutating func something(using random: inout Chance) {
        switch random.next() % 12 {
        case 0: acknowledge(random.pick(["a", "b"]), by: random.pick(["sre-1", "sre-2"]))
        case 1: note(.ackExpired(page: random.pick(["a", "b"]), person: "sre-1"))
        case 2 where board.playbook.rollbackUnderWay != nil:
            finishRollback(random.pick([0, 1]))
        case 3 where random.next() % 20 == 0: note(.phaseEntered(phase: .verify))
        default:
            let person: PersonName = random.pick([
                "lead-1", "deputy-1", "sre-1", "sre-2", "scorer-1", "guest",
            ])
            act(random.act(overruns: board.overruns.open.map(\.overrun)), by: person)
        }
    }
}

/// A small generator, so that a failing case is named by its seed.
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int(next() % UInt64(choices.count))]
    }

    mutating func act(overruns: [Overrun]) -> ResponseAct {
        let reason = pick([nil, nil] + OutOfTurn.allCases)
        let overrun = overruns.isEmpty ? .allClear : pick(overruns)
        let people: [PersonName] = ["lead-1", "sre-1", "sre-2", "sre-3", "comms-1"]
        return pick([
            .confirmScope(.small), .rollBack(outOfTurn: reason), decision(people),
            decision(people), decision(people), .captureTrace(note: "n", outOfTurn: reason),
            .postStatus(text: "t", outOfTurn: reason),
            .investigate(note: "n", outOfTurn: reason), .clear(reason: "r"),
            .recommend(.sample(pick(Decision.Branch.allCases), evidence: pick([nil, 1]))),
            .handOff(.sample(pick(Lane.allCases), to: pick(people), next: .minutes(2))),
            .ownLane(pick(Lane.allCases), owner: pick(people)), .addEvidence(.sample()),
            .sendUpdate(.internal, note: "n"), .explainOverrun(overrun, reason: "r"),
            .changeSeverity(
                SeverityChange(severity: pick(Severity.allCases), evidence: 1, why: "w")),
        ])
    }

    private mutating func decision(_ people: [PersonName]) -> ResponseAct {
        .decide(
            .sample(
                pick(Decision.Branch.allCases), rung: pick([nil, .flagOff, .fullRollback]),
                rejected: pick(["waiting", "flag-off, bounded-patch"]),
                confidence: pick(Decision.Confidence.allCases), execution: pick(people),
                verificationOwner: pick(people), next: .minutes(Int64(next() % 33))))
    }
}
