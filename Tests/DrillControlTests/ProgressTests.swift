import CalendarTime
import DrillControl
import Drills
import Foundation
import Samples
import Testing

@Suite("The live progress of a run")
struct ProgressTests {
    /// Seconds into the sample run, and what the screen shows then.
    @Test(
        "is drawn from the timeline and the time alone",
        arguments: [0.5, 3, 7, 11, 17, 21] as [Double])
    func isDrawn(second: Double) throws {
        let timeline = Timeline.sample(until: second)
        let progress = try #require(LiveProgress(timeline, now: .at(second)))
        let text = progress.lines(width: 100).joined(separator: "\n") + "\n"
        try expectGolden(text, at: dataFolder.appending(path: "progress-\(Int(second)).txt"))
    }

    @Test("never draws a line wider than the terminal", arguments: [20, 40, 80])
    func fitsTheTerminal(width: Int) throws {
        let progress = try #require(LiveProgress(.sample(until: 17), now: .at(18)))
        #expect(progress.lines(width: width).allSatisfy { $0.count <= width })
    }

    @Test("keeps on one line what people wrote on several, without their escapes")
    func keepsToOneLine() throws {
        let act = ResponseAct.postStatus(
            text: "one\ntwo\r\n\u{1B}[2Jthree", outOfTurn: nil)
        let update = Timeline.Entry(
            at: .at(5), bootID: "a", event: .acted(act: act, person: "sre-1", via: "x"))
        let timeline = Timeline(entries: Timeline.sample(until: 4).entries + [update])
        let lines = try #require(LiveProgress(timeline, now: .at(6))).lines()
        #expect(lines.last == "+5.0s  sre-1 posted a status: one two   [2Jthree (x)")
    }

    @Test("colours what is late and nothing that is cut off")
    func colours() throws {
        let late = try #require(
            LiveProgress(.sample(until: 3), now: .at(50), colour: Colour(isOn: true)))
        let red = late.lines().filter { $0.contains("\u{1B}[1;31m") }
        #expect(red.contains { $0.contains("TTD") && $0.contains("over target") })
        #expect(late.lines().allSatisfy { !$0.contains("\u{1B}") || $0.hasSuffix("\u{1B}[0m") })
    }

    @Test(
        "of an attended run shows where its people stand, within 80 columns",
        arguments: [15, 45, 100, 131, 300, 616, 750, 782, 800] as [Double])
    func showsTheResponse(second: Double) throws {
        let whole = SampleStorm.timeline
        let end = Moment.at(second).boot
        let timeline = Timeline(entries: whole.entries.filter { $0.at.boot <= end })
        let progress = try #require(LiveProgress(timeline, now: .at(second)))
        let lines = progress.lines()
        #expect(lines.allSatisfy { $0.count <= 80 })
        try expectGolden(
            lines.joined(separator: "\n") + "\n",
            at: dataFolder.appending(path: "storm-\(Int(second)).txt"))
    }

    @Test("draws nothing before the run is opened")
    func drawsNothingYet() {
        #expect(LiveProgress(Timeline(entries: []), now: .at(0)) == nil)
    }
}

extension Moment {
    /// Seconds after the sample run was opened.
    static func at(_ second: Double) -> Moment {
        let microseconds = Int64(second * 1_000_000)
        return Moment(
            wall: WallInstant(microsecondsSinceEpoch: microseconds),
            boot: BootInstant(microsecondsSinceBoot: microseconds + 100_000_000))
    }
}

extension Timeline {
    /// The sample run as far as it got in that many seconds.
    static func sample(until second: Double) -> Timeline {
        let steps: [(second: Double, event: RunEvent)] = [
            (0, .opened(plan: .sample())),
            (1, .phaseEntered(phase: .inject)),
            (2, .injectFinished(fault: "latency", outcome: .injected, report: .exit(0))),
            (2, .phaseEntered(phase: .respond)),
            (4, .detected(probe: "front")),
            (
                5,
                .pageSent(
                    page: "checkout", person: "sre-1", level: .primary,
                    receipt: Receipt(channel: "pager", report: .exit(0)))
            ),
            (6, .probeFinished(probe: "front", stage: .during, report: .exit(1))),
            (9, .acked(page: "checkout", person: "sre-1", channel: "drillctl")),
            (10, .responseStarted(response: "rollback", page: nil, person: "sre-1")),
            (
                12,
                .responseFinished(
                    response: "rollback", page: nil, person: "sre-1", report: .exit(0))
            ),
            (16, .mitigated), (16, .phaseEntered(phase: .verify)),
            (
                18,
                .revertFinished(fault: "latency", outcome: .verified, attempt: 1, report: .exit(0))
            ),
            (18, .allReverted), (20, .resolved), (21, .closed(outcome: .completed)),
        ]
        return Timeline(
            entries: steps.filter { $0.second <= second }.map {
                Entry(at: .at($0.second), bootID: "a", event: $0.event)
            })
    }
}
