/// Walks over the bytes of one value, removes quotes and escapes, expands specifiers, and never loses
/// the place.
///
/// As in systemd 252 a quote may also begin and end in the middle of a word: `add="900 ms"`.
struct ValueReader {
    private let bytes: [UInt8]
    private let entry: Entry
    private let specifiers: Specifiers
    private var index = 0
    private var line: Int
    private var column: Int
    private var nextMark = 0

    // The word in the making, and the place that its next byte has if it stands in the file as it is.
    private var text: [UInt8] = []
    private var marks: [SourceMark] = []
    private var expected = (line: 0, column: 0)

    init(_ entry: Entry, _ specifiers: Specifiers) {
        self.entry = entry
        self.specifiers = specifiers
        bytes = Array(entry.value.utf8)
        line = entry.valuePosition.line
        column = entry.valuePosition.column
        enterMarkedRun()
    }

    /// The whole value as one word: specifiers are expanded, quotes and escapes are left alone.
    mutating func wholeValue(into problems: inout [Problem]) -> Word {
        let start = position
        guard bytes.contains(ASCII.percent) else {
            return Word(entry.value, at: start, marks: entry.marks)
        }
        begin()
        while let byte = current {
            if byte == ASCII.percent { expandSpecifier(into: &problems) } else { copy(byte) }
        }
        return word(at: start, into: &problems)
    }

    /// The words of the value as `systemd.syntax(7)` splits them.
    mutating func words(into problems: inout [Problem]) -> [Word] {
        var words: [Word] = []
        while skipBlanks() {
            guard let word = nextWord(into: &problems) else { break }
            words.append(word)
        }
        return words
    }

    private mutating func nextWord(into problems: inout [Problem]) -> Word? {
        let start = position
        var quote: (byte: UInt8, position: SourcePosition)?
        begin()
        while let byte = current, quote != nil || !ASCII.isBlank(byte) {
            if let open = quote, byte == open.byte {
                quote = nil
                advance()
            } else if quote == nil, byte == ASCII.doubleQuote || byte == ASCII.singleQuote {
                quote = (byte, position)
                advance()
            } else if byte == ASCII.backslash {
                unescape(into: &problems)
            } else if byte == ASCII.percent {
                expandSpecifier(into: &problems)
            } else {
                copy(byte)
            }
        }
        if let open = quote {
            let mark = Unicode.Scalar(open.byte)
            problems.append(
                Problem(
                    "this \(mark) is never closed",
                    remedy: "add a closing \(mark), or write \\\(mark) for the character itself",
                    at: open.position))
            return nil
        }
        return word(at: start, into: &problems)
    }
}

// Reading bytes and keeping the place.
extension ValueReader {
    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private var position: SourcePosition {
        SourcePosition(file: entry.valuePosition.file, line: line, column: column)
    }

    private mutating func advance() {
        index += 1
        if enterMarkedRun() { return }
        if index == bytes.count || !UTF8.isContinuation(bytes[index]) { column += 1 }
    }

    @discardableResult
    private mutating func enterMarkedRun() -> Bool {
        guard nextMark < entry.marks.count, entry.marks[nextMark].offset == index else {
            return false
        }
        (line, column) = (entry.marks[nextMark].line, entry.marks[nextMark].column)
        nextMark += 1
        return true
    }

    private mutating func skipBlanks() -> Bool {
        while let byte = current, ASCII.isBlank(byte) { advance() }
        return current != nil
    }
}

// Making a word.
extension ValueReader {
    private mutating func begin() {
        text.removeAll(keepingCapacity: true)
        marks = []
        expected = (line, column)
    }

    private mutating func copy(_ byte: UInt8) {
        if !UTF8.isContinuation(byte), (line, column) != expected {
            marks.append(SourceMark(offset: text.count, line: line, column: column))
        }
        text.append(byte)
        let (oldLine, oldColumn) = (line, column)
        advance()
        // A line that was joined on leaves a gap, which the next copied byte then marks.
        expected = line == oldLine ? (line, column) : (oldLine, oldColumn + 1)
    }

    /// Appends bytes that all come from the place where `start` is.
    private mutating func append(
        _ replacement: some Sequence<UInt8>, from start: (line: Int, column: Int)
    ) {
        marks.append(
            SourceMark(
                offset: text.count, line: start.line, column: start.column, isVerbatim: false))
        text.append(contentsOf: replacement)
        expected = (0, 0)
    }

    private func word(at start: SourcePosition, into problems: inout [Problem]) -> Word {
        guard let string = String(validating: text, as: UTF8.self) else {
            problems.append(
                Problem(
                    "the \\x and octal escapes of this word make no valid UTF-8",
                    remedy: "write the character itself, or \\u and four hexadecimal digits",
                    at: start))
            return Word(String(decoding: text, as: UTF8.self), at: start, marks: marks)
        }
        return Word(string, at: start, marks: marks)
    }

    private mutating func expandSpecifier(into problems: inout [Problem]) {
        let start = (line, column)
        let place = position
        let letter = index + 1 < bytes.count ? bytes[index + 1] : ASCII.space
        if letter == ASCII.percent {
            advance()
            advance()
            append(CollectionOfOne(ASCII.percent), from: start)
        } else if !ASCII.isLetter(letter) {
            copy(ASCII.percent)
        } else {
            if specifiers.value(of: letter) == nil {
                problems.append(
                    Problem(
                        "unknown specifier '%\(Unicode.Scalar(letter))'",
                        remedy: "write %% for a percent sign; known are \(specifiers.list)",
                        at: place))
            }
            advance()
            advance()
            append((specifiers.value(of: letter) ?? "").utf8, from: start)
        }
    }

    private mutating func unescape(into problems: inout [Problem]) {
        let start = (line, column)
        let place = position
        let escape = Escape(bytes[(index + 1)...])
        for _ in 0..<(1 + escape.length) where current != nil { advance() }
        if let problem = escape.problem {
            problems.append(
                Problem(problem, remedy: "write \\\\ for a backslash", at: place))
        }
        append(escape.bytes, from: start)
    }
}
