import CalendarTime
import Drills
import Foundation
import Testing
import UnitFiles

@Suite("Folders of calendars and scenarios")
struct FolderTests {
    private let root = FileManager.default.temporaryDirectory
        .appendingPathComponent("drills-\(ProcessInfo.processInfo.processIdentifier)-\(UUID())")

    @Test("obey precedence, drop-ins and masks, end to end")
    func precedence() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try writeBase(to: "usr")
        try write("usr/calendars/extra.calendar", "[Person spare]\n")
        try link("etc/calendars/extra.calendar", to: "/dev/null")
        try write(
            "etc/calendars/base.calendar.d/50-longer.conf", "[Drill rollback]\nDurationSec=2h\n")
        try write(
            "run/calendars/base.calendar.d/60-people.conf",
            "[Drill rollback]\nCommander=\nCommander=lead-2\n")
        try write(
            "run/calendars/base.calendar.d/50-longer.conf", "[Drill rollback]\nDurationSec=3h\n")
        let result = load()
        #expect(result.problems.map(\.description) == [])
        let calendar = try #require(result.calendar)
        let drill = try #require(calendar.drill(named: "rollback"))
        #expect(drill.duration == .minutes(120))
        #expect(drill.commanders == ["lead-2"])
        #expect(calendar.people["spare"] == nil)
    }

    @Test("tell the place of a mistake in a drop-in, and give no calendar")
    func mistakeInDropIn() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try writeBase(to: "usr")
        try write("etc/scenarios/slow.scenario.d/x.conf", "[Fault latency]\nHook=hooks/../x\n")
        let result = load()
        #expect(result.calendar == nil)
        #expect(
            result.problems.map { $0.description.replacing(root.path, with: "") } == [
                "/etc/scenarios/slow.scenario.d/x.conf:2:6: Hook= names 'hooks/../x', which is not "
                    + "below the scenarios folder; write a path relative to that folder, such as "
                    + "hooks/NAME"
            ])
    }

    @Test("ask the caller about each hook where it is named")
    func asksAboutHooks() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try writeBase(to: "usr")
        let result = load { hook, position in
            hook.hook == "hooks/page" ? [Problem("\(hook) is missing", at: position)] : []
        }
        #expect(result.calendar == nil)
        #expect(
            result.problems.map { $0.description.replacing(root.path, with: "") } == [
                "/usr/calendars/base.calendar:16:9: hooks/page is missing"
            ])
    }

    private func load(
        checkHook: (HookCommand, SourcePosition) -> [Problem] = { _, _ in [] }
    ) -> (calendar: DrillCalendar?, problems: [Problem]) {
        let folders = ["usr", "run", "etc"].map { root.appendingPathComponent($0).path }
        return DrillCalendar.load(
            from: UnitFolders(folders), zones: Fixture.zones, specifiers: Fixture.specifiers,
            at: november, checkHook: checkHook)
    }

    private func writeBase(to folder: String) throws {
        let fixture = Fixture()
        for (name, text) in fixture.calendars { try write("\(folder)/calendars/\(name)", text) }
        for (name, text) in fixture.scenarios { try write("\(folder)/scenarios/\(name)", text) }
    }

    private func write(_ path: String, _ text: String) throws {
        try Data(text.utf8).write(to: try place(path))
    }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: try place(path).path, withDestinationPath: target)
    }

    private func place(_ path: String) throws -> URL {
        let url = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        return url
    }
}
