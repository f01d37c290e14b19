import CalendarTime
import Drills

/// Typed reading of a form's fields; a field in which nobody can read anything is a missing one, as forms
/// without script send the empty ones too.
struct FormFields {
    let form: HTTPForm

    init(_ form: HTTPForm) { self.form = form }

    /// Every one of these has a value, or all that have none are named.
    func require(_ names: [String]) throws(FormError) {
        let missing = names.filter { !has($0) }
        guard missing.isEmpty else { throw .missing(fields: missing) }
    }

    func has(_ field: String) -> Bool { !(form.body[field] ?? "").isBlank }

    /// The name in the second segment of the path.
    func subject<Subject>(_ field: String) throws(FormError) -> Name<Subject> {
        try check(form.path[1], field)
    }

    func name<Subject>(_ field: String) throws(FormError) -> Name<Subject> {
        try check(try text(field), field)
    }

    /// A text of at most ``FieldLimit/text`` characters.
    func text(_ field: String) throws(FormError) -> String {
        try limited(field, to: FieldLimit.text)
    }

    func textIfAny(_ field: String) throws(FormError) -> String {
        has(field) ? try text(field) : ""
    }

    /// Why something is stopped: too long a reason stops nobody, so the rest of it is cut off.
    func reasonToStop() throws(FormError) -> String {
        try require(["reason"])
        return String(
            String.UnicodeScalarView(
                (form.body["reason"] ?? "").unicodeScalars.prefix(FieldLimit.text)))
    }

    func count(
        _ field: String, default fallback: Int, in range: ClosedRange<Int>
    ) throws(FormError) -> Int {
        guard let text = form.query[field] else { return fallback }
        guard let count = Int(text), range.contains(count) else {
            throw .badValue(
                field: field, value: text,
                write: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return count
    }

    private func limited(_ field: String, to limit: Int) throws(FormError) -> String {
        try require([field])
        let text = form.body[field] ?? ""
        let count = text.unicodeScalars.count
        guard count <= limit else { throw .tooLong(field: field, count: count, limit: limit) }
        return text
    }

    private func check<Subject>(
        _ text: String, _ field: String
    ) throws(FormError) -> Name<Subject> {
        guard let name = Name<Subject>(checking: text) else {
            throw .badValue(
                field: field, value: text, write: "letters, digits, '-', '_' and '.'")
        }
        return name
    }
}

extension String {
    /// Whether nothing in it shows: no characters, or only spaces and those that are drawn as nothing.
    fileprivate var isBlank: Bool {
        unicodeScalars.allSatisfy { scalar in
            let properties = scalar.properties
            return properties.isWhitespace || properties.isDefaultIgnorableCodePoint
                || properties.generalCategory == .control
        }
    }
}

// How the fields of acts are read.
extension FormFields {
    static let evidenceNumbers = 1...Int64(Int32.max)

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: String, of type: Choice.Type
    ) throws(FormError) -> Choice {
        let text = try text(field)
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badValue(field: field, value: text, write: "one of \(known)")
        }
        return choice
    }

    func choiceIfAny<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: String, of type: Choice.Type
    ) throws(FormError) -> Choice? {
        has(field) ? try choice(field, of: type) : nil
    }

    func outOfTurn() throws(FormError) -> OutOfTurn? {
        try choiceIfAny("out-of-turn", of: OutOfTurn.self)
    }

    func overrun() throws(FormError) -> Overrun {
        let code = try text("overrun")
        guard let overrun = Overrun(code: code) else {
            throw .badValue(
                field: "overrun", value: code, write: "for example decision:1 or stretch:scope")
        }
        return overrun
    }

    func number(_ field: String, in range: ClosedRange<Int64>) throws(FormError) -> Int {
        let text = try text(field)
        guard let number = Int64(text), range.contains(number) else {
            throw .badValue(
                field: field, value: text,
                write: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    func span(_ field: String) throws(FormError) -> TimeSpan {
        let text = try text(field)
        guard let span = try? TimeSpan(parsing: text), span > .zero, span <= .minutes(24 * 60)
        else {
            throw .badValue(
                field: field, value: text, write: "a time span such as 10min, at most 1d")
        }
        return span
    }

    /// An address that a browser can follow.
    func address(_ field: String) throws(FormError) -> String {
        let text = try limited(field, to: FieldLimit.address)
        let isWeb = ["https://", "http://"].contains { text.hasPrefix($0) && text != $0 }
        guard isWeb, !text.unicodeScalars.contains(where: { $0.value <= 0x20 }) else {
            throw .badValue(field: field, value: text, write: "http:// or https:// and the rest")
        }
        return text
    }

    /// SHA-256 in hexadecimal.
    func hash() throws(FormError) -> String {
        let text = try text("hash")
        let digits = "0123456789abcdef".utf8
        guard text.utf8.count == 64, text.utf8.allSatisfy(digits.contains) else {
            throw .badValue(field: "hash", value: text, write: "64 digits of a SHA-256")
        }
        return text
    }

    func content(upTo limit: Int) throws(FormError) -> String {
        let content = form.body["content"] ?? ""
        guard content.utf8.count <= limit else {
            throw .badValue(
                field: "content", value: "\(content.utf8.count) bytes",
                write: "at most \(limit) bytes; the hash covers the rest")
        }
        return content
    }
}
