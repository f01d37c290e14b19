import CalendarTime
import Drills
import IncidentCommand
import Reports
import Scoring

/// A scorecard as programs read it; times are microseconds.
struct ScorecardRecord: Encodable {
    let run: RunID
    let kind: Kind
    /// How the run ended, as a word to compare with.
    let outcome: String
    let reason: String?
    let leakedFaults: [FaultName]?
    let score: Int
    let passScore: Int
    let passed: Bool
    let exitStatus: Int32
    let rows: [Row]
    let measurements: [Amount]
    /// Nil where the scenario does not say how many users are harmed per minute.
    let damage: Cost?
    /// Nil for a run that is no page storm.
    let storm: StormRecord?

    struct Row: Encodable {
        let criterion: Scorecard.Criterion
        /// 1 or 0.
        let points: Int
        /// `shown`, `missed` or `not shown`.
        let verdict: String
        let text: String
        /// Places in the timeline, counted from 1.
        let evidence: [Int]
    }

    struct Amount: Encodable {
        let metric: Metric
        let page: PageName?
        let channel: ChannelName?
        let microseconds: Int64
        /// Whether the end was not reached: it took longer than this.
        let isLowerBound: Bool
        /// Whether the machine was restarted in between, so that the wall clock had to do.
        let isWallTime: Bool
        let targetMicroseconds: TimeSpan?
        /// Nil where there is no target; what was not reached is not within.
        let isWithinTarget: Bool?
    }

    struct Cost: Encodable {
        let usersPerMinute: Int
        let microseconds: TimeSpan
        let usersHarmed: Int
        /// Had the rollback been fired right after ack and scope; nil if no rollback stopped it.
        let usersHarmedWithBleedStoppedFirst: Int?
    }

    init(_ card: Scorecard, _ timeline: Timeline) {
        run = card.run
        kind = card.kind
        let end = OutcomeRecord(card.outcome)
        (outcome, reason, leakedFaults) = (end.outcome, end.reason, end.leakedFaults)
        score = card.score
        passScore = card.passScore
        passed = card.passed
        exitStatus = card.exitStatus
        rows = card.rows.map(Row.init)
        measurements = card.measurements.all.map(Amount.init)
        damage = Cost(timeline)
        storm = StormRecord(timeline)
    }
}

extension ScorecardRecord.Row {
    fileprivate init(_ row: Scorecard.Row) {
        criterion = row.criterion
        evidence = row.evidence
        (points, verdict, text) =
            switch row.verdict {
            case .shown(let text): (1, "shown", text)
            case .missed(let text): (0, "missed", text)
            case .notShown(let text): (0, "not shown", text)
            }
    }
}

extension ScorecardRecord.Amount {
    fileprivate init(_ measurement: Measurement) {
        let interval: Interval
        (interval, isLowerBound) = measurement.value.known
        metric = measurement.metric
        page = measurement.page
        channel = measurement.channel
        microseconds = interval.microseconds
        isWallTime = interval.isWallTime
        targetMicroseconds = measurement.target
        isWithinTarget = measurement.isWithinTarget
    }
}

extension ScorecardRecord.Cost {
    fileprivate init?(_ timeline: Timeline) {
        guard let last = timeline.entries.last, let damage = IncidentBoard(timeline)?.damage,
            let rate = damage.rate, let length = damage.length(at: last.at.boot),
            let users = damage.usersHarmed(at: last.at.boot)
        else { return nil }
        usersPerMinute = rate
        microseconds = length
        usersHarmed = users
        usersHarmedWithBleedStoppedFirst = damage.bleedStopFirst
    }
}
