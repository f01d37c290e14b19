import ArgumentParser
import Console
import ControlAPI
import Reports

/// `drillctl status`
struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what drilld is doing, or post how a run stands.",
        subcommands: [StatusShow.self, StatusPost.self], defaultSubcommand: StatusShow.self)
}

/// `drillctl status show`, or `status` alone
struct StatusShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what drilld is doing; exit status 5 if a fault may still be in place.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let status: DaemonStatus
        do {
            status = try await options.client.ask(.status, for: DaemonStatus.self)
        } catch let unreachable as Unreachable {
            // Without a folder that can be read there is no more to say than that nobody answers.
            let left = try? OfflineFaults(state: options.stateFolder, cause: unreachable).rows()
            guard let left, !left.isEmpty else { throw unreachable }
            let names = left.map(\.fault.text).joined(separator: ", ")
            throw CommandFailure(
                .leaked,
                ["\(unreachable)", "these faults may still be in place: \(names)"])
        }
        if options.json {
            try options.output.write(json: status)
        } else {
            let text = StatusText(status, now: options.now, zone: options.zone).text
            options.output.write(Colour(options).warned(text))
        }
        try throwIfLeaked(status.faults)
    }
}
