/// A run that is not closed yet.
package struct OpenRun: Hashable, Sendable {
    package let run: RunID
    package let target: TargetName

    /// A run on its target.
    package init(run: RunID, target: TargetName) {
        self.run = run
        self.target = target
    }
}

extension Drill {
    /// Why the drill may not start beside these runs; nil when it may.
    ///
    /// The second drill on a target is refused and not queued: it would start at a time that nobody
    /// planned, with people who are busy with the first.
    package func refusal(beside openRuns: [OpenRun]) -> String? {
        openRuns.first { $0.target == target }.map {
            "target '\(target)' is busy with run '\($0.run)'; two drills never overlap on one target"
        }
    }
}
