import Drills
import Foundation
import Ledger
import Samples
import Testing

@Suite("What people added to a run, in its archive")
struct PeopleFilesTests {
    private static let whole = item(
        "p95 after\nthe rollback",
        .command(line: "curl -sS shop", exitStatus: 0, microseconds: 12_345), "p95 912ms\n",
        bytes: 10, hash: "6309ec6a97e6f15cb675a7fe23623fad10e945f248e1474f457260b9d2daeffc")
    private static let cut = item(
        "log of the day", .file(path: "/var/log/shop.log"), "the whole log", bytes: 22,
        hash: "6696e9ef3b3f26ad5a47276a25bc0bbc001473533ef05af58ca3767a6fe03017")
    private static let address = item(
        "dashboard", .address(url: "https://grafana.example/d/shop"), "", bytes: 0,
        hash: "38c8a51280025bb9fd8fe7ca55bf206b6fc6f4083f0f2416dbb6b826ebb86e2b")
    private static let silent = item(
        "no errors", .command(line: "grep error", exitStatus: 1, microseconds: 999), "", bytes: 0,
        hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    /// As many bytes as were hashed, and not the same.
    private static let replaced = item(
        "binary", .file(path: "/tmp/core"), "\u{FFFD}", bytes: 3,
        hash: "62afe56c337b0c0a951b30ad49e7d2602af213190291b25e7c5d4e19dc992f00")

    private static let timeline = Timeline(
        entries: ([
            .opened(plan: .cycle(4, of: "storm", kind: .pageStorm)),
            acted(.addEvidence(whole), "sre-1"),
            acted(.sendUpdate(.internal, note: "Checkout is slow"), "sre-3"),
            acted(.addEvidence(cut), "sre-2"),
            acted(.addEvidence(address), "sre-1"),
            .actRefused(act: .addEvidence(whole), person: "sre-1", reason: "the run is closed"),
            acted(.addEvidence(silent), "sre-1"),
            acted(.addEvidence(replaced), "sre-1"),
            acted(.sendUpdate(.stakeholder, note: "All is well\n"), "sre-3"),
            .closed(outcome: .completed),
        ] as [RunEvent]).enumerated().map { second, event in
            Timeline.Entry(at: moment(Int64(second) * 1_000_000), bootID: bootID, event: event)
        })

    private static func item(
        _ title: String, _ source: EvidenceItem.Source, _ content: String, bytes: Int64,
        hash: String
    ) -> EvidenceItem {
        EvidenceItem(title: title, source: source, content: content, bytes: bytes, hash: hash)
    }

    private static func acted(_ act: ResponseAct, _ person: PersonName) -> RunEvent {
        .acted(act: act, person: person, via: "drillctl")
    }

    private func store() throws -> (folder: TemporaryFolder, evidence: String) {
        let folder = try TemporaryFolder()
        let path = try RunArchive(folder: folder.path).store(Self.timeline, scorecard: "")
        return (folder, path + "/evidence")
    }

    @Test("is numbered in the order it came, and listed with who added it and from where")
    func golden() throws {
        let (folder, evidence) = try store()
        defer { withExtendedLifetime(folder) {} }
        var text = ""
        for name in try FileManager.default.contentsOfDirectory(atPath: evidence).sorted() {
            let content = try String(contentsOfFile: "\(evidence)/\(name)", encoding: .utf8)
            text += "==> \(name)\n\(content)\n"
        }
        try expectGolden("people-files.txt", text)
    }

    @Test("has a file for all that has content: an address and a silent command have none")
    func names() throws {
        let (folder, evidence) = try store()
        defer { withExtendedLifetime(folder) {} }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: evidence).sorted() == [
                "SHA256SUMS", "added-1.txt", "added-2.txt", "added-5.txt", "index.txt",
                "update-1-internal.txt", "update-2-stakeholder.txt",
            ])
    }

    @Test("is good to sha256sum, which is asked about what was kept whole alone")
    func sums() throws {
        let (folder, evidence) = try store()
        defer { withExtendedLifetime(folder) {} }
        let check = Process()
        check.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        check.arguments = ["--check", "--strict", "SHA256SUMS"]
        check.currentDirectoryURL = URL(fileURLWithPath: evidence)
        let output = Pipe()
        check.standardOutput = output
        try check.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        check.waitUntilExit()
        #expect(check.terminationStatus == 0)
        #expect(String(bytes: said, encoding: .utf8) == "added-1.txt: OK\n")
    }
}
