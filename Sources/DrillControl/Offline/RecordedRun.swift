import ControlAPI
import Drills
import Ledger

extension GlobalOptions {
    /// Everything recorded of a run; nil if there is no such run.
    ///
    /// Read from the ledger; the daemon is asked only where the ledger's own folder is closed to
    /// whoever asks and no other was named.
    func timelineIfAny(of run: RunID) async throws -> Timeline? {
        do {
            let timeline = try await ledger().timeline(of: run)
            return timeline.entries.isEmpty ? nil : timeline
        } catch LedgerError.cannotOpen where namedState == nil {
            return try await askedTimeline(of: run)
        } catch LedgerError.missing where namedState == nil {
            return try await askedTimeline(of: run)
        }
    }

    /// Everything recorded of a run.
    func timeline(of run: RunID) async throws -> Timeline {
        guard let timeline = try await timelineIfAny(of: run) else {
            throw CommandFailure(
                .usage, "there is no run '\(run)'; 'drillctl list --runs' shows them")
        }
        return timeline
    }

    private func askedTimeline(of run: RunID) async throws -> Timeline? {
        do {
            return try await client.ask(.run(run), for: RunDetail.self).timeline
        } catch let refusal as Refusal where refusal.status == .notFound {
            return nil
        }
    }
}
