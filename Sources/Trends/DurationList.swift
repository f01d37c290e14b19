/// Durations in seconds, one number a line, oldest first; `#` begins a comment.
package struct DurationList: Sendable, Hashable {
    /// The durations in the order of the lines.
    package let seconds: [Double]
    /// The most durations one list may hold.
    package static let most = 500

    /// Reads a whole text and reports the problems of all its lines.
    package init(parsing text: String) throws(ParseError) {
        var seconds: [Double] = []
        var problems: [ParseError.Problem] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let content = line.prefix { $0 != "#" }
            guard let start = content.firstIndex(where: { !$0.isWhitespace }) else { continue }
            let column = line.distance(from: line.startIndex, to: start) + 1
            let words = content.split(whereSeparator: \.isWhitespace)
            if let number = Self.number(words[0]), words.count == 1 {
                seconds.append(number)
            } else {
                problems.append(
                    ParseError.Problem(
                        line: index + 1, column: column,
                        reason: Self.reason(words.map(String.init))))
            }
        }
        if seconds.count > Self.most {
            problems.append(
                ParseError.Problem(line: 1, column: 1, reason: .tooMany(seconds.count)))
        }
        guard problems.isEmpty else { throw ParseError(problems: problems) }
        self.seconds = seconds
    }

    /// A decimal number without sign or exponent, such as `312` or `4.75`.
    private static func number(_ word: Substring) -> Double? {
        let isPlain = word.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard isPlain, word.utf8.first != 0x2E, word.utf8.last != 0x2E, word.utf8.count <= 20
        else { return nil }
        return Double(word)
    }

    private static func reason(_ words: [String]) -> ParseError.Reason {
        if words.count > 1, words.allSatisfy({ number($0[...]) != nil }) { return .severalNumbers }
        let wrong = words.first { number($0[...]) == nil } ?? words[0]
        return wrong.hasPrefix("-") ? .negative(wrong) : .noNumber(wrong)
    }
}

extension DurationList {
    /// All that is wrong with a list.
    package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The problems in the order of the lines.
        package let problems: [Problem]

        /// One line for each problem.
        package var description: String {
            problems.map(\.description).joined(separator: "\n")
        }
    }
}

extension DurationList.ParseError {
    /// One problem and where it is.
    package struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The line, counted from one.
        package let line: Int
        /// The column, in characters, counted from one.
        package let column: Int
        /// What is wrong there.
        package let reason: Reason

        package var description: String { "\(line):\(column): \(reason)" }
    }

    /// What can be wrong.
    package enum Reason: Hashable, Sendable, CustomStringConvertible {
        case noNumber(String)
        case negative(String)
        case severalNumbers
        case tooMany(Int)

        package var description: String {
            switch self {
            case .noNumber(let word):
                "'\(word)' is no duration; write seconds as a plain number, for example '312.5'"
            case .negative(let word): "'\(word)' is negative; a duration is 0 or more seconds"
            case .severalNumbers: "several numbers on one line; write one duration a line"
            case .tooMany(let count):
                "\(count) durations are too many; give the last \(DurationList.most) or fewer"
            }
        }
    }
}
