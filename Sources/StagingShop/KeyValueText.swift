/// The settings of one file: lines `key=value`, comments after `#`, blank lines.
package struct KeyValueText: Hashable, Sendable {
    /// Where the text came from, for messages.
    package let origin: String
    /// What was set, the last line of a key wins.
    package let values: [String: String]

    /// Reads the lines of a file's text.
    package init(parsing text: String, origin: String) throws(ConfigurationError) {
        var values: [String: String] = [:]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = line.trimmed
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let equals = line.firstIndex(of: "="), equals != line.startIndex else {
                throw .malformed(origin: origin, line: index + 1, text: String(line))
            }
            let key = line[..<equals].trimmed
            values[String(key)] = String(line[line.index(after: equals)...].trimmed)
        }
        self.origin = origin
        self.values = values
    }

    /// The value of a key that must be there.
    package func text(_ key: String) throws(ConfigurationError) -> String {
        guard let value = values[key] else { throw .missing(origin: origin, key: key) }
        return value
    }

    /// A whole number that is not negative; without a fallback the key must be there.
    package func count(_ key: String, default fallback: Int? = nil) throws(ConfigurationError)
        -> Int
    {
        if values[key] == nil, let fallback { return fallback }
        let value = try text(key)
        guard let number = Int(value), number >= 0 else {
            throw .wrong(origin: origin, key: key, value: value, expected: "a whole number")
        }
        return number
    }

    /// A number of milliseconds.
    package func milliseconds(
        _ key: String, default fallback: Int? = nil
    ) throws(ConfigurationError) -> Duration {
        .milliseconds(try count(key, default: fallback))
    }

    /// One of a closed set of words.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, default fallback: Choice? = nil
    ) throws(ConfigurationError) -> Choice {
        if values[key] == nil, let fallback { return fallback }
        let value = try text(key)
        guard let choice = Choice(rawValue: value) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .wrong(origin: origin, key: key, value: value, expected: "one of \(words)")
        }
        return choice
    }
}

/// Why the shop cannot take a configuration; it keeps the one it has.
package enum ConfigurationError: Error, Hashable, CustomStringConvertible {
    case unreadable(path: String)
    case malformed(origin: String, line: Int, text: String)
    case missing(origin: String, key: String)
    case wrong(origin: String, key: String, value: String, expected: String)

    package var description: String {
        switch self {
        case .unreadable(let path): "\(path): cannot be read; run 'staging-shop init' first"
        case .malformed(let origin, let line, let text):
            "\(origin):\(line): '\(text)' has no key; write key=value"
        case .missing(let origin, let key): "\(origin): '\(key)' is missing; add \(key)=…"
        case .wrong(let origin, let key, let value, let expected):
            "\(origin): \(key)=\(value) is not \(expected)"
        }
    }
}

/// A switch in a settings file.
package enum Switch: String, CaseIterable, Hashable, Sendable {
    case on, off
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: SubSequence {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}
