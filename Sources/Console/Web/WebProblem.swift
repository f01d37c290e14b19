/// Why a request from a browser gets no page.
enum WebProblem: Error, Hashable, CustomStringConvertible {
    case unknownPage(String)
    case wrongMethod(String)
    case noSession
    case usedToken
    case foreignHost(String)
    case foreignOrigin(String)
    case staleForm
    case bodyTooLarge(limit: Int)
    case brokenBody(String)

    var description: String {
        switch self {
        case .unknownPage(let path): "there is no page '\(path)'; the pages are in the menu"
        case .wrongMethod(let method): "'\(method)' is not understood here; use GET or POST"
        case .noSession:
            "nobody is signed in here; run 'drillctl console' on this machine and open the link it "
                + "prints"
        case .usedToken:
            "this link was used already or is older than a minute; run 'drillctl console' for a new "
                + "one"
        case .foreignHost(let host):
            "the console does not answer to the name '\(host)'; open it by the link that "
                + "'drillctl console' prints"
        case .foreignOrigin(let origin):
            "the form comes from another place (\(origin)); send it from the console's own page"
        case .staleForm:
            "the form is older than your session; nothing was done, send it again from this page"
        case .bodyTooLarge(let limit):
            "the body is longer than \(limit) bytes; say it in fewer words"
        case .brokenBody(let what): "the body cannot be read: \(what)"
        }
    }

    var status: Int {
        switch self {
        case .unknownPage: 404
        case .wrongMethod: 405
        case .noSession, .usedToken: 401
        case .foreignHost: 421
        case .foreignOrigin, .staleForm: 403
        case .bodyTooLarge: 413
        case .brokenBody: 400
        }
    }

    /// A few words for the page's title.
    var title: String {
        switch self {
        case .unknownPage: "No such page"
        case .noSession, .usedToken: "Not signed in"
        case .foreignHost: "Wrong name"
        case .wrongMethod, .foreignOrigin, .staleForm, .bodyTooLarge, .brokenBody: "Not done"
        }
    }
}
