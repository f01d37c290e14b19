/// What may stand behind the `=` of a directive; read by checks, help and manual.
package enum ValueType: Hashable, Sendable {
    /// The rest of the line as it is.
    case text
    /// One word, quoted if it holds white space.
    case word
    case boolean
    case integer(ClosedRange<Int>)
    /// One of these words.
    case choice([String])
    /// The name of a section of this kind, such as `Target`.
    case reference(String)
    /// The file name of a scenario without its suffix, or of another file named by the text.
    case fileName(String)
    case path
    /// An executable and its arguments.
    case command
    /// `NAME=VALUE`, quoted if it holds white space.
    case assignment
    case timeSpan
    /// A calendar expression of `systemd.time(7)`.
    case calendar
    case timeZone
    case date
    case dateRange
    /// Anything else, with the word that stands for it in help, such as `ROLE:PERSON`.
    case custom(String)
}

extension ValueType {
    /// What stands for a value in help and manual.
    package var placeholder: String {
        switch self {
        case .text: "TEXT"
        case .word: "WORD"
        case .boolean: "BOOL"
        case .integer(let range): Self.placeholder(of: range)
        case .choice(let words): words.joined(separator: "|")
        case .reference(let kind), .fileName(let kind): kind.uppercased()
        case .path: "PATH"
        case .command: "COMMAND"
        case .assignment: "NAME=VALUE"
        case .timeSpan: "SPAN"
        case .calendar: "CALENDAR"
        case .timeZone: "ZONE"
        case .date: "DATE"
        case .dateRange: "DATE..DATE"
        case .custom(let word): word
        }
    }

    /// The name of the type in the JSON form.
    package var name: String {
        switch self {
        case .text: "text"
        case .word: "word"
        case .boolean: "boolean"
        case .integer: "integer"
        case .choice: "choice"
        case .reference: "reference"
        case .fileName: "file-name"
        case .path: "path"
        case .command: "command"
        case .assignment: "assignment"
        case .timeSpan: "time-span"
        case .calendar: "calendar"
        case .timeZone: "time-zone"
        case .date: "date"
        case .dateRange: "date-range"
        case .custom: "custom"
        }
    }

    private static func placeholder(of range: ClosedRange<Int>) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (.min, .max): "INTEGER"
        case (let low, .max): "INTEGER>=\(low)"
        case (.min, let high): "INTEGER<=\(high)"
        case (let low, let high): "\(low)..\(high)"
        }
    }
}
