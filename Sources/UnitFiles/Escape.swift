/// One C-style escape of `systemd.syntax(7)`, without its backslash.
struct Escape {
    /// What it stands for, in UTF-8; `\x` and octal escapes are single bytes.
    let bytes: [UInt8]
    /// How many bytes of the source it takes up.
    let length: Int
    /// What is wrong with it, if anything.
    let problem: String?

    /// Reads the escape at the start of what follows a backslash.
    init(_ source: ArraySlice<UInt8>) {
        guard let letter = source.first else {
            self.init(problem: "the value ends with a single backslash", length: 0)
            return
        }
        if let byte = Self.letters[letter] {
            self.init([byte], length: 1)
            return
        }
        switch letter {
        case UInt8(ascii: "x"): self.init(source.dropFirst(), digits: 2, radix: 16, prefix: 1)
        case UInt8(ascii: "u"): self.init(source.dropFirst(), digits: 4, radix: 16, prefix: 1)
        case UInt8(ascii: "U"): self.init(source.dropFirst(), digits: 8, radix: 16, prefix: 1)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            self.init(source, digits: 3, radix: 8, prefix: 0)
        default:
            let name = Self.firstScalar(of: source)
            self.init(problem: "unknown escape '\\\(name)'", length: name.utf8.count)
        }
    }

    private init(_ bytes: [UInt8], length: Int) {
        (self.bytes, self.length, problem) = (bytes, length, nil)
    }

    private init(problem: String, length: Int) {
        (bytes, self.length, self.problem) = ([], length, problem)
    }

    private init(_ source: ArraySlice<UInt8>, digits: Int, radix: Int, prefix: Int) {
        let number = source.prefix(digits).prefix { ASCII.digit($0).map { $0 < radix } ?? false }
        let text = String(decoding: source.prefix(number.count), as: UTF8.self)
        let length = prefix + number.count
        guard number.count == digits, let code = UInt32(text, radix: radix) else {
            let kind = radix == 16 ? "hexadecimal" : "octal"
            self.init(problem: "this escape needs \(digits) \(kind) digits", length: length)
            return
        }
        guard code != 0 else {
            self.init(problem: "a value cannot hold a NUL byte", length: length)
            return
        }
        if digits < 4 {
            guard let byte = UInt8(exactly: code) else {
                self.init(problem: "octal escape '\\\(text)' is above \\377", length: length)
                return
            }
            self.init([byte], length: length)
        } else if let scalar = Unicode.Scalar(code) {
            self.init(Array(String(Character(scalar)).utf8), length: length)
        } else {
            self.init(problem: "'\(text)' is no Unicode character", length: length)
        }
    }

    private static func firstScalar(of source: ArraySlice<UInt8>) -> String {
        let rest = source.dropFirst().prefix { UTF8.isContinuation($0) }
        return String(decoding: source.prefix(1 + rest.count), as: UTF8.self)
    }

    private static let letters: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
        UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "s"): 32,
        ASCII.backslash: ASCII.backslash, ASCII.doubleQuote: ASCII.doubleQuote,
        ASCII.singleQuote: ASCII.singleQuote,
    ]
}
