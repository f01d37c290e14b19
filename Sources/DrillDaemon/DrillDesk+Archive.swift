import Drills
import Ledger
import Reports
import Scoring

/// Closed runs as plain text.
extension DrillDesk {
    /// Writes a closed run into the archive; what fails is told, and tried again at the next start.
    func archive(_ timeline: Timeline) {
        guard let card = Scorecard(timeline) else { return }
        do {
            let text = ScorecardText(card, timeline: timeline).text
            _ = try runArchive.store(
                timeline, scorecard: text, packets: PacketText.renderAll(timeline))
        } catch {
            journal.write(
                "\(card.run): the archive could not be written: \(error); the ledger has it all",
                priority: .warning, fields: [.run: card.run.text])
        }
    }

    /// Archives the runs that drilld closed in its last life without coming so far: it died, or there was no room.
    func archiveWhatIsMissing() async throws {
        for run in try await ledger.reader.runsClosedSinceStart() where !runArchive.has(run) {
            archive(try await ledger.reader.timeline(of: run.run))
        }
    }

    private var runArchive: RunArchive { RunArchive(folder: configuration.archive) }
}
