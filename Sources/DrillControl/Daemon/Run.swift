import ArgumentParser
import ControlAPI
import Drills
import Faults
import Scoring

/// `drillctl run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Start the next cycle of a drill and follow it to its end.",
        discussion: """
            Prints the scorecard at the end; the exit status is that of the run. The first Ctrl-C \
            aborts the run and waits until its faults are taken back, the second one leaves.
            """)

    @Argument(help: "The drill.", transform: readName) var drill: DrillName

    @Flag(inversion: .prefixedNo, help: "Follow the run to its end.")
    var wait = true

    @Flag(help: "Play it in this process, without drilld; needs a state folder of its own.")
    var local = false

    @Flag(help: "With --local: arm the drill's target first, as 'drillctl arm' does.")
    var arm = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if arm, !local {
            throw ValidationError("--arm goes with --local; else run 'drillctl arm TARGET' before")
        }
        if local, !wait {
            throw ValidationError(
                "--local plays the run here, so it cannot be left; drop --no-wait")
        }
    }

    func run() async throws {
        let timeline: Timeline
        if local {
            timeline = try await LocalRun(drill, options, arms: arm).play()
        } else {
            let interrupts = Interrupts()
            defer { interrupts.stop() }
            let started = try await options.client.ask(.start(drill), for: Started.self)
            guard wait else { return try report(started) }
            timeline = try await RunWatch(started.run, options, interrupts).watch()
        }
        try options.conclude(timeline)
    }

    private func report(_ started: Started) throws {
        if options.json {
            try options.output.write(json: started)
        } else {
            options.output.write(
                "run \(started.run) started; 'drillctl status' shows it, "
                    + "'drillctl timeline \(started.run)' what happened\n")
        }
    }
}

/// `drillctl follow`
struct Follow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Follow a run that somebody else started, to its end.",
        discussion: "Prints the scorecard at the end. Ctrl-C leaves; the run goes on.")

    @Argument(help: "The run; the open one if there is just one.", transform: readName)
    var run: RunID?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let run = if let run { run } else { try await options.onlyOpenRun() }
        // A run that was never seen is not lost sight of.
        let look = ControlRequest.events(run, after: 0, waitMilliseconds: 0)
        _ = try await options.client.ask(look, for: TimelineTail.self)
        try options.conclude(try await RunWatch(run, options, nil).watch())
    }
}

extension GlobalOptions {
    /// Prints what a run came to; the exit status is that of the run.
    fileprivate func conclude(_ timeline: Timeline) throws {
        guard let card = Scorecard(timeline) else {
            throw CommandFailure(.leaked, "the run ended without being closed")
        }
        if json {
            try output.write(json: RunRecordJSON(timeline, card))
        } else {
            output.write("\n")
            try show(card, timeline)
        }
        try card.throwUnlessGood()
    }

    /// How a run is followed: nothing but the result for programs.
    var progress: ProgressScreen {
        if json { return ProgressScreen(output, style: .silent) }
        let onTerminal = output.isTerminal && Self.variable("TERM") != "dumb"
        return ProgressScreen(
            output, style: onTerminal ? .terminal(Colour(self)) : .lines)
    }
}
