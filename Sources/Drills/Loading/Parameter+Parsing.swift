extension Parameter {
    /// Reads `NAME=VALUE` or `NAME=@credential:CREDENTIAL`.
    package init(parsing text: String) throws(ParseError) {
        guard let equals = text.firstIndex(of: "=") else { throw .noValue(text) }
        let name = String(text[..<equals])
        let value = String(text[text.index(after: equals)...])
        guard Self.isName(name) else { throw .badName(name) }
        guard value.hasPrefix(Self.credentialMark) else {
            guard !Self.looksSecret(name) else { throw .literalSecret(name) }
            self.init(name: name, value: .literal(value))
            return
        }
        let credential = String(value.dropFirst(Self.credentialMark.count))
        guard Name<Parameter>(checking: credential) != nil else { throw .badCredential(name) }
        self.init(name: name, value: .credential(credential))
    }

    /// What hooks call it: `DRILL_PARAM_` and the name in capitals, `-` written `_`.
    package var variable: String {
        "DRILL_PARAM_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// Whether a name sounds like something that must not be read by everyone.
    package static func looksSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        if ["password", "passwd", "secret", "token", "credential"].contains(where: name.contains) {
            return true
        }
        return name.split { "-_.".contains($0) }.contains { $0.hasSuffix("key") || $0 == "keys" }
    }

    /// The name in an argument such as `--token=abc` when it sounds like a secret.
    static func secretName(inArgument argument: String) -> String? {
        guard let equals = argument.firstIndex(of: "=") else { return nil }
        let name = argument[..<equals].drop { $0 == "-" }
        return looksSecret(String(name)) ? String(name) : nil
    }

    private static let credentialMark = "@credential:"

    private static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic
        else { return false }
        return text.unicodeScalars.allSatisfy {
            $0.isASCII
                && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-"
                    || $0 == "_")
        }
    }

    /// Why a text is no parameter.
    package enum ParseError: Error, Hashable, CustomStringConvertible {
        case noValue(String)
        case badName(String)
        case literalSecret(String)
        case badCredential(String)

        /// What is wrong, and what to write instead.
        package var description: String {
            switch self {
            case .noValue(let text): "parameter '\(text)' has no value; write NAME=VALUE"
            case .badName(let name):
                "'\(name)' is no name of a parameter; write letters, digits, '-' and '_', "
                    + "beginning with a letter"
            case .literalSecret(let name):
                "parameter '\(name)' looks like a secret, which a file must not hold; "
                    + "write \(name)=@credential:NAME"
            case .badCredential(let name):
                "parameter '\(name)' names no credential; write \(name)=@credential:NAME"
            }
        }
    }
}
