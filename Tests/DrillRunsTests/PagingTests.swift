import CalendarTime
import DrillRuns
import Drills
import Samples
import Testing

@Suite("A page of a run")
struct PagingTests {
    @Test("is on the record before it is handed over, and goes over every channel")
    func goesOverEveryChannel() {
        let edges = SimulatedEdges.played(.attendedStorm())
        let page = Effect.page("a", to: "sre-1", level: .primary, over: ["pager", "chat"])
        let posted = edges.entries.first {
            $0.event
                == .pagePosting(
                    page: "a", person: "sre-1", level: .primary, channels: ["pager", "chat"])
        }
        #expect(posted != nil)
        #expect(posted?.at == edges.effects.first { $0.effect == page }?.at)
    }

    @Test("goes over the other channels when the first one is down")
    func avoidsTheChannelThatIsDown() {
        let edges = SimulatedEdges.played(.attendedStorm(comms: .channelDown))
        #expect(
            edges.when(.page("a", to: "sre-1", level: .primary, over: ["chat"])) == .second(1))
    }

    @Test("goes to nobody when the only channel is down")
    func isWithheld() {
        let edges = SimulatedEdges.played(
            .attendedStorm(comms: .channelDown, channels: [.pager]))
        #expect(edges.pages.isEmpty)
        let reason = "the channel is down in this cycle"
        #expect(
            edges.entries.contains {
                $0.event == .pageWithheld(page: "a", person: "sre-1", reason: reason)
            })
    }

    @Test("is held back on every channel when comms are delayed")
    func isDelayed() {
        let edges = SimulatedEdges.played(.attendedStorm(comms: .delayed(.seconds(7))))
        #expect(
            edges.when(.page("a", to: "sre-1", level: .primary, over: ["pager", "chat"]))
                == .second(8))
    }

    @Test("is posted again as often as the scenario says, on its beat")
    func repeats() {
        let edges = SimulatedEdges.played(.attendedStorm())
        for number in 1...2 {
            let effect = Effect.repeatPage(
                "a", to: "sre-1", number: number, over: ["pager", "chat"])
            #expect(edges.when(effect) == .second(1 + 3 * number))
        }
    }

    @Test("ends by itself when the scenario says so")
    func endsByItself() {
        let edges = SimulatedEdges.played(.attendedStorm())
        #expect(edges.when(.resolvePage("c", over: ["pager", "chat"])) == .second(7))
    }

    @Test("is told again every minute to a service that forgets it")
    func isRefreshed() {
        let edges = SimulatedEdges.played(.attendedStorm(duration: .seconds(150)))
        let refreshes = edges.effects.compactMap { entry in
            if case .refreshPages(let pages, let channels) = entry.effect {
                return "\(entry.at.microsecondsSinceBoot / 1_000_000) \(pages) \(channels)"
            }
            return nil
        }
        #expect(refreshes == ["61 [a, b] [pager]", "121 [a, b] [pager]"])
    }

    @Test("goes to the secondary at the deadline also when every channel lost it")
    func escalatesWhenLost() {
        var edges = SimulatedEdges(
            .attendedStorm(), in: World(channels: ["pager": .rejects, "chat": .stays]))
        _ = edges.runToTheEnd()
        #expect(
            edges.when(.page("a", to: "sre-2", level: .secondary, over: ["pager", "chat"]))
                == .second(6))
    }

    @Test("is held back on its way to the secondary too when comms are delayed")
    func delaysTheEscalation() {
        let edges = SimulatedEdges.played(.attendedStorm(comms: .delayed(.seconds(3))))
        let escalated = edges.entries.first {
            $0.event == .escalated(page: "a", from: "sre-1", to: "sre-2")
        }
        let withheld = RunEvent.pageWithheld(
            page: "a", person: "sre-2", reason: "comms are delayed by 3s in this cycle")
        #expect(edges.entries.contains { $0.event == withheld && $0.at == escalated?.at })
        let page = Effect.page("a", to: "sre-2", level: .secondary, over: ["pager", "chat"])
        let paged = edges.effects.first { $0.effect == page }
        #expect(paged?.at == escalated?.at.advanced(by: .seconds(3)))
    }

    @Test("that comms hold back on its way to the secondary goes there once, also after a restart")
    func resumesTheHeldBack() {
        let plan = RunPlan.attendedStorm(comms: .delayed(.seconds(3)))
        let edges = SimulatedEdges.played(plan)
        let page = Effect.page("a", to: "sre-2", level: .secondary, over: ["pager", "chat"])
        let cut = edges.entries.firstIndex {
            $0.event == .escalated(page: "a", from: "sre-1", to: "sre-2")
        }
        guard let cut else { return #expect(Bool(false), "nothing escalated") }
        let recorded = Array(edges.entries.prefix(cut + 2))
        let moment = edges.entries[cut].at
        for gap: TimeSpan in [.seconds(1), .seconds(20)] {
            var next = SimulatedEdges(
                resuming: plan, from: recorded, at: moment.advanced(by: gap), in: World())
            _ = next.runToTheEnd()
            #expect(next.effects.count { $0.effect == page } == 1, "after \(gap)")
        }
    }

    @Test(
        "is over for every service when the run ends, whatever ended it",
        arguments: 0..<150 as Range<UInt64>)
    func isOverAtTheEnd(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var edges = SimulatedEdges(.random(using: &random), in: .random(using: &random))
        _ = edges.runToTheEnd()
        let resolved = edges.effects.compactMap {
            if case .resolvePage(let page, _) = $0.effect { page } else { nil }
        }
        let posted = Set(
            edges.entries.compactMap {
                if case .pagePosting(let page, _, _, _) = $0.event { page } else { nil }
            })
        #expect(Set(resolved) == posted)
        #expect(resolved.count == posted.count)
    }
}

extension SimulatedEdges {
    fileprivate static func played(_ plan: RunPlan) -> SimulatedEdges {
        var edges = SimulatedEdges(plan)
        _ = edges.runToTheEnd()
        return edges
    }

    /// When an effect was first asked for, in whole seconds.
    fileprivate func when(_ effect: Effect) -> BootInstant? {
        effects.first { $0.effect == effect }.map {
            .second(Int($0.at.microsecondsSinceBoot / 1_000_000))
        }
    }
}

extension BootInstant {
    fileprivate static func second(_ count: Int) -> BootInstant {
        BootInstant(microsecondsSinceBoot: Int64(count) * 1_000_000)
    }
}
