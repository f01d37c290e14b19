import ArgumentParser
import DrillDaemon
import Foundation

/// The command line of drilld.
package struct Drillctl: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "drillctl",
        abstract: "Plan, run and review drills.",
        discussion: """
            Exit status: 0 good, 1 the drill failed or was below its passing score, 2 usage, \
            3 refused by a guard, 4 aborted, 5 a fault may still be in place, 78 the calendar or \
            scenario files have errors.
            """,
        version: "drillctl \(DrillDesk.version)",
        subcommands: [Generate.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Planning",
                subcommands: [
                    Verify.self, Plan.self, Mutate.self, CalendarVerb.self, TimeSpanVerb.self,
                ]),
            CommandGroup(
                name: "Drills",
                subcommands: [
                    List.self, Status.self, Show.self, Run.self, Follow.self, Reload.self,
                ]),
            CommandGroup(
                name: "Responding",
                subcommands: [
                    Ack.self, ScopeVerb.self, Rollback.self, TraceVerb.self, ReplayVerb.self,
                    Investigate.self, Clear.self, EvidenceVerbs.self, Notebook.self,
                    ConsoleVerb.self,
                ]),
            CommandGroup(
                name: "Commanding",
                subcommands: [
                    PacketVerb.self, Decide.self, Recommend.self, HandoffVerb.self,
                    LaneVerb.self, SeverityVerb.self, UpdateVerb.self, Explain.self, Abort.self,
                    FollowUpVerb.self,
                ]),
            CommandGroup(
                name: "Safety",
                subcommands: [
                    HaltVerb.self, Release.self, Arm.self, Disarm.self, Faults.self, Revert.self,
                    Forget.self, HookVerbs.self,
                ]),
            CommandGroup(
                name: "Review",
                subcommands: [
                    TimelineVerb.self, ScorecardVerb.self, Report.self, Trend.self,
                    LedgerVerbs.self,
                ]),
            CommandGroup(name: "Help", subcommands: [Help.self]),
        ])

    /// The root of all verbs.
    package init() {}
}

extension Drillctl {
    /// Does what the arguments say.
    ///
    /// - Returns: the exit status of the process.
    package static func status(
        of arguments: [String], output: Output = Output()
    ) async -> Int32 {
        let arguments = ArgumentOrder.verbFirst(arguments)
        widenNarrowTerminals(output)
        let status = await statusAsAnswered(arguments, output: output)
        guard let failure = Output.failure else { return status }
        output.complain(["the answer cannot be written: \(failure)"])
        return status == ExitStatus.good.rawValue ? ExitStatus.failed.rawValue : status
    }

    /// The parser's help needs some room, or it ends the program.
    private static func widenNarrowTerminals(_ output: Output) {
        let said = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
        if min(output.columns, said ?? .max) < narrowest { setenv("COLUMNS", "\(narrowest)", 1) }
    }

    private static let narrowest = 40

    private static func statusAsAnswered(
        _ arguments: [String], output: Output
    ) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return ExitStatus.good.rawValue
        } catch {
            return report(error, of: arguments, to: output)
        }
    }

    /// Errors of this program go line by line; those of the parser keep their usage text.
    private static func report(
        _ error: any Error, of arguments: [String], to output: Output
    ) -> Int32 {
        let code = exitCode(for: error)
        if code == .success {
            output.write(ended(fullMessage(for: error)))
            return ExitStatus.good.rawValue
        }
        if code == .validationFailure {
            // The parser only counts words that it did not expect.
            if let unknown = UnknownVerb.first(in: arguments) {
                output.complain(["\(unknown)"])
                return ExitStatus.usage.rawValue
            }
            let text = fullMessage(for: error)
            output.complain([text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text])
            return ExitStatus.usage.rawValue
        }
        let failure = CommandFailure(error)
        output.complain(failure.reasons)
        return failure.status.rawValue
    }

    private static func ended(_ text: String) -> String {
        text.isEmpty || text.hasSuffix("\n") ? text : text + "\n"
    }
}
