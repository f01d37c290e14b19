import Hummingbird

/// The routes of the front: what customers use and what operators use.
struct ShopRoutes: Sendable {
    let shop: Shop

    /// The front's router.
    func router() -> Router<BasicRequestContext> {
        let router = Router()
        addCustomerRoutes(to: router)
        addEditorRoutes(to: router)
        addOperatorRoutes(to: router)
        addTraceRoutes(to: router)
        addReplayRoute(to: router)
        addStatusRoutes(to: router)
        return router
    }

    private func addCustomerRoutes(to router: Router<BasicRequestContext>) {
        let actions = CustomerActions(in: shop)
        router.post("/checkout") { request, _ in
            let cents = try request.uri.queryParameters.require("cents", as: Int.self)
            return await measured(.checkout) { await Checkout(in: shop).sell(cents: cents) }
        }
        router.get("/orders") { _, _ in await measured(.orders) { actions.orders() } }
        router.post("/refund") { request, _ in
            let query = request.uri.queryParameters
            let refund = RefundRequest(
                orderCents: try query.require("order", as: Int.self),
                text: try query.require("text"))
            let expected = try query.require("expected", as: Int.self)
            return try await measured(.refund) {
                try actions.refund(refund, expectedCents: expected)
            }
        }
        router.get("/login") { request, _ in
            let token = request.headers[.authorization]?.dropFirst("Bearer ".count) ?? ""
            return await measured(.login) { actions.login(token: String(token)) }
        }
        router.get("/edge/:path") { request, context in
            let path = try context.parameters.require("path")
            let role = request.uri.queryParameters["role"].flatMap { Role(rawValue: String($0)) }
            return await measured(.edge) { actions.edge(path: path, role: role ?? .guest) }
        }
    }

    private func addEditorRoutes(to router: Router<BasicRequestContext>) {
        let actions = CustomerActions(in: shop)
        router.get("/content/:name") { _, context in
            let name = try context.parameters.require("name")
            return await measured(.content) { actions.read(name) }
        }
        router.put("/content/:name") { request, context in
            let name = try context.parameters.require("name")
            let query = request.uri.queryParameters
            let version = try query.require("version", as: Int.self)
            let text = try query.require("text")
            return await measured(.content) {
                actions.write(name, text: text, basedOn: version)
            }
        }
    }

    private func addOperatorRoutes(to router: Router<BasicRequestContext>) {
        router.get("/healthz") { _, _ in
            shop.dependencyPort == nil
                ? Self.response(503, "payments is not up yet") : Self.response(200, "ok")
        }
        router.get("/metrics") { _, _ in
            shop.exposition.map { Self.response(200, $0) }
                ?? Self.response(503, "the exposition is switched off")
        }
        router.get("/figures") { _, _ in Self.response(200, lines: shop.figures.lines) }
        router.get("/state") { _, _ in Self.response(200, lines: shop.configuration.lines) }
        router.post("/reload") { _, _ in
            do {
                return Self.response(200, "reloaded \(try shop.reload().release.version)")
            } catch {
                return Self.response(422, "\(error)")
            }
        }
        router.post("/plugins/quarantine") { _, _ in
            Self.response(200, lines: shop.quarantinePlugins())
        }
    }

    private func addTraceRoutes(to router: Router<BasicRequestContext>) {
        let store = TraceStore(in: shop.folder)
        router.get("/traces") { _, _ in Self.response(200, lines: try store.ids()) }
        router.get("/traces/:id") { _, context in
            do {
                return Self.response(200, try store.json(context.parameters.require("id")))
            } catch let error as ReplayError {
                return Self.response(404, "\(error)")
            }
        }
    }

    /// Runs a stored trace again; the last line of the answer is the verdict.
    private func addReplayRoute(to router: Router<BasicRequestContext>) {
        let store = TraceStore(in: shop.folder)
        router.post("/traces/:id/replay") { request, context in
            do {
                let part = request.uri.queryParameters["override"].map(String.init) ?? ""
                let override = part.isEmpty ? nil : try ReplayOverride(parsing: part)
                let trace = try store.trace(context.parameters.require("id"))
                return Self.response(200, lines: TraceReplay(of: trace, override: override).lines)
            } catch let error as ReplayError {
                return Self.response(400, "\(error)")
            }
        }
    }

    private func addStatusRoutes(to router: Router<BasicRequestContext>) {
        router.get("/status") { _, _ in Self.response(200, lines: shop.statusPage) }
        router.post("/status") { request, _ in
            let body = try await request.body.collect(upTo: 4_096)
            shop.post(status: String(buffer: body))
            return Self.response(200, "posted")
        }
    }

    private func measured(
        _ route: ShopEvent.Route, _ serve: () async throws -> Answer
    ) async rethrows -> Response {
        let start = shop.now
        let answer = try await serve()
        shop.note(.request(route: route, failed: answer.status >= 500, latency: shop.now - start))
        return Self.response(answer.status, answer.text)
    }

    private static func response(_ status: Int, lines: [String]) -> Response {
        response(status, lines.joined(separator: "\n"))
    }

    private static func response(_ status: Int, _ text: String) -> Response {
        let line = text.hasSuffix("\n") ? text : text + "\n"
        return Response(
            status: .init(code: status), headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: line)))
    }
}
