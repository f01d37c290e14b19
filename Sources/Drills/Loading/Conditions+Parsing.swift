import CalendarTime

extension Availability {
    /// Reads `present`, `late:5min` or `absent`.
    package init(parsing text: String) throws(ConditionError) {
        if text == "present" {
            self = .present
        } else if text == "absent" {
            self = .absent
        } else if let span = suffixSpan(of: text, after: "late:") {
            self = .late(span)
        } else {
            throw .availability(text)
        }
    }
}

extension CommsCondition {
    /// Reads `normal`, `delayed:3min` or `channel-down`.
    package init(parsing text: String) throws(ConditionError) {
        if text == "normal" {
            self = .normal
        } else if text == "channel-down" {
            self = .channelDown
        } else if let span = suffixSpan(of: text, after: "delayed:") {
            self = .delayed(span)
        } else {
            throw .comms(text)
        }
    }
}

extension MutationDomains.Shift {
    /// Reads `-10min`, `0` or `+10min`.
    package init(parsing text: String) throws(ConditionError) {
        let sign = text.first.flatMap { $0 == "-" ? -1 : $0 == "+" ? 1 : nil } as Int64?
        let digits = sign == nil ? text : String(text.dropFirst())
        // The error of the span itself says less than the form that is wanted.
        guard let span = try? TimeSpan(parsing: digits), span <= SectionReader.longestSpan,
            sign != nil || span == .zero
        else { throw .shift(text) }
        self.init(text: text, microseconds: (sign ?? 1) * span.microseconds)
    }
}

/// The span behind a word such as `late:`; nil when it is not there or not longer than nothing.
private func suffixSpan(of text: String, after word: String) -> TimeSpan? {
    guard text.hasPrefix(word),
        // The caller names the form that is wanted.
        let span = try? TimeSpan(parsing: text.dropFirst(word.count)),
        span > .zero, span <= SectionReader.longestSpan
    else { return nil }
    return span
}

/// Why a word cannot stand in a domain of `[Mutate]`.
package enum ConditionError: Error, Hashable, CustomStringConvertible {
    case availability(String)
    case comms(String)
    case shift(String)

    /// What is wrong, and what to write instead.
    package var description: String {
        switch self {
        case .availability(let text):
            "'\(text)' is no availability; write present, absent or for example late:5min"
        case .comms(let text):
            "'\(text)' is no condition of comms; write normal, channel-down or for example "
                + "delayed:3min"
        case .shift(let text):
            "'\(text)' is no shift in time; write 0, or a sign and a span such as +10min"
        }
    }
}
