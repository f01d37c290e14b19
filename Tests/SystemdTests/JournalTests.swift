import Foundation
import Systemd
import Testing

@Suite("The log without a journal")
struct JournalTests {
    @Test(
        "is one line an entry, whatever the values hold",
        arguments: [
            ("plain", .info, [:], "<6>plain\n"),
            ("two\nlines", .error, [:], "<3>two\\nlines\n"),
            ("bell\u{7} nul\u{0}", .critical, [:], "<2>bell? nul?\n"),
            (
                "fault in place", .notice, [.run: "r-1", .fault: "f\n2", .name: "night"],
                "<5>fault in place DRILL_FAULT=f\\n2 DRILL_NAME=night DRILL_RUN=r-1\n"
            ),
            ("naïve — ünïcode", .debug, [:], "<7>naïve — ünïcode\n"),
        ] as [(String, Journal.Priority, [Journal.Field: String], String)])
    func lines(
        message: String, priority: Journal.Priority, fields: [Journal.Field: String], line: String
    ) throws {
        let pipe = Pipe()
        let journal = Journal(
            identifier: "drilld", linesTo: pipe.fileHandleForWriting.fileDescriptor)
        journal.write(message, priority: priority, catalog: .ready, fields: fields)
        try pipe.fileHandleForWriting.close()
        let written = try pipe.fileHandleForReading.readToEnd() ?? Data()
        #expect(String(decoding: written, as: UTF8.self) == line)
    }

    @Test("orders priorities by how much they matter")
    func priorities() {
        #expect(Journal.Priority.critical < .error)
        #expect(Journal.Priority.notice < .debug)
    }
}
