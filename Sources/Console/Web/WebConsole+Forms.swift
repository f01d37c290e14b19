import ControlAPI
import Drills

/// What forms do.
extension WebConsole {
    /// Takes a form of a session in: done, and seen on the page it came from; or refused, and shown as it was typed.
    func take(_ form: FormBody, for route: WebRoute, of visit: Visit) async throws -> WebReply {
        guard let session = visit.session else { throw WebProblem.noSession }
        guard let token = form["form-token"], token.isSame(as: session.formToken) else {
            throw WebProblem.staleForm
        }
        let back = BackPath(form["back"] ?? "")
        switch route {
        case .leave:
            sessions.end(session.id)
            // The streams of other windows look whether they may go on.
            feed.beat()
            return WebReply.seeOther("/now").settingCookie("", isSecure: visit.isEncrypted)
        case .person:
            let person = form["person"].flatMap { PersonName(checking: $0) }
            sessions.update(session.id) { session in
                session.person = person
                session.notice = person.map { "you act as \($0) from now on" }
            }
            return .seeOther(back.path)
        case .order(let path): return try await order(path, form, back, of: visit, session)
        default: throw WebProblem.unknownPage(visit.request.uri.path)
        }
    }

    private func order(
        _ path: [String], _ form: FormBody, _ back: BackPath, of visit: Visit,
        _ session: ConsoleSession
    ) async throws -> WebReply {
        guard Self.orders.contains(where: { $0.matches(path) }) else {
            throw WebProblem.unknownPage("/do/" + path.joined(separator: "/"))
        }
        let fields = OrderFields(form, remembered: session.person)
        if let person = fields.person {
            sessions.update(session.id) { $0.person = person }
        }
        do {
            let request = try ControlRequest(
                HTTPForm(method: .post, path: path, body: fields.values))
            let message = try await outcome(of: request, as: session.peer)
            sessions.update(session.id) { $0.notice = message }
            feed.nudge()
            return .seeOther(back.path + back.fragment)
        } catch {
            let typed = TypedForm(
                form["form"] ?? "", fields: fields.values, refusal: Refusal(of: error))
            return try await show(back.route, to: visit, typed: typed)
        }
    }

    private func outcome(of request: ControlRequest, as peer: Peer) async throws -> String {
        if case .start = request {
            let started = try await ask(request, as: peer, for: Started.self)
            return "run \(started.run) is started"
        }
        return try await ask(request, as: peer, for: Done.self).message
    }

    /// Which requests forms may make; `nil` stands for any name.
    private static let orders: [OrderPath] = [
        .init("runs", nil, "ack"), .init("runs", nil, "act"), .init("runs", nil, "abort"),
        .init("runs", nil, "follow-ups"), .init("drills", nil, "start"), .init("halt"),
        .init("release"), .init("targets", nil, "arm"), .init("targets", nil, "disarm"),
        .init("faults", nil, "revert"),
    ]
}

/// The shape of a path.
private struct OrderPath: Sendable {
    private let segments: [String?]

    init(_ segments: String?...) { self.segments = segments }

    func matches(_ path: [String]) -> Bool {
        path.count == segments.count
            && zip(path, segments).allSatisfy { $1 == nil || $0 == $1 }
    }
}

/// The fields of a form as the control API reads them.
private struct OrderFields {
    private(set) var values: [String: String] = [:]
    let person: PersonName?

    init(_ form: FormBody, remembered: PersonName?) {
        for name in form.fields.keys where !["form-token", "form", "back"].contains(name) {
            values[name] = form[name]
        }
        let chosen = form["person"].flatMap { PersonName(checking: $0) }
        person = chosen
        // A form that was shown before somebody was chosen has the place, but nobody in it.
        if form["person"] != nil { values["person"] = (chosen ?? remembered)?.text ?? "" }
        values["via"] = "console"
        values["channel"] = values["channel"] ?? "console"
        if let address = values["url"], values["verb"] == ResponseAct.Verb.evidence.rawValue {
            values["bytes"] = "\(address.utf8.count)"
            values["hash"] = TextDigest(address).hexadecimal
        }
    }
}

/// Where a form leads back to: one of our own pages, whatever it says.
struct BackPath: Sendable {
    let route: WebRoute
    let path: String
    private(set) var fragment = ""

    init(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
        let segments = (parts.first ?? "").split(separator: "/").map(String.init)
        switch (segments.count, segments.first) {
        case (1, "calendar"): (route, path) = (.calendar, "/calendar")
        case (1, "runs"): (route, path) = (.runs, "/runs")
        case (1, "trends"): (route, path) = (.trends, "/trends")
        case (2, "runs"):
            guard let run = RunID(checking: segments[1]) else { fallthrough }
            (route, path) = (.run(run), "/runs/\(run)")
        default: (route, path) = (.now, "/now")
        }
        if parts.count == 2, RunID(checking: parts[1]) != nil { fragment = "#" + parts[1] }
    }
}
