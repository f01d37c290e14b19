import CalendarTime
import DrillRuns
import Drills
import IncidentCommand
import Samples
import Testing

@Suite("A page storm that another process left open")
struct ResumeTests {
    @Test(
        "goes on wherever it was left: nobody is paged twice, no ack is lost, the clocks are right",
        arguments: 0..<20 as Range<UInt64>)
    func goesOn(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let plan = RunPlan.randomStorm(using: &random)
        let world = World.ofStorm(using: &random)
        var edges = SimulatedEdges(plan, in: world)
        _ = edges.runToTheEnd()
        let open = edges.moments.filter(\.run.canResume)
        for moment in open.shuffled(using: &random).prefix(12) {
            let recorded = Array(edges.entries.prefix(moment.count))
            checkClocks(plan, recorded, moment)
            var next = SimulatedEdges(
                resuming: plan, from: recorded, at: moment.at, in: world)
            #expect(next.runToTheEnd() != nil, "never ends after \(moment.count) events")
            checkPages(plan, recorded, next)
            checkAcks(recorded, next)
        }
    }

    private func checkClocks(
        _ plan: RunPlan, _ recorded: [(at: BootInstant, event: RunEvent)],
        _ moment: (count: Int, at: BootInstant, run: DrillRun)
    ) {
        var restored = DrillRun(restoring: plan, from: recorded)
        #expect(restored.canResume)
        let reason = "drilld was started again"
        _ = restored.wake(at: moment.at)
        #expect(restored.nextWake == moment.run.nextWake, "after \(moment.count) events")
        _ = restored.handle(.resumed(reason: reason), at: moment.at)
        for page in plan.pages {
            #expect(
                restored.pages.ackDeadline(of: page.name)
                    == moment.run.pages.ackDeadline(of: page.name))
        }
    }

    private func checkPages(
        _ plan: RunPlan, _ recorded: [(at: BootInstant, event: RunEvent)], _ next: SimulatedEdges
    ) {
        let posted = Set(recorded.flatMap { Handover.asked(for: $0.event) })
        let answered = Set(recorded.compactMap { Handover(answered: $0.event) })
        let again = next.pages.filter(posted.contains)
        #expect(again.allSatisfy { !answered.contains($0) && $0.channel == "pager" })
        #expect(Set(next.pages).count == next.pages.count)
        let told = Set(next.entries.compactMap { Handover(answered: $0.event) })
        #expect(posted.allSatisfy { told.contains($0) || $0.channel == "pager" })
    }

    private func checkAcks(
        _ recorded: [(at: BootInstant, event: RunEvent)], _ next: SimulatedEdges
    ) {
        for case .acked(let page, let person, _) in recorded.map(\.event) {
            #expect(next.run.pages[page]?.acks.contains { $0.person == person } == true)
        }
    }

    @Test("cannot go on when it is no storm, has not begun, or is over")
    func cannotGoOn() {
        #expect(!resumable(.attendedStorm(), [.opened(plan: .attendedStorm())]))
        #expect(!resumable(.attended(), [.phaseEntered(phase: .respond)]))
        #expect(!resumable(.attendedStorm(), [.phaseEntered(phase: .verify)]))
        #expect(resumable(.attendedStorm(), [.phaseEntered(phase: .respond)]))
    }

    @Test("has its live faults reverted, and those to come still come")
    func faults() {
        let plan = RunPlan.attended(
            kind: .pageStorm,
            faults: [
                .sample("latency", duration: .seconds(50)),
                .sample("errors", start: .seconds(20), duration: .seconds(5)),
            ], responses: [])
        var edges = SimulatedEdges(plan)
        _ = edges.runToTheEnd()
        let cut = edges.moments.last { $0.at <= BootInstant(microsecondsSinceBoot: 9_000_000) }
        guard let cut else { return #expect(Bool(false), "the run has no such moment") }
        var next = SimulatedEdges(
            resuming: plan, from: Array(edges.entries.prefix(cut.count)), at: cut.at,
            in: World())
        _ = next.runToTheEnd()
        #expect(next.effects.first?.effect == .revert("latency"))
        #expect(next.effects.contains { $0.effect == .inject("errors") })
        #expect(!next.effects.contains { $0.effect == .inject("latency") })
    }

    @Test("gives up the hooks that ran, and lets people try again")
    func hooks() {
        let plan = RunPlan.attendedStorm(responses: [.sample(.rollback)])
        var run = DrillRun(
            restoring: plan,
            from: [
                .opened(plan: plan), .phaseEntered(phase: .respond),
                .acted(act: .rollBack, person: "sre-1", via: "console"),
                .responseStarted(response: "rollback", page: nil, person: "sre-1"),
            ].map { (BootInstant(microsecondsSinceBoot: 1), $0) })
        let effects = run.handle(
            .resumed(reason: "killed"), at: BootInstant(microsecondsSinceBoot: 2))
        let lost = HookReport(.lost(reason: "drilld died while it ran"))
        #expect(
            effects.contains(
                .record(
                    .responseFinished(
                        response: "rollback", page: nil, person: "sre-1", report: lost))))
    }

    private func resumable(_ plan: RunPlan, _ events: [RunEvent]) -> Bool {
        let start = BootInstant(microsecondsSinceBoot: 0)
        return DrillRun(restoring: plan, from: events.map { (start, $0) }).canResume
    }
}

/// One page handed to one channel for one level.
struct Handover: Hashable {
    let page: PageName
    let level: OnCallLevel
    let channel: ChannelName

    init(page: PageName, level: OnCallLevel, channel: ChannelName) {
        self.page = page
        self.level = level
        self.channel = channel
    }

    /// What a channel answered.
    init?(answered event: RunEvent) {
        guard case .pageSent(let page, _, let level, let receipt) = event,
            let channel = receipt.channel
        else { return nil }
        self.init(page: page, level: level, channel: channel)
    }

    static func asked(for event: RunEvent) -> [Handover] {
        guard case .pagePosting(let page, _, let level, let channels) = event else { return [] }
        return channels.map { Handover(page: page, level: level, channel: $0) }
    }
}

extension SimulatedEdges {
    /// Everything that was handed to a channel, in order.
    var pages: [Handover] {
        effects.flatMap { entry -> [Handover] in
            guard case .page(let page, _, let level, let channels) = entry.effect else { return [] }
            return channels.map { Handover(page: page, level: level, channel: $0) }
        }
    }
}

extension RunPlan {
    fileprivate static func randomStorm(using random: inout SplitMix) -> RunPlan {
        let comms: [CommsCondition] = [.normal, .normal, .delayed(.seconds(3)), .channelDown]
        let isAttended = Bool.random(using: &random)
        return .attendedStorm(
            comms: comms.randomElement(using: &random) ?? .normal,
            channels: Bool.random(using: &random) ? [.pager, .chat] : [.chat, .pager],
            duration: .seconds(30), isAttended: isAttended,
            ackExpiry: Bool.random(using: &random) ? .seconds(6) : nil,
            responses: isAttended ? [] : [.sample(.ack)])
    }
}

extension World {
    fileprivate static func ofStorm(using random: inout SplitMix) -> World {
        var world = World()
        let answers: [ChannelAnswer?] = [nil, nil, .rejects, .loses, .stays]
        for channel: ChannelName in ["pager", "chat"] {
            world.channels[channel] = answers.randomElement(using: &random) ?? nil
        }
        let people: [PersonName] = ["sre-1", "sre-2"]
        for _ in 0..<6 {
            let second = Double.random(in: 1...28, using: &random)
            let page: PageName = ["a", "b", "c"].randomElement(using: &random) ?? "a"
            world.people.append(
                (second, .ack(page, people.randomElement(using: &random) ?? "sre-1")))
        }
        world.people.append((26, .act(.scope, "sre-2")))
        world.people.append((26.5, .act(.investigate, "sre-2")))
        world.people.append((27, .act(.clear, "sre-2")))
        return world
    }
}
