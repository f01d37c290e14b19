import CalendarTime
import Drills
import Samples
import Scoring
import Testing

@Suite("The measurements of a run")
struct MeasurementTests {
    @Test(
        "name their end points and measure between them",
        arguments: [
            (Metric.startLag, 0.0), (.timeToDetect, 2), (.timeToRollback, 5), (.timeToAck, 4),
            (.timeToMitigate, 14), (.timeToResolve, 18),
        ])
    func measure(metric: Metric, seconds: Double) throws {
        let measured = try #require(Measurements(.good)[metric])
        guard case .measured(let interval) = measured.value else {
            Issue.record("\(metric) is censored")
            return
        }
        #expect(Double(interval.microseconds) / 1_000_000 == seconds)
        #expect(interval.isWallTime == (metric == .startLag))
    }

    @Test(
        "are censored, not dropped, when the stop was not reached: TTR by the end, others by the response's",
        arguments: [(Metric.timeToMitigate, 14), (.timeToResolve, 19)])
    func censored(metric: Metric, seconds: Int) throws {
        let timeline = Timeline.good(without: { $0 == .mitigated || $0 == .resolved })
        let measured = try #require(Measurements(timeline)[metric])
        #expect(
            measured.value
                == .censored(
                    atLeast: Interval(microseconds: Int64(seconds) * 1_000_000, isWallTime: false)))
        // Cut off below its target, which shows nothing.
        #expect(measured.isWithinTarget == nil)
    }

    @Test("are beyond their target once they were cut off above it", arguments: [13, 14, 15])
    func cutOff(target: Int64) {
        let least = Interval(microseconds: 14_000_000, isWallTime: false)
        let measured = Measurement(
            metric: .timeToMitigate, value: .censored(atLeast: least), target: .seconds(target))
        #expect(measured.isWithinTarget == (target < 14 ? false : nil))
    }

    @Test("come from wall time across a reboot, and say so")
    func acrossBoots() throws {
        let timeline = Timeline.script(.sample(), Timeline.goodEvents, rebootBefore: 11)
        let measured = try #require(Measurements(timeline)[.timeToMitigate])
        let expected = Interval(microseconds: 14_000_000, isWallTime: true)
        #expect(measured.value == .measured(expected))
    }

    @Test(
        "count the error of an escalation early and late",
        arguments: [(second: 10.5, error: Int64(500_000)), (second: 9.0, error: -1_000_000)])
    func escalation(second: Double, error: Int64) throws {
        let events: [(second: Double, event: RunEvent)] = [
            (
                5,
                .pageSent(
                    page: "checkout", person: "sre-1", level: .primary,
                    receipt: Receipt(channel: "pager", report: .exit(0)))
            ),
            (
                second,
                .pageSent(
                    page: "checkout", person: "sre-2", level: .secondary,
                    receipt: Receipt(channel: "pager", report: .exit(0)))
            ),
        ]
        let measured = try #require(
            Measurements(.script(.sample(), events))[.escalationError])
        #expect(
            measured.value == .measured(Interval(microseconds: error, isWallTime: false)))
    }

    @Test("take no refusal, no silence and no other person's page for an ack")
    func onlyAcks() throws {
        let events: [(second: Double, event: RunEvent)] = [
            (
                5,
                .pageSent(
                    page: "checkout", person: "sre-1", level: .primary,
                    receipt: Receipt(channel: "pager", report: .exit(0)))
            ),
            (6, .ackRefused(page: "checkout", person: "sre-1", reason: "out")),
            (20, .noted(text: "the alert was silenced")),
        ]
        let measured = try #require(Measurements(.script(.sample(), events))[.timeToAck])
        #expect(
            measured.value
                == .censored(atLeast: Interval(microseconds: 15_000_000, isWallTime: false)))
    }
}
