/// Durations in seconds, one number a line, oldest first; `#` begins a comment.
package struct DurationList: Sendable, Hashable {
    /// The durations in the order of the lines.
    package let seconds: [Double]
    /// The most durations that are looked at.
    package static let most = 500
    /// The most bytes of a line before its comment.
    package static let longestLine = 1_000
    /// The most problems that are told one by one.
    package static let mostProblems = 100

    /// Reads a whole text and reports the problems of all its lines.
    ///
    /// - Parameter window: how many of the last durations are kept; nil for all, which may then not
    ///   be more than ``most``.
    package init(parsing text: String, window: Int? = nil) throws(ParseError) {
        try self.init(parsing: Array(text.utf8), window: window)
    }

    /// Reads the bytes of a text.
    package init(parsing bytes: [UInt8], window: Int? = nil) throws(ParseError) {
        var seconds: [Double] = []
        var problems: [ParseError.Problem] = []
        var further = 0
        for (index, line) in Self.lines(of: bytes).enumerated() {
            switch Self.read(bytes[line]) {
            case .nothing: continue
            case .number(let number): seconds.append(number)
            case .wrong(let column, let reason):
                if problems.count < Self.mostProblems {
                    problems.append(
                        ParseError.Problem(line: index + 1, column: column, reason: reason))
                } else {
                    further += 1
                }
            }
        }
        let kept = window.map { Array(seconds.suffix($0)) } ?? seconds
        if kept.count > Self.most {
            problems.append(
                ParseError.Problem(line: 1, column: 1, reason: .tooMany(kept.count)))
        }
        guard problems.isEmpty else { throw ParseError(problems: problems, further: further) }
        self.seconds = kept
    }

    private enum Content {
        case nothing
        case number(Double)
        case wrong(column: Int, ParseError.Reason)
    }

    /// Where the lines are, without what ends them: LF, CR or both.
    private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D {
            let isSecondHalf = bytes[index] == 0x0A && index > 0 && bytes[index - 1] == 0x0D
            if !isSecondHalf { lines.append(start..<index) }
            start = index + 1
        }
        return lines + [start..<bytes.count]
    }

    /// Reads one line; what makes it too long is not looked at.
    private static func read(_ line: ArraySlice<UInt8>) -> Content {
        let content = line.prefix { $0 != UInt8(ascii: "#") }
        guard content.count <= longestLine else {
            return .wrong(column: 1, .tooLong(content.count))
        }
        let text = String(decoding: content, as: UTF8.self)
        guard let start = text.firstIndex(where: { !$0.isWhitespace }) else { return .nothing }
        let words = text.split(whereSeparator: \.isWhitespace)
        if words.count == 1, let number = number(words[0]) { return .number(number) }
        return .wrong(
            column: text.distance(from: text.startIndex, to: start) + 1,
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
        /// The problems in the order of the lines, the first of them if there are very many.
        package let problems: [Problem]
        /// How many more lines are wrong.
        package let further: Int

        /// What there is to say of the lines that are not told one by one; nil if there are none.
        package var rest: String? {
            guard further > 0 else { return nil }
            return "and \(further) more line\(further == 1 ? "" : "s") that cannot be read"
        }

        /// One line for each problem, and one that counts the rest.
        package var description: String {
            (problems.map(\.description) + [rest].compactMap { $0 }).joined(separator: "\n")
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
        /// The line has so many bytes before its comment.
        case tooLong(Int)
        case tooMany(Int)

        package var description: String {
            switch self {
            case .noNumber(let word):
                "'\(word)' is no duration; write seconds as a plain number, for example '312.5'"
            case .negative(let word): "'\(word)' is negative; a duration is 0 or more seconds"
            case .severalNumbers: "several numbers on one line; write one duration a line"
            case .tooLong(let count):
                "the line is \(count) bytes long; write one duration a line"
            case .tooMany(let count):
                "\(count) durations are too many; give the last \(DurationList.most) or fewer, "
                    + "for example with --window=\(DurationList.most)"
            }
        }
    }
}
