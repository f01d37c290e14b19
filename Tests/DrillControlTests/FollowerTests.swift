import ControlAPI
import DrillControl
import Drills
import Synchronization
import Testing

@Suite("Following a run")
struct FollowerTests {
    @Test("asks for what it does not know, to the end", arguments: 1...6)
    func followsToTheEnd(step: Int) async throws {
        let whole = Timeline.sample(until: 21)
        let follower = RunFollower("sample-1") { request in
            guard case .events(let run, let after, let wait) = request else {
                throw Refusal(.badRequest, ["not asked for events"])
            }
            #expect(run == "sample-1" && wait == 20_000)
            let known = min(after + step, whole.entries.count)
            return TimelineTail(
                entries: Array(whole.entries[after..<known]), count: known,
                isClosed: known == whole.entries.count, now: .at(0))
        }
        var seen: [Int] = []
        let timeline = try await follower.follow(patience: .seconds(20)) { shown, _ in
            seen.append(shown.entries.count)
        }
        #expect(timeline == whole)
        #expect(seen == seen.sorted() && seen.last == whole.entries.count)
    }

    @Test("says that a fault may still be in place when nobody answers any more")
    func losesSight() async throws {
        let whole = Timeline.sample(until: 10)
        let follower = RunFollower("sample-1") { request in
            guard case .events(_, after: 0, _) = request else {
                throw Refusal(.unavailable, ["drilld is stopping"])
            }
            return TimelineTail(
                entries: whole.entries, count: whole.entries.count, isClosed: false, now: .at(10))
        }
        let failure = await #expect(throws: CommandFailure.self) {
            try await follower.follow(patience: .seconds(1)) { _, _ in }
        }
        #expect(
            failure
                == CommandFailure(
                    .leaked,
                    [
                        "lost sight of run sample-1: drilld is stopping",
                        "a fault may still be in place; 'drillctl faults' tells once drilld answers",
                    ]))
    }

    @Test(
        "ends with the status that the refusal means",
        arguments: [
            (Refusal.Status.badRequest, DrillControl.ExitStatus.usage), (.notFound, .usage),
            (.notPermitted, .refused), (.refused, .refused), (.unavailable, .refused),
            (.failed, .failed),
        ])
    func mapsRefusals(refusal: Refusal.Status, status: DrillControl.ExitStatus) {
        let failure = CommandFailure(Refusal(refusal, ["one", "two\nthree"]))
        #expect(failure == CommandFailure(status, ["one", "two", "three"]))
    }
}
