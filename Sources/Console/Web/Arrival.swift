import ControlAPI
import HTTPTypes
import HummingbirdCore

/// How a request reached the console.
enum Arrival: Sendable {
    /// Over the UNIX socket, from a process that the kernel vouches for.
    case process(Peer)
    /// Over TCP, at a port of the loopback interface.
    case browser(port: Int, ServingLimits)

    var limits: ServingLimits {
        switch self {
        case .process: .socket
        case .browser(_, let limits): limits
        }
    }
}

/// The names by which the console may be called; any other is a page of somebody else that had its name
/// point here.
struct HostNames: Sendable {
    /// The name that the console has where a proxy stands before it, with the port if it is not the scheme's.
    private let proxied: String?
    private let isEncrypted: Bool

    /// - Parameter address: where people reach the console beside where it listens, such as
    ///   `https://drills.example`.
    init(address: String?) {
        let parts = (address ?? "").lowercased().split(separator: "://", maxSplits: 1)
        proxied = parts.count == 2 ? String(parts[1]) : nil
        isEncrypted = parts.first == "https"
    }

    /// Whether the browser speaks TLS, with the proxy before us.
    func isEncrypted(_ request: Request) -> Bool {
        isEncrypted && request.head.authority?.lowercased() == proxied
    }

    func check(_ request: Request, _ arrival: Arrival) throws(WebProblem) {
        // The first Host field is the authority; a second one contradicts it.
        guard let host = request.head.authority?.lowercased(), request.headers[.host] == nil,
            request.head.path?.hasPrefix("/") == true
        else { throw .foreignHost(request.head.authority ?? "") }
        guard host == proxied || Self.isLoopback(host, arrival) else { throw .foreignHost(host) }
    }

    private static func isLoopback(_ host: String, _ arrival: Arrival) -> Bool {
        guard let own = OwnHost(host) else { return false }
        switch arrival {
        case .browser(let port, _): return own.port ?? 80 == port
        // 'ssh -L' brings a browser here, and only it knows the port.
        case .process: return true
        }
    }
}

/// A name that no other machine can have, with a port or without one.
struct OwnHost {
    let port: Int?

    /// Nil if it is another name.
    ///
    /// - Parameter host: in lower case.
    init?(_ host: String, names: [String] = ["127.0.0.1", "localhost", "[::1]"]) {
        guard let name = names.first(where: host.hasPrefix) else { return nil }
        let rest = host.dropFirst(name.count)
        port = UInt16(rest.dropFirst()).map(Int.init)
        guard rest.isEmpty || (rest.first == ":" && port != nil) else { return nil }
    }
}

extension Request {
    /// Whether a body comes behind the head.
    var bringsBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}

/// Whether a form was sent from a page of the console itself.
enum SameOrigin {
    /// Why a request is refused; nil for what only looks, wherever it comes from.
    static func problem(of request: Request) -> WebProblem? {
        guard request.method == .post else { return nil }
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
            return .foreignOrigin(site)
        }
        guard let origin = request.headers[.origin] else { return nil }
        let host = request.head.authority ?? ""
        let own = ["http://\(host)", "https://\(host)"]
        return own.contains(origin.lowercased()) ? nil : .foreignOrigin(origin)
    }
}

extension HTTPField.Name {
    // The names are literals of RFC 9110's token grammar, so these are never nil.
    static let host = HTTPField.Name(literal: "host")
    static let secFetchSite = HTTPField.Name(literal: "sec-fetch-site")
    static let referrerPolicy = HTTPField.Name(literal: "referrer-policy")
    static let lastEventID = HTTPField.Name(literal: "last-event-id")

    private init(literal text: String) {
        guard let name = HTTPField.Name(text) else {
            preconditionFailure("\(text) is no name of a header field")
        }
        self = name
    }
}
