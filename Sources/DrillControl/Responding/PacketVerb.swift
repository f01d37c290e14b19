import ArgumentParser
import Drills
import Faults
import IncidentCommand
import Reports

/// `drillctl packet`
struct PacketVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packet",
        abstract: "Print what everybody needs to know at a checkpoint, and what was decided there.",
        discussion: """
            Severity, owners, what is affected, what was run and what came of it, what may still \
            go wrong, when the next checkpoint is. Without a number, of the checkpoint that is \
            open or the state between two, and of a closed run its last checkpoint.
            """)

    @Argument(help: "The run; the open one if there is just one.", transform: readName)
    var run: RunID?

    @Option(help: ArgumentHelp("The checkpoint, counted from 1.", valueName: "number"))
    var checkpoint: Int?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let run = if let run { run } else { try await options.onlyOpenRun() }
        let timeline = try await options.timeline(of: run)
        let text = try text(of: timeline, run)
        if options.json {
            try options.output.write(json: ["packet": text])
        } else {
            options.output.write(text)
        }
    }

    private func text(of timeline: Timeline, _ run: RunID) throws -> String {
        let packets = PacketText.renderAll(timeline, zone: options.zone)
        if let checkpoint {
            guard packets.indices.contains(checkpoint - 1) else {
                throw CommandFailure(.usage, refusal(of: checkpoint, in: run, packets.count))
            }
            return packets[checkpoint - 1]
        }
        if timeline.outcome != nil, let last = packets.last { return last }
        guard timeline.plan?.response.isAttended == true, timeline.outcome == nil,
            let now = PacketText.render(timeline, now: MachineClock.now(), zone: options.zone)
        else { throw CommandFailure(.usage, "run '\(run)' has no checkpoints") }
        return now
    }

    private func refusal(of checkpoint: Int, in run: RunID, _ count: Int) -> String {
        guard count > 0 else { return "run '\(run)' has no checkpoints" }
        return "run '\(run)' has no checkpoint \(checkpoint); write a number from 1 to \(count)"
    }
}
