import CalendarTime
import Drills

/// A page as mail (RFC 5322).
struct MailMessage: Sendable {
    /// Without the angle brackets.
    let identifier: String
    let bytes: [UInt8]

    /// Puts a page into a message.
    ///
    /// - Throws: when there is no address or one that could smuggle a header or a second receiver in.
    init(_ order: PageOrder, from: String, channel: ChannelName) throws(ChannelRefusal) {
        let message = order.message
        guard Self.isAddress(from) else { throw .badSender(channel) }
        let what = "\(message.person)@example.com"
        guard let to = message.address else { throw .noAddress(channel, message.person, what) }
        guard Self.isAddress(to) else { throw .badAddress(channel, message.person, what) }
        let host = from.split(separator: "@").last ?? "localhost"
        identifier = "\(order.name)@\(host)"
        let header = [
            ("From", "drilld <\(from)>"), ("To", "<\(to)>"), ("Date", WireTime.mail(order.begin)),
            ("Message-ID", "<\(identifier)>"), ("Subject", EncodedWords.text(order.title)),
            ("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "quoted-printable"),
            // RFC 3834: no vacation notice may answer.
            ("Auto-Submitted", "auto-generated"),
            ("X-Drill", "true"), ("X-Drill-Run", message.run.text),
            ("X-Drill-Page", message.page.text), ("X-Drill-Level", message.level.rawValue),
            ("X-Drill-Severity", message.severity.rawValue),
        ]
        let lines = header.map { "\($0): \($1)" } + ["", QuotedPrintable.text(Self.body(message))]
        // Programs that take mail on their input want the line ends of this system.
        bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private static func body(_ message: PageMessage) -> String {
        ([message.text, ""] + message.labelWords).joined(separator: "\n")
    }

    /// One plain address, of characters that mean nothing in a header.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 254 && parts.count <= 2 && text.first != "-"
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { character in
                        character.isASCII
                            && (character.isLetter || character.isNumber
                                || ".+-_=/~!#$%&*'".contains(character))
                    }
            }
    }
}

/// Text beyond ASCII in a header (RFC 2047), folded.
enum EncodedWords {
    /// The text itself where it is short plain ASCII.
    static func text(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        if isPlain, text.utf8.count <= 900, !text.contains("=?") { return text }
        return words(text).map { "=?UTF-8?Q?\($0)?=" }.joined(separator: "\n ")
    }

    /// At most 60 characters each, never cut inside a character.
    private static func words(_ text: String) -> [String] {
        var words = [""]
        for character in text {
            let code = String(character).utf8.map(code).joined()
            if words[words.count - 1].utf8.count + code.utf8.count > 60 { words.append("") }
            words[words.count - 1] += code
        }
        return words
    }

    private static func code(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: " "): "_"
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            String(UnicodeScalar(byte))
        default: "=" + Hexadecimal.text(of: [byte]).uppercased()
        }
    }
}

/// Text in lines of at most 76 ASCII characters (RFC 2045).
enum QuotedPrintable {
    /// The text in this encoding.
    static func text(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line(Array($0.utf8)) }.joined(separator: "\n")
    }

    private static func line(_ bytes: [UInt8]) -> String {
        var lines = [""]
        for (index, byte) in bytes.enumerated() {
            let isBlankAtEnd = byte == 0x20 && index == bytes.count - 1
            let isPlain = (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "=") && !isBlankAtEnd
            let code =
                isPlain
                ? String(UnicodeScalar(byte)) : "=" + Hexadecimal.text(of: [byte]).uppercased()
            if lines[lines.count - 1].utf8.count + code.utf8.count > 75 { lines.append("") }
            lines[lines.count - 1] += code
        }
        return lines.joined(separator: "=\n")
    }
}
