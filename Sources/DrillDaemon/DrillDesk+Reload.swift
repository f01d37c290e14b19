import Drills
import Faults
import Ledger
import Systemd
import UnitFiles

/// Taking over a changed calendar, and keeping the old one if the new one has errors.
extension DrillDesk {
    /// Reads the files again; the problems if the new calendar was not taken over.
    func reload() async -> [Problem] {
        let (loaded, problems) = CalendarSource(configuration).load()
        for problem in problems {
            journal.write(
                "\(problem)", priority: problem.severity == .error ? .error : .warning,
                fields: [.problem: "\(problem)"])
        }
        guard let loaded else {
            let errors = problems.filter { $0.severity == .error }
            reloadProblems = errors.map(\.description)
            let first = errors.first?.description ?? ""
            await record(
                .reloadRefused(problems: errors.count, first: first), priority: .error,
                catalog: .reloadKeptOldCalendar)
            return errors
        }
        calendar = loaded
        agenda.reload(loaded, at: MachineClock.now().wall)
        reloadProblems = []
        await record(.reloaded(drills: loaded.drills.count), catalog: .reloaded)
        await changes.ring()
        return []
    }
}
