import Trends

extension KindTrend {
    /// The status in a word, or why there is none.
    var headline: String { shown.isEmpty ? "no drill yet" : "\(summary.status)" }

    /// What must be said beside the figures, one sentence each.
    var notes: [String] {
        guard !shown.isEmpty else {
            return ["no closed drill of this kind has this duration, so there is no trend to show"]
        }
        var notes = summary.notes
        let restarted = shown.filter(\.isWallTime).map(\.run.text)
        if !restarted.isEmpty {
            notes.append(
                "measured on the wall clock across a restart, and so less exact: "
                    + restarted.joined(separator: " "))
        }
        if Set(shown.map(\.target)).count > 1 {
            notes.append("the target differs between drills, because their scenarios differ")
        }
        return notes
    }

    /// What the drills say when each is set beside the cycle it was made from.
    var pairSentence: String {
        func number(_ comparison: CyclePair.Comparison) -> Int {
            pairs.count { $0.comparison == comparison }
        }
        let parts = [
            "\(number(.shorter)) shorter", "\(number(.longer)) longer",
            "\(number(.same)) the same", "\(number(.unknown)) cannot be told",
        ]
        return "Against the cycle each was made from: "
            + parts.filter { !$0.hasPrefix("0 ") }.joined(separator: ", ")
    }
}

extension TrendPoint {
    /// `4min 3s`, or `> 4min 3s` when the end was not reached.
    var amount: String { (isCensored ? "> " : "") + DurationText.short(seconds) }

    /// `yes`, `no`, or `–` without a target.
    var targetVerdict: String { isWithinTarget.map { $0 ? "yes" : "no" } ?? "–" }

    /// What else must be known about the duration.
    var remark: String {
        let remarks = [isCensored ? "not reached" : nil, isWallTime ? "wall clock" : nil]
        return remarks.compactMap { $0 }.joined(separator: ", ")
    }
}

extension CyclePair {
    /// `−1min 2s (−25.0 %)`, or what can be said of censored ones.
    var outcome: String {
        guard let change = changeInSeconds else { return comparison.rawValue }
        guard parent.seconds > 0 else { return DurationText.change(change) }
        let share = NumberText.percentChange(change / parent.seconds)
        return "\(DurationText.change(change)) (\(share))"
    }
}

/// How to read the report, for someone who has never seen one.
enum ReadingGuide {
    static let title = "How to read this"

    static let entries: [(term: String, text: String)] = [
        (
            "n comes first",
            "n is the number of drills a figure rests on. From eight drills one can see a large "
                + "change and no small one; from three, none at all. So n stands before every "
                + "other figure, no interval is given below 6 drills, and below 4 there is no "
                + "verdict."
        ),
        (
            "Censored",
            "The drill ended before the thing it was waiting for happened. How long it would have "
                + "taken nobody knows, only that it is longer than the time shown after the sign "
                + "'>'. Such a drill is counted and never dropped, because leaving the worst ones "
                + "out would make every figure look better."
        ),
        (
            "Missing",
            "A drill without this duration, for instance because its timing failed, is listed as "
                + "missing. It is not a zero. Drills that were aborted, halted or never started "
                + "measure no response and are not counted."
        ),
        (
            "MTTR and the median",
            "MTTR is the mean of the time to resolve. One very slow drill can move a mean a long "
                + "way, while the median, the drill in the middle, hardly moves. When the two are "
                + "far apart, a few drills differ from the rest: look at the dots. MTTR is "
                + "therefore never given alone."
        ),
        (
            "The verdict",
            "Improving, flat or drifting comes from an exact test (Mann–Kendall) of the order of "
                + "the drills, not from looking at the picture. p is the chance of an order at "
                + "least as tidy if drills came in no order at all. Up to 0.10 counts."
        ),
        (
            "Two looks",
            "Each new drill is a new look, and someone who looks often enough finds a trend in "
                + "anything. A status therefore begins only after the same finding twice in a row, "
                + "and ends when its p is above 0.20."
        ),
        (
            "The power note",
            "It says how often the test would notice if drills truly became 10 % shorter each "
                + "time. If that is about one half, 'flat' means 'not shown', not 'no change'."
        ),
        (
            "Stress and pairs",
            "No drill is repeated: each cycle is made harder or easier by its stress modifier and "
                + "other factors. A cycle beside the one it was made from differs in a few named "
                + "factors, which is the fairest comparison of two drills."
        ),
    ]
}
