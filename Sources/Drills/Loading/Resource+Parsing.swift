extension Resource {
    /// Reads `unit:shop-*.service`, `port:tcp/8080` or `path:/srv/shop`.
    package init(parsing text: String) throws(ParseError) {
        guard let colon = text.firstIndex(of: ":"),
            let scheme = Scheme(rawValue: String(text[..<colon]))
        else { throw .unknownScheme(text) }
        let pattern = String(text[text.index(after: colon)...])
        switch scheme {
        case .unit: guard Self.isUnit(pattern) else { throw .badUnit(pattern) }
        case .port: guard Self.isPort(pattern) else { throw .badPort(pattern) }
        case .path: guard Self.isPath(pattern) else { throw .badPath(pattern) }
        }
        self.init(scheme: scheme, pattern: pattern)
    }

    private static func isUnit(_ pattern: String) -> Bool {
        guard let dot = pattern.lastIndex(of: "."), dot != pattern.startIndex else { return false }
        return unitTypes.contains(String(pattern[pattern.index(after: dot)...]))
            && pattern.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "/") }
            && pattern[..<dot] != "*"
    }

    private static func isPort(_ pattern: String) -> Bool {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "tcp" || parts[0] == "udp",
            parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(parts[1])
        else { return false }
        return (1...65535).contains(port)
    }

    private static func isPath(_ pattern: String) -> Bool {
        pattern.hasPrefix("/") && HookCommand.isInside(String(pattern.dropFirst()))
    }

    private static let unitTypes: Set<String> = [
        "service", "socket", "timer", "path", "mount", "target", "slice", "scope",
    ]

    /// Why a text is no resource.
    package enum ParseError: Error, Hashable, CustomStringConvertible {
        case unknownScheme(String)
        case badUnit(String)
        case badPort(String)
        case badPath(String)

        /// What is wrong, and what to write instead.
        package var description: String {
            switch self {
            case .unknownScheme(let text):
                "'\(text)' is no resource; write unit:GLOB, port:tcp/NUMBER or path:FOLDER"
            case .badUnit(let pattern):
                "'\(pattern)' is no unit; write for example unit:shop-*.service"
            case .badPort(let pattern):
                "'\(pattern)' is no port; write tcp/ or udp/ and a number from 1 to 65535"
            case .badPath(let pattern):
                "'\(pattern)' is no path that may be touched; write an absolute path below / "
                    + "without '.' and '..'"
            }
        }
    }
}

extension Resource {
    /// Whether everything that `other` stands for lies within this resource.
    package func covers(_ other: Resource) -> Bool {
        guard scheme == other.scheme else { return false }
        switch scheme {
        case .unit: return Glob(pattern).covers(other.pattern)
        case .port: return pattern == other.pattern
        case .path: return other.pattern == pattern || other.pattern.hasPrefix(pattern + "/")
        }
    }

    /// Whether something may lie within both; it says no only where that is certain.
    package func mayOverlap(_ other: Resource) -> Bool {
        if covers(other) || other.covers(self) { return true }
        guard scheme == .unit, other.scheme == .unit else { return false }
        return Glob(pattern).mayOverlap(Glob(other.pattern))
    }
}

/// A pattern with `*` for any text and `?` for one character.
struct Glob {
    private let pattern: [UInt8]

    init(_ pattern: String) {
        self.pattern = Array(pattern.utf8)
    }

    /// Whether each text that `other` matches is matched by this pattern.
    ///
    /// Wildcards of `other` are only taken in by `*`, or `?` by `?`; so it may say no where the
    /// answer is yes, never the other way round.
    func covers(_ other: String) -> Bool {
        let text = Array(other.utf8)
        var (place, index) = (0, 0)
        var star: (place: Int, index: Int)?
        while index < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, index)
                place += 1
            } else if place < pattern.count, Self.takes(pattern[place], text[index]) {
                place += 1
                index += 1
            } else if let last = star {
                star = (last.place, last.index + 1)
                (place, index) = (last.place + 1, last.index + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Whether some text may match both: each ends and begins as far as its first and last wildcard like the other.
    func mayOverlap(_ other: Glob) -> Bool {
        guard let mine = edges, let theirs = other.edges else { return false }
        return Self.agree(mine.first, theirs.first)
            && Self.agree(mine.last.reversed(), theirs.last.reversed())
    }

    /// What comes before the first and after the last wildcard; nil if there is none.
    private var edges: (first: [UInt8], last: [UInt8])? {
        let wildcards: Set = [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")]
        guard let first = pattern.firstIndex(where: wildcards.contains),
            let last = pattern.lastIndex(where: (wildcards.union([UInt8(ascii: "]")])).contains)
        else { return nil }
        return (Array(pattern[..<first]), Array(pattern[(last + 1)...]))
    }

    private static func agree(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Bool {
        zip(left, right).allSatisfy { $0 == $1 }
    }

    private static func takes(_ wanted: UInt8, _ byte: UInt8) -> Bool {
        wanted == UInt8(ascii: "?") ? byte != UInt8(ascii: "*") : wanted == byte
    }
}
