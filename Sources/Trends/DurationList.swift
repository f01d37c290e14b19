/// Durations in seconds, one number a line, oldest first; `#` begins a comment.
package struct DurationList: Sendable, Hashable {
    /// The durations in the order of the lines.
    package let seconds: [Double]
    /// The most durations that are looked at: the exact test of more would take minutes.
    package static let most = 500
    /// The longest line, in bytes of UTF-8; whoever writes more has forgotten to break lines.
    static let longestLine = 4_096

    /// Reads a whole text and reports the problems of all its lines.
    ///
    /// - Parameter window: how many of the last durations are taken; nil: all.
    package init(parsing text: String, window: Int? = nil) throws(ParseError) {
        var seconds: [Double] = []
        var problems: [ParseError.Problem] = []
        let lines = text.utf8.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            switch Self.read(line) {
            case .nothing: break
            case .seconds(let number): seconds.append(number)
            case .wrong(let column, let reason):
                problems.append(
                    ParseError.Problem(line: index + 1, column: column, reason: reason))
            }
        }
        let taken = window.map { Array(seconds.suffix($0)) } ?? seconds
        if taken.count > Self.most {
            problems.append(ParseError.Problem(line: 1, column: 1, reason: .tooMany(taken.count)))
        }
        guard problems.isEmpty else { throw ParseError(problems: problems) }
        self.seconds = taken
    }

    /// What a line says.
    private enum Line {
        case nothing
        case seconds(Double)
        case wrong(column: Int, ParseError.Reason)
    }

    private static func read(_ bytes: Substring.UTF8View) -> Line {
        guard bytes.count <= longestLine else {
            return .wrong(column: 1, .tooLong(bytes.count))
        }
        let line = Substring(bytes)
        let content = line.prefix { $0 != "#" }
        guard let start = content.firstIndex(where: { !$0.isWhitespace }) else { return .nothing }
        let words = content.split(whereSeparator: \.isWhitespace)
        if words.count == 1, let number = number(words[0]) { return .seconds(number) }
        return .wrong(
            column: line.distance(from: line.startIndex, to: start) + 1,
            reason(words.map(String.init)))
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
        case tooLong(Int)

        package var description: String {
            switch self {
            case .noNumber(let word):
                "'\(word)' is no duration; write seconds as a plain number, for example '312.5'"
            case .negative(let word): "'\(word)' is negative; a duration is 0 or more seconds"
            case .severalNumbers: "several numbers on one line; write one duration a line"
            case .tooMany(let count):
                "\(count) durations are too many; give the last \(DurationList.most) or fewer, "
                    + "or look at fewer with --window"
            case .tooLong(let bytes):
                "a line of \(bytes) bytes is no duration; write one duration a line"
            }
        }
    }
}
