import Hummingbird

/// The payments API and the downstream sink, on a listener of their own.
struct DependencyRoutes: Sendable {
    let shop: Shop

    /// The dependencies' router.
    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/charge") { _, _ in
            try await Task.sleep(for: shop.configuration.settings.paymentsDelay)
            return "charged\n"
        }
        router.post("/sink") { _, _ in
            try await Task.sleep(for: shop.configuration.settings.sinkDelay)
            return "taken\n"
        }
        return router
    }
}
