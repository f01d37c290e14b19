import ArgumentParser
import ControlAPI
import Drills

/// `drillctl console`
struct ConsoleVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Print a one-time link to the console in a browser.",
        discussion: """
            The link lets whoever opens it first act as you, so it is good once and for a short \
            time. The console is off until drilld-console.socket is started.
            """)

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let link = try await options.client.ask(.openConsole, for: ConsoleLink.self)
        if options.json {
            try options.output.write(json: link)
        } else {
            options.output.write(link.url + "\n")
            options.output.remark(
                "good once, until \(link.expires.formatted(in: options.zone, precision: .seconds))\n"
            )
        }
    }
}
