import CalendarTime
import Drills
import Foundation
import Ledger
import Samples
import Testing

@Suite("The archive of a run")
struct ArchiveTests {
    /// A small run that was interrupted by a reboot.
    private static let timeline = Timeline(
        entries: [
            (0, .opened(plan: .cycle(3, of: "storm"))),
            (200_000, .phaseEntered(phase: .inject)),
            (1_500_000, .probeFinished(probe: "front", stage: .before, report: output("ok\n"))),
            (
                2_500_000,
                .injectFinished(fault: "latency", outcome: .injected, report: output("ok\n"))
            ),
            (9_000_000, .interrupted(reason: "the machine\nwas restarted")),
            (70_000_000, .closed(outcome: .leaked(faults: ["latency"]))),
        ].map { (microseconds: Int64, event: RunEvent) in
            Timeline.Entry(
                at: moment(microseconds),
                bootID: microseconds < 5_000_000 ? bootID : "another boot", event: event)
        })

    private static func output(_ text: String) -> HookReport {
        HookReport(
            ending: .exited(status: 0), microseconds: 12_345, output: text,
            outputBytes: Int64(text.utf8.count),
            outputHash: "dc51b8c96c2d745df3bd5590d990230a482fd247123599548e0632fdbf97fc22")
    }

    @Test("holds what people read, and evidence that sha256sum can check")
    func golden() throws {
        let folder = try TemporaryFolder()
        let archive = RunArchive(folder: folder.path)
        let path = try archive.store(Self.timeline, scorecard: "score 5 of 5\n")
        #expect(path == "\(folder.path)/2027/Q1/storm-3")
        var text = ""
        for name in [
            "scorecard.txt", "timeline.txt", "scenario.txt", "evidence/index.txt",
            "evidence/SHA256SUMS", "evidence/dc51b8c96c2d745d.txt",
        ] {
            let content = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
            text += "==> \(name)\n\(content)"
        }
        try expectGolden("archive.txt", text)
    }

    @Test("is the same when stored again, and takes another scorecard")
    func idempotent() throws {
        let folder = try TemporaryFolder()
        let archive = RunArchive(folder: folder.path)
        for scorecard in ["a", "a", "b"] {
            let path = try archive.store(Self.timeline, scorecard: scorecard)
            #expect(
                try String(contentsOfFile: path + "/scorecard.txt", encoding: .utf8) == scorecard)
            let quarter = "\(folder.path)/2027/Q1"
            #expect(try FileManager.default.contentsOfDirectory(atPath: quarter) == ["storm-3"])
        }
    }

    @Test("holds the packet of each checkpoint, if there was one")
    func packets() throws {
        let folder = try TemporaryFolder()
        let archive = RunArchive(folder: folder.path)
        let path = try archive.store(Self.timeline, scorecard: "", packets: ["one\n", "two\n"])
        for (number, text) in [(1, "one\n"), (2, "two\n")] {
            let file = "\(path)/packets/checkpoint-\(number).txt"
            #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
        }
        try archive.store(Self.timeline, scorecard: "")
        #expect(!FileManager.default.fileExists(atPath: path + "/packets"))
    }

    @Test(
        "shows what was typed on one line, as it reads",
        arguments: [
            ("a\u{202E}b", "a\u{FFFD}b"), ("a\u{2028}b", "a b"), ("a\u{1B}[31mb", "a [31mb"),
            ("a\nb", "a b"),
        ])
    func printable(typed: String, shown: String) {
        let entry = Timeline.Entry(at: moment(0), bootID: bootID, event: .noted(text: typed))
        #expect(TimelineText.render(Timeline(entries: [entry])).hasSuffix("note: \(shown)\n"))
    }

    @Test("needs a plan")
    func needsPlan() {
        let archive = RunArchive(folder: "/nowhere")
        #expect(throws: ArchiveError.noPlan) {
            try archive.store(Timeline(entries: []), scorecard: "")
        }
        #expect(
            ArchiveError.noPlan.description
                == "a timeline without a plan cannot be archived; give that of an opened run")
    }

    @Test("measures within one boot by boot time, across boots by wall time")
    func durations() {
        let entries = Self.timeline.entries
        let within = Self.timeline.duration(from: entries[0], to: entries[2])
        #expect(within.microseconds == 1_500_000)
        #expect(within.clock == .boot)
        let across = Self.timeline.duration(from: entries[2], to: entries[4])
        #expect(across.microseconds == 7_500_000)
        #expect(across.clock == .wall)
    }
}

/// Compares with a golden file; `RECORD_GOLDEN=1` writes it and fails.
func expectGolden(_ name: String, _ text: String) throws {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Data/\(name)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
        try Data(text.utf8).write(to: source)
        Issue.record("recorded \(name); read the difference")
    }
    let url = try #require(Bundle.module.url(forResource: "Data/\(name)", withExtension: nil))
    #expect(try String(contentsOf: url, encoding: .utf8) == text)
}
