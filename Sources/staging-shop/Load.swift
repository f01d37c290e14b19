import ArgumentParser
import StagingShop

/// Sends traffic to a running shop.
struct Load: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send the mix of requests that customers send, for a while.")

    @Option(help: "Port of the front.")
    var port = 8080
    @Option(help: "Requests per second, at most 200.")
    var rps = 20
    @Option(help: "For how long, at most 600.")
    var seconds = 10

    func validate() throws {
        guard (1...200).contains(rps) else { throw ValidationError("--rps is 1 to 200") }
        guard (1...600).contains(seconds) else { throw ValidationError("--seconds is 1 to 600") }
    }

    func run() async throws {
        let port = port
        let traffic = Traffic(perSecond: rps, duration: .seconds(seconds)) { port }
        let tally = await traffic.sent()
        print("\(tally.answered) answered, \(tally.lost) lost")
        if tally.answered == 0 { throw ExitCode.failure }
    }
}
