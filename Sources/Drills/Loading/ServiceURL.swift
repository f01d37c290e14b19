import UnitFiles

/// The address of a service: scheme, host, optional port and path, and nothing secret.
struct ServiceURL: Hashable {
    let text: String

    /// Reads `https://HOST[:PORT][/PATH]`.
    init(parsing text: String) throws(ParseError) {
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else {
            throw .scheme
        }
        let rest = text.dropFirst(scheme.count)
        guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) })
        else { throw .character }
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .query }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw .login }
        guard Self.isHost(authority) else { throw .host }
        guard !rest.hasSuffix("/") else { throw .trailingSlash }
        guard !Self.isSlackHook(rest) else { throw .slackSecret }
        self.text = text
    }

    /// `HOST`, `HOST:PORT`, `[::1]` or `[::1]:PORT`.
    private static func isHost(_ authority: Substring) -> Bool {
        var port = authority
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return false }
            let inside = authority[..<close].dropFirst()
            guard !inside.isEmpty, inside.allSatisfy({ $0.isHexDigit || ":.".contains($0) }) else {
                return false
            }
            port = authority[close...].dropFirst()
        } else {
            let host = authority.prefix { $0 != ":" }
            guard !host.isEmpty,
                host.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) })
            else { return false }
            port = authority[host.endIndex...]
        }
        guard !port.isEmpty else { return true }
        guard port.hasPrefix(":"), let number = UInt16(port.dropFirst()) else { return false }
        return number > 0
    }

    /// What Slack hands out as one address ends in the secret.
    private static func isSlackHook(_ rest: Substring) -> Bool {
        rest.hasPrefix("hooks.slack.com/services/")
    }

    /// Why a text is no address of a service; the text itself is never told.
    enum ParseError: Error, Hashable, CustomStringConvertible {
        case scheme, character, query, login, host, trailingSlash, slackSecret

        var description: String {
            switch self {
            case .scheme: "Url= does not begin with a scheme; write http:// or https:// before it"
            case .character:
                "Url= has a character that addresses do not have; write it as % and two "
                    + "hexadecimal digits, in this file %%XX"
            case .query: "Url= has a query or fragment; remove it from '?' or '#' on"
            case .login:
                "Url= has a login in it, which a file must not hold; remove it and add "
                    + "Key=@credential:NAME"
            case .host: "Url= has no good host and port; write for example http://127.0.0.1:9093"
            case .trailingSlash: "Url= ends in a slash; remove it"
            case .slackSecret:
                "Url= ends in the secret of a Slack webhook; remove Url= and put what follows "
                    + "services/ into a credential, Key=@credential:NAME"
            }
        }
    }
}
