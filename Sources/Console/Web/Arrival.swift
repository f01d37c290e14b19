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
    private let others: Set<String>

    /// - Parameter others: names beside those of the loopback interface, with the port if there is one.
    init(others: [String]) {
        self.others = Set(others.map { $0.lowercased() })
    }

    func check(_ request: Request, _ arrival: Arrival) throws(WebProblem) {
        // The first Host field is the authority; a second one contradicts it.
        guard let host = request.head.authority?.lowercased(), request.headers[.host] == nil,
            request.head.path?.hasPrefix("/") == true
        else { throw .foreignHost(request.head.authority ?? "") }
        guard others.contains(host) || Self.isLoopback(host, arrival) else {
            throw .foreignHost(host)
        }
    }

    private static func isLoopback(_ host: String, _ arrival: Arrival) -> Bool {
        for name in ["127.0.0.1", "localhost", "[::1]"] where host.hasPrefix(name) {
            let rest = host.dropFirst(name.count)
            switch arrival {
            case .browser(let port, _): return rest == ":\(port)" || (rest.isEmpty && port == 80)
            // 'ssh -L' brings a browser here, and only it knows the port.
            case .process:
                return rest.isEmpty || (rest.first == ":" && Int(rest.dropFirst()) != nil)
            }
        }
        return false
    }
}

/// Whether a form was sent from a page of the console itself.
enum SameOrigin {
    static func check(_ request: Request) throws(WebProblem) {
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" {
            throw .foreignOrigin(site)
        }
        guard let origin = request.headers[.origin] else { return }
        let host = request.head.authority ?? ""
        guard ["http://\(host)", "https://\(host)"].contains(origin.lowercased()) else {
            throw .foreignOrigin(origin)
        }
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
