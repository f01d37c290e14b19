import ControlAPI
import Drills
import Faults
import IncidentCommand

extension GlobalOptions {
    /// Refuses before a command is run what the daemon would refuse once it was.
    ///
    /// - Throws: ``CommandFailure`` if the run is not open or the person may not add evidence to it now.
    func ensureEvidence(
        titled title: String, isTakenIn run: RunID, from person: PersonName
    ) async throws {
        let open = try await client.ask(.status, for: DaemonStatus.self).openRuns
        guard open.contains(where: { $0.run == run }) else {
            throw CommandFailure(
                .usage, "run '\(run)' is not open; 'drillctl status' shows the open ones")
        }
        let timeline = try await client.ask(.run(run), for: RunDetail.self).timeline
        let empty = EvidenceItem(
            title: title, source: .command(line: title, exitStatus: 0, microseconds: 0),
            content: "", bytes: 0, hash: String(repeating: "0", count: 64))
        let reason = IncidentBoard(timeline)?.refusal(
            of: .addEvidence(empty), by: person, at: MachineClock.now())
        if let reason { throw CommandFailure(.refused, reason) }
    }
}
