import CalendarTime
import Drills
import IncidentCommand
import Testing

@Suite("Lanes and their owners")
struct RoleTests {
    static let handoffs: [(Handoff, PersonName, String)] = [
        (
            .sample(openUnknowns: " ", rollbackTrigger: ""), "sre-1",
            """
            a handoff without open-unknowns, rollback-trigger is not accepted; write a sentence \
            for each
            """
        ),
        (
            .sample(scopeBoundary: "\n"), "lead-1",
            "a handoff without scope-boundary is not accepted; write a sentence for each"
        ),
        (
            .sample(next: .minutes(31)), "sre-1",
            "next-checkpoint is 31min; write a time of at most 30min, such as 10min"
        ),
        (
            .sample(next: .zero), "sre-1",
            "next-checkpoint is 0; write a time of at most 30min, such as 10min"
        ),
        (
            .sample(), "comms-1",
            """
            lane response is not comms-1's to hand over, sre-1 owns it; ask lead-1 or deputy-1
            """
        ),
        (
            .sample(to: "lead-1"), "sre-1",
            "lead-1 commands and owns no lane; name someone else for response"
        ),
        (.sample(to: "sre-1"), "sre-1", "sre-1 owns lane response already"),
        (
            .sample(to: "sre-9"), "sre-1",
            """
            sre-9 has no part in this run; its people are lead-1, deputy-1, sre-1, sre-2, sre-3, \
            comms-1, scorer-1, observer-1
            """
        ),
    ]

    @Test("are handed over with every statement, to someone who may have them", arguments: handoffs)
    func refusesHandoffs(handoff: Handoff, person: PersonName, reason: String) {
        var session = Session.responding()
        #expect(session.act(.handOff(handoff), by: person) == reason)
        #expect(session.board.roles.owners[.response] == "sre-1")
    }

    @Test("are handed over by their owner, the commander or the deputy")
    func handsOver() throws {
        for person: PersonName in ["sre-1", "lead-1", "deputy-1"] {
            var session = Session.responding()
            #expect(session.act(.handOff(.sample()), by: person) == nil)
            #expect(session.board.roles.owners[.response] == "sre-2")
            let handover = try #require(session.board.roles.handovers.first)
            #expect(handover.from == "sre-1")
            #expect(handover.signed.by == person)
        }
    }

    static let grants: [(Lane, PersonName, PersonName, String)] = [
        (
            .comms, "sre-2", "sre-1",
            """
            lanes are given out by lead-1 or deputy-1; the owner of comms hands it over with a \
            handoff
            """
        ),
        (
            .comms, "lead-1", "deputy-1",
            "lead-1 commands and owns no lane; name someone else for comms"
        ),
        (.comms, "comms-1", "lead-1", "comms-1 owns lane comms already"),
    ]

    @Test("are given out by commander and deputy, never to the commander", arguments: grants)
    func refusesGrants(lane: Lane, owner: PersonName, person: PersonName, reason: String) {
        var session = Session.responding()
        #expect(session.act(.ownLane(lane, owner: owner), by: person) == reason)
    }

    @Test("are given out before the response and when nobody owns them")
    func givesOut() {
        var session = Session(.attended(roster: .with(lanes: [:])))
        #expect(session.act(.ownLane(.comms, owner: "observer-1"), by: "lead-1") == nil)
        #expect(session.board.roles.owners == [.comms: "observer-1"])
        #expect(
            session.act(.handOff(.sample()), by: "sre-2")
                == """
                lane response is not sre-2's to hand over, nobody owns it yet; ask lead-1 or \
                deputy-1
                """)
    }

    @Test("go to nobody who is out in this cycle")
    func refusesTheAbsent() {
        var session = Session.responding(.attended(availability: .absent))
        #expect(
            session.act(.ownLane(.verification, owner: "sre-1"), by: "lead-1")
                == "sre-1 is out in this drill until it ends; name someone else for verification")
        #expect(
            session.act(.confirmScope(.small)) == "sre-1 is out in this drill until it ends")
    }

    @Test("are nothing for a late person before their time")
    func refusesTheLate() {
        var session = Session.responding(.attended(availability: .late(.minutes(5))))
        let item = ResponseAct.addEvidence(.sample())
        session.pass(to: 299)
        #expect(
            session.act(item)
                == "sre-1 is out in this drill until 00:05:00 UTC, in 1s, which is 5min after the "
                + "first page")
        session.pass(to: 300)
        #expect(session.act(item) == nil)
    }

    @Test("are nothing for a late person before the first page, whenever it comes")
    func waitsForTheFirstPage() {
        var session = Session(.attended(availability: .late(.minutes(5))))
        session.begin()
        session.pass(to: 600)
        #expect(
            session.act(.addEvidence(.sample()))
                == "sre-1 is out in this drill until 5min after the first page")
    }

    @Test("are a late person's from their time on where the run sends no pages")
    func countsFromTheResponse() {
        var session = Session.responding(
            .attended(pages: [], availability: .late(.minutes(5))))
        session.pass(to: 200)
        #expect(
            session.act(.confirmScope(.small))
                == """
                sre-1 is out in this drill until 00:05:00 UTC, in 1min 40s, which is 5min after \
                the begin of the response
                """)
        session.pass(to: 300)
        #expect(session.act(.confirmScope(.small)) == nil)
    }

    @Test("leave those who gave them away their part in the run")
    func keepsMembers() {
        var session = Session.responding()
        session.act(.handOff(.sample(.injection)), by: "sre-3")
        #expect(session.act(.addEvidence(.sample()), by: "sre-3") == nil)
    }

    @Test("hold triage and mitigation inside the response")
    func holdsTriageAndMitigation() {
        var session = Session.responding()
        #expect(session.board.triage == "sre-1")
        session.acknowledge(by: "sre-2")
        session.decide(.sample(execution: "sre-3"))
        #expect(session.board.triage == "sre-2")
        #expect(session.board.mitigation == "sre-3")
    }
}

@Suite("Whoever acts in a run")
struct ActorTests {
    @Test("has a part in it")
    func hasAPart() {
        var session = Session.responding()
        #expect(
            session.act(.addEvidence(.sample()), by: "guest")
                == """
                guest has no part in this run; its people are lead-1, deputy-1, sre-1, sre-2, \
                sre-3, comms-1, scorer-1, observer-1
                """)
    }

    @Test("does more than watch, or only adds evidence", arguments: ["observer-1", "scorer-1"])
    func watches(person: String) {
        var session = Session.scoped()
        #expect(session.act(.addEvidence(.sample()), by: Name(person)) == nil)
        #expect(
            session.act(.rollBack(outOfTurn: nil), by: Name(person))
                == """
                \(person) watches and scores this run; observers add evidence, the people who \
                respond take the steps
                """)
    }
}

@Suite("The owners of a run")
struct OwnerGraphTests {
    @Test("are complete when every lane, level and stand-in has a name")
    func isComplete() {
        let (passed, detail) = OwnerGraph.check(.attended())
        #expect(passed)
        #expect(
            detail
                == """
                every lane has an owner: injection sre-3, response sre-1, verification sre-2, \
                comms comms-1
                """)
    }

    @Test("are told with every gap at once")
    func tellsGaps() {
        let roster = Roster(
            commander: "lead-1", deputy: nil, scoreOwner: "lead-1", observers: [],
            onCall: [OnCall(level: .primary, person: "sre-1")],
            lanes: [.injection: "sre-3", .response: "lead-1", .comms: "sre-2"])
        let (passed, detail) = OwnerGraph.check(.attended(roster: roster))
        #expect(!passed)
        #expect(
            detail
                == """
                lane verification has no owner; commander lead-1 owns lane response; nobody is on \
                call as secondary; no deputy is named; lead-1 commands and scores
                """)
    }
}
