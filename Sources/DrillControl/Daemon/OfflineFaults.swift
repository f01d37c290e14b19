import Console
import ControlAPI
import Drills
import Faults

/// The armed records when no daemon answers: whatever they name may still be in place.
struct OfflineFaults {
    let state: StateFolder
    /// Why the daemon was not asked.
    let cause: Unreachable

    /// Reads the records; exit status 1 if nobody can tell.
    func rows() throws -> [FaultRow] {
        let entries: [ArmedEntry]
        do {
            entries = try ArmedStore(reading: state).entries()
        } catch {
            throw CommandFailure(
                .failed, ["\(cause)", "\(error); name drilld's folder with --state"])
        }
        return entries.map { entry in
            FaultRow(
                fault: entry.fault, target: entry.record?.target.name ?? "unknown",
                state: entry.isLeaked ? .leaked : .owed, deadline: entry.record?.deadline.wall,
                failedAttempts: entry.history.failures, detail: "drilld does not answer")
        }
    }
}

extension GlobalOptions {
    /// What is armed by the files alone, said on standard error.
    func offlineFaults(_ cause: Unreachable) throws -> [FaultRow] {
        let rows = try OfflineFaults(state: stateFolder, cause: cause).rows()
        output.complain(["\(cause)", "this is what \(stateFolder.path) says"])
        return rows
    }
}
