import CalendarTime
import Drills

/// A Slack incoming webhook.
struct SlackForm: WireForm {
    let url: String
    /// The secret rest of the address.
    let path: String

    let steps: Set<PageOrder.Step> = [.fire]
    let knowsPages = false
    var secrets: [String] { [path] + path.split(separator: "/").map(String.init).suffix(1) }

    func request(_ order: PageOrder, at now: WallInstant) throws -> WireRequest {
        let mention = order.message.address.flatMap(Self.mention) ?? ""
        let text = Post(
            text: mention + Self.escaped(order.message.text + "\n" + order.message.labelLine),
            // Slack's own look at the link must not be taken for somebody opening it.
            unfurlsLinks: false)
        return try WireRequest(url: "\(url)/\(path)", json: text)
    }

    func reference(in answer: [UInt8]) -> String? { nil }

    /// Slack asks for these three, and for no others.
    static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }

    /// Calls a member by their identifier; nil for an address of another form.
    private static func mention(_ address: String) -> String? {
        guard let first = address.first, "UW".contains(first), address.utf8.count > 1,
            address.allSatisfy({ $0.isASCII && ($0.isUppercase || $0.isNumber) })
        else { return nil }
        return "<@\(address)> "
    }

    private struct Post: Encodable {
        let text: String
        let unfurlsLinks: Bool

        enum CodingKeys: String, CodingKey {
            case text
            case unfurlsLinks = "unfurl_links"
        }
    }
}
