import ArgumentParser
import Logging
import StagingShop

/// Runs the shop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve on 127.0.0.1 until SIGTERM; SIGHUP or POST /reload reads the folder again."
    )

    @OptionGroup var root: RootOption
    @Option(help: "Port of the front; 0 takes a free one, see DIR/ports.")
    var port = 8080
    @Option(help: "Port of the payments API and the sink.")
    var paymentsPort = 8081
    @Option(help: "Requests per second that the shop sends itself; 0 for none.")
    var traffic = 20
    @Option(help: "Seconds that figures look back.")
    var window = 3

    func validate() throws {
        guard (0...65_535).contains(port), (0...65_535).contains(paymentsPort) else {
            throw ValidationError("a port is 0 to 65535")
        }
        guard (0...200).contains(traffic) else { throw ValidationError("traffic is 0 to 200") }
        guard (1...60).contains(window) else {
            throw ValidationError("a window is 1 to 60 seconds")
        }
    }

    func run() async throws {
        var logger = Logger(label: "staging-shop")
        logger.logLevel = .notice
        let shop = try Shop(folder: ShopFolder(root.path), window: .seconds(window))
        let options = ShopServer.Options(
            port: port, paymentsPort: paymentsPort, trafficPerSecond: traffic)
        try await ShopServer(shop: shop, options: options, logger: logger).run()
    }
}
