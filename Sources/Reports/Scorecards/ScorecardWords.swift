import CalendarTime
import Drills
import Scoring

extension Scorecard {
    /// `4 of 5, passes at 4: passed`.
    var scoreSentence: String {
        let verdict =
            switch (passed, outcome) {
            case (true, _): "passed"
            case (false, .completed): "not passed"
            default: "not passed, only a completed run can"
            }
        return "\(score) of \(rows.count), passes at \(passScore): \(verdict)"
    }

    /// What the exit status says to whoever ran the drill.
    var exitMeaning: String {
        switch exitStatus {
        case 0: "good"
        case 3: "refused by a guard"
        case 4: "aborted"
        case 5: "a fault may still be in place"
        default: "the drill failed or was below the passing score"
        }
    }
}

extension Scorecard.Row {
    /// One for what was shown, none for the rest.
    var points: Int {
        if case .shown = verdict { 1 } else { 0 }
    }
}

extension Scorecard.Verdict {
    var sentence: String {
        switch self {
        case .shown(let text): "shown: \(text)"
        case .missed(let text): "missed: \(text)"
        case .notShown(let text): "not shown: \(text)"
        }
    }
}

extension Measurement {
    /// The metric and its two end points.
    var title: String {
        let subject =
            (page.map { " of page \($0)" } ?? "") + (channel.map { " over \($0)" } ?? "")
        return "\(metric.rawValue)\(subject): \(metric.endPoints)"
    }

    /// The value, its target and what must be said about it.
    var sentence: String {
        var parts = [value.words]
        if let target { parts.append("target \(target): \(verdict)") }
        if interval.isWallTime, metric != .startLag {
            parts.append("measured on the wall clock across a restart")
        }
        return parts.joined(separator: ", ")
    }

    /// What the end of the run cut off below its target is neither within it nor missed.
    private var verdict: String {
        isWithinTarget.map { $0 ? "within" : "missed" } ?? "not shown"
    }

    private var interval: Interval { value.known.interval }
}

extension Roster {
    /// Everyone and what they are there for.
    var sentence: String {
        var roles = ["commander \(commander)"]
        if let deputy { roles.append("deputy \(deputy)") }
        roles.append("score owner \(scoreOwner)")
        if !observers.isEmpty {
            roles.append("observers \(observers.map(\.text).joined(separator: " "))")
        }
        roles += onCall.map { "\($0.level.rawValue) \($0.person)" }
        roles += Lane.allCases.compactMap { lane in
            lanes[lane].map { "\(lane.rawValue) lane \($0)" }
        }
        return roles.joined(separator: ", ")
    }
}

extension Measurement.Value {
    /// `12min 50s`, or `> 12min 50s (not reached)`.
    var words: String {
        switch self {
        case .measured(let interval): DurationText.exact(interval.microseconds)
        case .censored(let least): "> \(DurationText.exact(least.microseconds)) (not reached)"
        }
    }
}
