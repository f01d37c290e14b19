import ControlAPI
import HummingbirdCore

/// Keeps pages of browsers from the API: the kernel vouches for whoever forwards the socket with `ssh -L`, and
/// any page in their browser could speak through it.
enum APIGuard {
    /// The names by which programs call the daemon.
    private static let names = ["drilld", "localhost", "127.0.0.1", "[::1]"]

    static func check(_ request: Request) throws(Refusal) {
        let host = request.head.authority?.lowercased() ?? ""
        guard OwnHost(host, names: names) != nil, request.headers[.host] == nil else {
            throw Refusal(
                .notPermitted,
                ["the API does not answer to the name '\(host)'; ask for http://drilld/v1/…"])
        }
        guard let page = page(behind: request) else { return }
        throw Refusal(
            .notPermitted,
            ["the API is for programs, and this comes from a page (\(page)); use the console"])
    }

    /// What a browser says of the page that asks; nil for programs, and for an address that somebody typed.
    private static func page(behind request: Request) -> String? {
        if let origin = request.headers[.origin] { return origin }
        guard let site = request.headers[.secFetchSite] else { return nil }
        return site == "none" && request.method == .get ? nil : site
    }
}
