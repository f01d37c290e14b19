import ControlAPI
import Drills
import HummingbirdCore
import NIOCore
import NIOHTTP1

/// What each path answers.
extension WebConsole {
    func reply(to route: WebRoute, of visit: Visit, on channel: any NIOCore.Channel) async throws
        -> WebReply
    {
        switch route {
        case .home: return .seeOther("/now")
        case .asset(let name): return try asset(name)
        case .enter: return try enter(visit)
        case .link(let token): return try await link(token, of: visit)
        case .linkAck(let token):
            _ = try await body(of: visit, on: channel, upTo: FormBody.maximumBytes)
            return try await acknowledge(byLink: token, of: visit)
        case .hook(let channelName):
            let body = try await body(of: visit, on: channel, upTo: Self.maximumWebhook)
            return try await webhook(body, to: channelName, of: visit)
        case .person, .leave, .order:
            let body = try await body(of: visit, on: channel, upTo: FormBody.maximumBytes)
            return try await take(try FormBody(body), for: route, of: visit)
        case .now, .calendar, .runs, .run, .trends, .events:
            return try await show(route, to: visit, typed: nil)
        }
    }

    /// The most bytes of what a service sends.
    static let maximumWebhook = 1_024 * 1_024

    /// One of the pages of the menu, or a run; `typed` is a form on it that was refused.
    func show(_ route: WebRoute, to visit: Visit, typed: TypedForm?) async throws -> WebReply {
        let peer = try visit.peer()
        switch route {
        case .calendar:
            let rows = try await ask(.drills, as: peer, for: [DrillRow].self)
            return page(visit, pages.calendar(rows, at: visit.now.wall), title: "Calendar")
        case .runs:
            let rows = try await ask(.runs(limit: 100), as: peer, for: [RunRow].self)
            return page(visit, pages.runs(rows), title: "Runs")
        case .run(let run):
            let detail = try await ask(.run(run), as: peer, for: RunDetail.self)
            return page(
                visit, pages.run(detail, at: visit.now, typed: typed), title: run.text,
                status: typed?.status ?? 200, typed: typed)
        case .trends:
            let trend = try await ask(.trend, as: peer, for: TrendReply.self)
            return page(visit, pages.trends(trend), title: "Trends")
        default:
            let sight = try await picture.look()
            let markup = typed == nil ? nowMarkup(of: sight, at: visit.now) : nil
            return page(
                visit, markup ?? pages.now(sight, at: visit.now, typed: typed), title: "Now",
                status: typed?.status ?? 200, sight: sight, typed: typed)
        }
    }

    private func asset(_ name: String) throws -> WebReply {
        guard let asset = Assets.all.first(where: { $0.name == name }) else {
            throw WebProblem.unknownPage("/static/\(name.prefix(80))")
        }
        return .asset(asset.body, type: asset.type)
    }

    private func enter(_ visit: Visit) throws -> WebReply {
        let token = visit.request.uri.queryParameters["token"].map(String.init) ?? ""
        guard let secret = sessions.enter(token: token, now: visit.now.boot) else {
            throw WebProblem.usedToken
        }
        return WebReply.seeOther("/now").settingCookie(secret, isSecure: visit.isEncrypted)
    }

    private func link(_ token: String, of visit: Visit) async throws -> WebReply {
        let link = try await ask(.pageLink(token: token), as: visit.linkPeer, for: PageLink.self)
        return page(visit, pages.link(link, token: token, done: nil), title: "Page \(link.page)")
    }

    private func acknowledge(byLink token: String, of visit: Visit) async throws -> WebReply {
        let peer = visit.linkPeer
        let done = try await ask(.ackByLink(token: token), as: peer, for: Done.self)
        feed.nudge()
        let link = try await ask(.pageLink(token: token), as: peer, for: PageLink.self)
        return page(
            visit, pages.link(link, token: token, done: done.message), title: "Page \(link.page)")
    }

    private func webhook(
        _ body: ByteBuffer, to channel: ChannelName, of visit: Visit
    ) async throws -> WebReply {
        var headers: [String: String] = [:]
        for field in visit.request.headers {
            let name = field.name.canonicalName
            headers[name] = headers[name] ?? field.value
        }
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            return .text("\(WebProblem.brokenBody("it is not UTF-8"))", status: 400)
        }
        let webhook = Webhook(headers: headers, body: text)
        do {
            let done = try await ask(
                .webhook(channel, webhook), as: visit.linkPeer, for: Done.self)
            feed.nudge()
            return .text(done.message, status: 200)
        } catch let refusal as Refusal {
            return .text(refusal.reasons.joined(separator: "\n"), status: refusal.status.rawValue)
        }
    }

    /// The body of a request, which has to come in time.
    private func body(
        of visit: Visit, on channel: any NIOCore.Channel, upTo limit: Int
    ) async throws -> ByteBuffer {
        if let length = visit.request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw WebProblem.bodyTooLarge(limit: limit)
        }
        let closing = ClosingTime(of: channel, after: visit.arrival.limits.body)
        defer { closing.cancel() }
        do {
            return try await visit.request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw WebProblem.bodyTooLarge(limit: limit)
        } catch let error as HTTPParserError {
            throw WebProblem.brokenBody("\(error)")
        }
    }
}

extension Visit {
    /// Who is asked for by a link or a service: nobody in particular, the token or the signature counts.
    var linkPeer: Peer {
        switch arrival {
        case .process(let peer): peer
        case .browser: Peer(uid: .max, gid: .max, pid: 0, login: "link")
        }
    }
}
