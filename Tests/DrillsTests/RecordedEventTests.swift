import CalendarTime
import Drills
import Foundation
import Testing

@Suite("An event")
struct RecordedEventTests {
    @Test("comes back from the record as it was, whatever it is")
    func storing() throws {
        for event in EventSamples.all {
            let stored = try encoded(event)
            let read = try decoded(stored)
            #expect(read == event)
            #expect(stored.hasPrefix("{\"\(event.caseName)\":"))
        }
        let names = Set(EventSamples.all.map(\.caseName))
        #expect(names.count == 36)
    }

    @Test("has a sentence, whatever it is")
    func sentences() throws {
        let sentences = EventSamples.all.map(\.sentence)
        #expect(!sentences.contains(""))
        try expectGolden(sentences.joined(separator: "\n") + "\n", "event-sentences.txt")
    }

    @Test("has every act of a person among its samples, and the acts come back as they were")
    func acts() throws {
        #expect(Set(EventSamples.acts.map(\.verb)) == Set(ResponseAct.Verb.allCases))
        for act in EventSamples.acts {
            let stored = try JSONEncoder().encode(act)
            #expect(try JSONDecoder().decode(ResponseAct.self, from: stored) == act)
        }
    }

    @Test(
        "that nobody knows or that is none is refused with a reason",
        arguments: [
            ("{\"vanished\":{}}", "no event is called 'vanished'"),
            ("{}", "an event has one name, not 0"),
            ("{\"mitigated\":{},\"resolved\":{}}", "an event has one name, not 2"),
        ])
    func refuses(text: String, reason: String) {
        let error = #expect(throws: DecodingError.self) { try decoded(text) }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.debugDescription == reason)
    }

    @Test("that lacks a field is refused")
    func refusesWithoutField() {
        #expect(throws: DecodingError.self) { try decoded("{\"noted\":{}}") }
        #expect(throws: DecodingError.self) {
            try decoded("{\"pageSent\":{\"level\":\"primary\",\"page\":\"p\",\"person\":\"a\"}}")
        }
    }
}

@Suite("An event that was recorded when a drill had one channel")
struct OldEventTests {
    /// Printed by the program as it was before channels had types.
    private let lines: [String]

    init() throws {
        let file = dataFolder.appendingPathComponent("recorded-with-one-channel.jsonl")
        lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    @Test("is still read, and unless it has changed recorded as it was")
    func reads() throws {
        #expect(lines.count == 31)
        for line in lines {
            let event = try decoded(line)
            #expect(line.hasPrefix("{\"\(event.caseName)\":"))
            switch event {
            case .opened, .pageSent:
                let again = try decoded(try encoded(event))
                #expect(again == event)
            default:
                let again = try encoded(event)
                #expect(again == line)
            }
        }
    }

    @Test("tells of a plan with that one channel, plain pages and a response by scripts")
    func plan() throws {
        guard case .opened(let plan) = try decoded(lines[0]) else {
            Issue.record("the first event opens a run")
            return
        }
        let mailbox = Parameter(name: "mailbox", value: .literal("/tmp/drilld-demo/mailbox"))
        #expect(
            plan.channels == [
                Channel(
                    name: "pager",
                    service: .exec(
                        command: HookCommand(hook: "hooks/page"), parameters: [mailbox]),
                    timeout: .seconds(5), pagesPerMinute: 100, attempts: 1, routing: nil)
            ])
        #expect(plan.response == .scripted)
        #expect(plan.run == "demo-storm-3")
        #expect(plan.pages.count == 6)
        #expect(
            plan.pages.first
                == PagePlan(
                    name: "timeouts", summary: "Deliveries to the receipt sink time out",
                    after: .seconds(1), to: .primary, severity: .sev2))
        #expect(plan.pages.filter(\.wantsAck).count == 6)
    }

    @Test("tells of a plan without a channel as of one with none")
    func planWithoutChannel() throws {
        guard case .opened(let plan) = try decoded(lines[1]) else {
            Issue.record("the second event opens a run")
            return
        }
        #expect(plan.channels == [])
        #expect(plan.coordination == nil)
        #expect(plan.roster.lanes == [.response: "sre-1", .verification: "sre-2"])
    }

    @Test("tells of a page what its hook reported")
    func pages() throws {
        let verdicts = try lines.map(decoded).compactMap { event -> Receipt.Verdict? in
            guard case .pageSent(_, _, _, let receipt) = event else { return nil }
            #expect(receipt.channel == nil)
            #expect(receipt.report != nil)
            return receipt.verdict
        }
        #expect(
            verdicts == [
                .accepted, .lost(reason: "timed out"), .rejected(reason: "exit 7"),
            ])
    }
}

private func decoded(_ text: String) throws -> RunEvent {
    try JSONDecoder().decode(RunEvent.self, from: Data(text.utf8))
}

/// As the ledger stores it.
private func encoded(_ event: RunEvent) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(event), as: UTF8.self)
}
