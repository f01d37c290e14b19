import CalendarTime
import Crypto
import DrillControl
import Drills
import Foundation
import Testing

@Suite("Evidence of a person", .timeLimit(.minutes(1)))
final class EvidenceTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "evidence-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        // What stays behind in the temporary folder does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    private func hash(_ data: Data) -> String {
        SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
    }

    private func keep(_ data: Data) throws -> EvidenceItem {
        let file = folder.appending(path: "file")
        try data.write(to: file)
        let item = try EvidenceSource.file(file.path).item(titled: "t", within: .minutes(1))
        #expect(item.source == .file(path: file.path))
        return item
    }

    @Test("keeps what a command printed, how it ended, how long it took, and the hash")
    func keepsOutcome() throws {
        let line = "echo out; echo err >&2; exit 3"
        let item = try EvidenceSource.command(line).item(titled: "both", within: .minutes(1))
        guard case .command(line, exitStatus: 3, let microseconds) = item.source else {
            Issue.record("\(item.source)")
            return
        }
        #expect(item.title == "both" && item.content == "out\nerr\n" && item.bytes == 8)
        #expect(item.hash == hash(Data("out\nerr\n".utf8)))
        #expect((1...60_000_000).contains(microseconds))
    }

    @Test("says of a command that was killed which signal did it")
    func namesTheSignal() throws {
        let line = "kill -KILL $$"
        let item = try EvidenceSource.command(line).item(titled: "t", within: .minutes(1))
        guard case .command(_, exitStatus: 137, _) = item.source else {
            Issue.record("\(item.source)")
            return
        }
    }

    @Test(
        "ends a command that takes too long, with all its children",
        arguments: [
            "sleep 60", "sleep 60 & sleep 60; wait", "exec >&- 2>&-; sleep 60", "yes",
        ])
    func endsTheGroup(line: String) throws {
        let pids = folder.appending(path: "pids").path
        let whole = "echo $$ >\(pids); \(line)"
        let failure = #expect(throws: CommandFailure.self) {
            try EvidenceSource.command(whole).item(titled: "t", within: .milliseconds(100))
        }
        #expect(
            failure
                == CommandFailure(
                    .failed,
                    "'\(whole)' took longer than 100ms and was ended; give it more with --timeout"))
        let leader = try #require(
            Int32(
                String(contentsOfFile: pids, encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)))
        let end = Date().addingTimeInterval(10)
        while kill(-leader, 0) == 0, Date() < end {}
        #expect(kill(-leader, 0) == -1 && errno == ESRCH)
    }

    @Test(
        "cuts long content between two characters, and hashes all of it",
        arguments: [
            (0, "a"), (-1, "ä"), (-1, "€"), (-2, "€"), (-3, "🙂"), (-1, "🙂"),
        ])
    func cutsBetweenCharacters(offset: Int, character: String) throws {
        let start = String(repeating: "x", count: EvidenceItem.maximumContent + offset)
        let data = Data((start + character + "more").utf8)
        let item = try keep(data)
        #expect(item.content == start)
        #expect(item.bytes == Int64(data.count) && item.hash == hash(data))
    }

    @Test("keeps content that just fits, and replaces what is no text without growing")
    func keepsWhatFits() throws {
        let fits = String(repeating: "x", count: EvidenceItem.maximumContent - 3) + "€"
        #expect(try keep(Data(fits.utf8)).content == fits)
        let noise = try keep(Data(repeating: 0xFF, count: EvidenceItem.maximumContent))
        #expect(noise.content.utf8.count <= EvidenceItem.maximumContent)
        #expect(noise.content.allSatisfy { $0 == "\u{FFFD}" } && noise.bytes == 49_152)
        #expect(try keep(Data()).content == "")
    }

    @Test("keeps no more than a request can carry, however it is escaped")
    func keepsWhatCanTravel() throws {
        let zeros = try keep(Data(count: EvidenceItem.maximumContent))
        #expect(zeros.content.utf8.count == 56 * 1024 / 6 && zeros.bytes == 49_152)
        let lines = try keep(Data(repeating: 10, count: EvidenceItem.maximumContent))
        #expect(lines.content.utf8.count == 28 * 1024)
    }

    @Test("of an address is the address alone")
    func keepsAddresses() throws {
        let url = "https://graphs.example/1"
        let item = try EvidenceSource.address(url).item(titled: "graph", within: .minutes(1))
        #expect(item.source == .address(url: url) && item.content == "" && item.bytes == 0)
        #expect(item.hash == hash(Data(url.utf8)))
    }

    @Test("that was printed and not taken is kept in a file that nobody else can read")
    func keepsWhatWasNotTaken() throws {
        let item = try EvidenceSource.command("printf 'lag 2s'").item(
            titled: "t", within: .minutes(1))
        let failure = KeptOutput(item).failure(
            after: CommandFailure(.refused, "the run is closed"), in: folder.path)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let path = "\(folder.path)/\(try #require(names.first))"
        #expect(
            failure
                == CommandFailure(
                    .refused,
                    [
                        "the run is closed",
                        "the output of the command is kept in \(path); "
                            + "add it with 'drillctl evidence add \(path)'",
                    ]))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "lag 2s")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let nowhere = KeptOutput(item).failure(
            after: CommandFailure(.failed, "lost"), in: folder.path + "/none")
        #expect(
            nowhere.reasons == [
                "lost", "the output of the command could not be kept in '\(folder.path)/none'",
            ])
    }

    @Test("that cannot be read is refused with the reason")
    func refusesFiles() throws {
        let long = folder.appending(path: "long").path
        #expect(FileManager.default.createFile(atPath: long, contents: nil))
        #expect(truncate(long, EvidenceSource.longestFile + 1) == 0)
        let pipe = folder.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        let refusals = [
            "\(folder.path)/none":
                "cannot read '\(folder.path)/none' (No such file or directory); "
                + "name a file that you may read",
            folder.path: "'\(folder.path)' is no regular file; name one, or print it with --run",
            pipe: "'\(pipe)' is no regular file; name one, or print it with --run",
            long: "'\(long)' is longer than 64 MiB; put it where it can stay and add its address",
        ]
        for (path, refusal) in refusals {
            #expect(throws: CommandFailure(.usage, refusal)) {
                try EvidenceSource.file(path).item(titled: "t", within: .minutes(1))
            }
        }
    }
}
