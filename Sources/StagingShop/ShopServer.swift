import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// A shop with its two listeners, its worker and, if wished, its own traffic.
package struct ShopServer: Sendable {
    private let shop: Shop
    private let options: Options
    private let logger: Logger

    /// A server for a shop; nothing listens yet.
    package init(shop: Shop, options: Options, logger: Logger) {
        self.shop = shop
        self.options = options
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT; SIGHUP reloads.
    package func run() async throws {
        let ports = Ports(shop: shop, logger: logger)
        let dependencies = listener(DependencyRoutes(shop: shop).router(), at: options.paymentsPort)
        {
            ports.note(dependencies: $0)
        }
        let front = listener(ShopRoutes(shop: shop).router(), at: options.port) {
            ports.note(front: $0)
        }
        var services: [any Service] = [
            dependencies, front, QueueWorker(shop: shop), Reloader(shop: shop, logger: logger),
        ]
        if options.trafficPerSecond > 0 {
            services.append(Traffic(perSecond: options.trafficPerSecond) { ports.ready })
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        try await ServiceGroup(configuration: configuration).run()
    }

    private func listener(
        _ router: Router<BasicRequestContext>, at port: Int,
        isUp: @escaping @Sendable (Int) -> Void
    ) -> some Service {
        Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { isUp(port) }
            }, logger: logger)
    }

    /// What `serve` is told.
    package struct Options: Hashable, Sendable {
        /// Zero takes any free port; `DIR/ports` names the ones taken.
        package let port: Int
        package let paymentsPort: Int
        package let trafficPerSecond: Int

        /// Where to listen and how much traffic to make.
        package init(port: Int, paymentsPort: Int, trafficPerSecond: Int) {
            self.port = port
            self.paymentsPort = paymentsPort
            self.trafficPerSecond = trafficPerSecond
        }
    }
}

/// Notes where the listeners listen; once both do, writes `DIR/ports`.
private final class Ports: Sendable {
    private let shop: Shop
    private let logger: Logger
    private let front = Mutex<Int?>(nil)

    init(shop: Shop, logger: Logger) {
        self.shop = shop
        self.logger = logger
    }

    /// The front's port once everything listens.
    var ready: Int? { shop.dependencyPort == nil ? nil : front.withLock { $0 } }

    func note(dependencies port: Int) {
        shop.dependencyPort = port
        tell()
    }

    func note(front port: Int) {
        front.withLock { $0 = port }
        tell()
    }

    private func tell() {
        guard let port = ready, let dependencies = shop.dependencyPort else { return }
        do {
            try shop.folder.write("front=\(port)\npayments=\(dependencies)\n", to: "ports")
            logger.info("shop is open", metadata: ["port": "\(port)"])
        } catch {
            logger.error("cannot write the ports", metadata: ["reason": "\(error)"])
        }
    }
}

/// Reloads on SIGHUP.
private struct Reloader: Service {
    let shop: Shop
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                let version = try shop.reload().release.version
                logger.info("reloaded", metadata: ["release": "\(version)"])
            } catch {
                logger.error("kept the configuration", metadata: ["reason": "\(error)"])
            }
        }
    }
}
