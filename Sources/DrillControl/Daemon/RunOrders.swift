import ArgumentParser
import CalendarTime
import ControlAPI
import Drills

/// `drillctl ack`
struct Ack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Acknowledge pages.",
        discussion: "Each page is judged by itself; the exit status is 3 if one was refused.")

    @Argument(help: "The run that sent the pages.", transform: readName) var run: RunID
    @Argument(
        help: ArgumentHelp("The pages, one or several.", valueName: "page"), transform: readName)
    var pages: [PageName]

    @Option(help: "Where the person saw the page.")
    var channel = "drillctl"

    @OptionGroup var person: PersonOption
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let person = try person.resolved(options)
        var done: [String] = []
        var failures: [CommandFailure] = []
        for page in pages {
            do {
                let request = ControlRequest.ack(
                    run, page: page, person: person, channel: channel)
                done.append(try await options.client.ask(request, for: Done.self).message)
            } catch {
                failures.append(CommandFailure(error))
                // Where nobody answers, asking again for each page says nothing new.
                guard error is Refusal else { break }
            }
        }
        if !done.isEmpty { try options.say(Done(message: done.joined(separator: "\n"))) }
        guard let worst = failures.first else { return }
        throw CommandFailure(worst.status, failures.flatMap(\.reasons))
    }
}

/// `drillctl abort`
struct Abort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort",
        abstract: "Abort a run; its faults are taken back.")

    @Argument(help: "The run.", transform: readName) var run: RunID
    @Option(help: "Why, for the record.") var reason: String
    @OptionGroup var options: GlobalOptions

    func run() async throws { try await options.order(.abort(run, reason: reason)) }
}

/// `drillctl follow-up`
struct FollowUpVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow-up", abstract: "Record what is to be done after a run.")

    @Argument(help: "The run.", transform: readName) var run: RunID
    @Option(help: "The person who will do it.", transform: readName) var owner: PersonName
    @Option(help: ArgumentHelp("The day until which it is done.", valueName: "date"))
    var due: String
    @Option(help: "What is to be done.") var text: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        do throws(DateError) {
            _ = try CivilDate(parsing: due)
        } catch {
            throw CommandFailure(.usage, "--due: \(error)")
        }
        let followUp = FollowUp(owner: owner, due: due, text: text)
        try await options.order(.addFollowUp(run, followUp))
    }
}

/// `drillctl reload`
struct Reload: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Read the files again; with errors in them the calendar in force stays.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        do {
            try await options.order(.reload)
        } catch let refusal as Refusal where refusal.status == .badRequest {
            throw CommandFailure(.configuration, refusal.reasons)
        }
    }
}
