import Drills
import Scoring

extension Kind {
    /// The durations that a trend of this kind may follow, the best first.
    ///
    /// A rollback is judged by when users are well again, which only the injection and the probes
    /// decide; where no fault was injected there is no such time, and the command's own delay is
    /// next best. A replay is judged by its answer, a storm of pages by its whole course.
    package var headlineMetrics: [Metric] {
        switch self {
        case .rollback: [.timeToMitigate, .timeToRollback]
        case .replay: [.timeToReplayResult]
        case .pageStorm: [.timeToResolve]
        }
    }

    /// The name in headings.
    var title: String {
        switch self {
        case .rollback: "Rollback"
        case .replay: "Replay"
        case .pageStorm: "Page storm"
        }
    }
}
