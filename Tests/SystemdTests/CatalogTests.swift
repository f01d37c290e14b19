import Foundation
import Systemd
import Testing

@Suite("The message catalog")
struct CatalogTests {
    @Test("is the file in units/, page by page")
    func matchesInstalledFile() throws {
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "../../units/drilld.catalog").standardized
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try CatalogMessage.catalogFile.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(file.lastPathComponent); read it as a diff")
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == CatalogMessage.catalogFile)
    }

    @Test("gives each message an id of its own", arguments: CatalogMessage.allCases)
    func identifiers(message: CatalogMessage) {
        #expect(message.id.count == 32)
        #expect(message.id.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(CatalogMessage.allCases.filter { $0.id == message.id } == [message])
    }

    @Test("speaks only of fields that entries have", arguments: CatalogMessage.allCases)
    func fields(message: CatalogMessage) {
        let words = (message.subject + " " + message.text).split(separator: "@")
        let named = words.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
        #expect(named.allSatisfy { Journal.Field(rawValue: $0) != nil }, "\(named)")
    }

    @Test("keeps its headings on one line", arguments: CatalogMessage.allCases)
    func headings(message: CatalogMessage) {
        #expect(!message.subject.isEmpty && !message.subject.contains("\n"))
        #expect(!message.text.isEmpty)
    }
}
