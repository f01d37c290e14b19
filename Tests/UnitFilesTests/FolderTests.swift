import Foundation
import Glibc
import Testing
import UnitFiles

@Suite("Unit folders")
struct FolderTests {
    private let root: TemporaryFolder
    private let folders: UnitFolders

    init() throws {
        root = try TemporaryFolder()
        folders = UnitFolders(["lib", "run", "etc"].map { [root] in "\(root.path)/\($0)" })
    }

    /// The files as text by name, and the problems with paths below the root.
    private func read() -> (files: [String: String], problems: [String]) {
        var problems: [Problem] = []
        let files = folders.files(in: "calendars", suffix: "calendar", into: &problems)
        #expect(files.map(\.name) == files.map(\.name).sorted())
        return (
            Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) }),
            problems.map { $0.description.replacingOccurrences(of: root.path + "/", with: "") }
        )
    }

    @Test("that do not exist hold nothing")
    func mayBeMissing() {
        #expect(read().files.isEmpty)
        #expect(read().problems == [])
    }

    @Test("hide files of the same name by precedence")
    func haveAPrecedence() throws {
        for (folder, names) in [("lib", "abc"), ("run", "ab"), ("etc", "a")] {
            for name in names {
                try root.write("[S]\nIn=\(folder)\n", to: "\(folder)/calendars/\(name).calendar")
            }
        }
        #expect(
            read().files == [
                "a.calendar": "[S]\nIn=etc\n", "b.calendar": "[S]\nIn=run\n",
                "c.calendar": "[S]\nIn=lib\n",
            ])
    }

    @Test("mask files by a link to /dev/null or an empty file")
    func mask() throws {
        try root.write("[S]\n", to: "lib/calendars/a.calendar")
        try root.write("[S]\n", to: "lib/calendars/b.calendar")
        try root.link("etc/calendars/a.calendar", to: "/dev/null")
        try root.write("", to: "run/calendars/b.calendar")
        try root.write("[S]\nA=1\n", to: "etc/calendars/a.calendar.d/x.conf")
        #expect(read().files.isEmpty)
        #expect(read().problems == [])
    }

    @Test("lay drop-ins over a file in the order of their names")
    func layDropIns() throws {
        try root.write("[S]\nA=0\n", to: "run/calendars/a.calendar")
        try root.write("[S]\nA=3\n", to: "lib/calendars/a.calendar.d/30.conf")
        try root.write("[S]\nA=never\n", to: "lib/calendars/a.calendar.d/10.conf")
        try root.write("[S]\nA=1\n", to: "etc/calendars/a.calendar.d/10.conf")
        try root.write("[S]\nA=2\n[T]\n", to: "run/calendars/a.calendar.d/20.conf")
        try root.write("[S]\nA=never\n", to: "lib/calendars/a.calendar.d/40.conf")
        try root.link("etc/calendars/a.calendar.d/40.conf", to: "/dev/null")
        try root.write("[S]\nA=never\n", to: "etc/calendars/a.calendar.d/notes.txt")
        #expect(read().files == ["a.calendar": "[S]\nA=0\nA=1\nA=2\nA=3\n\n[T]\n"])
        #expect(read().problems == [])
    }

    @Test("follow links to files")
    func followLinks() throws {
        try root.write("[S]\n", to: "elsewhere/x")
        try root.link("etc/calendars/a.calendar", to: "../../elsewhere/x")
        #expect(read().files == ["a.calendar": "[S]\n"])
    }

    @Test("report links that lead in a circle, to nothing or back")
    func reportCircles() throws {
        try root.link("etc/calendars/a.calendar", to: "b.calendar")
        try root.link("etc/calendars/b.calendar", to: "a.calendar")
        try root.link("etc/calendars/c.calendar", to: "nothing")
        try root.write("[S]\n", to: "etc/calendars/d.calendar")
        try root.link("etc/calendars/d.calendar.d", to: ".")
        try root.write("[S]\n", to: "etc/calendars/e.calendar")
        try root.link("etc/calendars/e.calendar.d/me.conf", to: "../e.calendar")
        try root.write("[S]\n", to: "etc/calendars/f.calendar")
        try root.link("etc/calendars/f.calendar.d", to: "f.calendar.d")
        try root.link("etc/calendars/g.calendar", to: "f.calendar")
        let (files, problems) = read()
        #expect(files.keys.sorted() == ["d.calendar", "e.calendar", "f.calendar"])
        #expect(
            problems == [
                "etc/calendars/a.calendar:1:1: its links lead round in a circle; "
                    + "let the link lead to a file",
                "etc/calendars/b.calendar:1:1: its links lead round in a circle; "
                    + "let the link lead to a file",
                "etc/calendars/c.calendar:1:1: this leads to no file; "
                    + "create the file, or remove the link",
                "etc/calendars/d.calendar.d:1:1: this drop-in folder leads back to "
                    + "'etc/calendars'; remove the link",
                "etc/calendars/e.calendar.d/me.conf:1:1: this is the same file as "
                    + "'etc/calendars/e.calendar', which is already read; remove one of the two links",
                "etc/calendars/f.calendar.d:1:1: its links lead round in a circle; "
                    + "let the link lead to a file",
                "etc/calendars/g.calendar:1:1: this is the same file as "
                    + "'etc/calendars/f.calendar', which is already read; remove one of the two links",
            ])
    }

    @Test("never wait for what is not a file", .timeLimit(.minutes(1)))
    func refuseOtherThings() throws {
        try root.write("[S]\n", to: "etc/calendars/z.calendar")
        let folder = root.path + "/etc/calendars"
        #expect(mkfifo(folder + "/a.calendar", 0o600) == 0)
        try root.link("etc/calendars/b.calendar", to: "/dev/zero")
        #expect(mkdir(folder + "/c.calendar", 0o700) == 0)
        let (files, problems) = read()
        #expect(files.keys.sorted() == ["z.calendar"])
        let remedy = "; put a regular file there, or remove it"
        #expect(
            problems == [
                "etc/calendars/a.calendar:1:1: this is a named pipe and not a file" + remedy,
                "etc/calendars/b.calendar:1:1: this is a device and not a file" + remedy,
                "etc/calendars/c.calendar:1:1: this is a folder and not a file" + remedy,
            ])
    }

    @Test("refuse a file of 100 MB without reading it")
    func refuseLargeFiles() throws {
        try root.write("[S]\n", to: "etc/calendars/a.calendar")
        #expect(truncate(root.path + "/etc/calendars/a.calendar", 100_000_000) == 0)
        #expect(
            read().problems == [
                "etc/calendars/a.calendar:1:1: the file has 100000000 bytes, "
                    + "but at most 4194304 are read; split it into several files"
            ])
    }

    @Test("warn of names that are nearly right")
    func warnOfNames() throws {
        try root.write("[S]\n", to: "etc/calendars/q1.calender")
        try root.write("[S]\n", to: "etc/calendars/README.md")
        try root.write("[S]\n", to: "etc/calendars/.hidden.calendar")
        try root.write("[S]\n", to: "etc/calendars/gone.calendar.d/x.conf")
        #expect(read().files.isEmpty)
        #expect(
            read().problems == [
                "etc/calendars/gone.calendar.d:1:1: warning: there is no 'gone.calendar' for these "
                    + "drop-ins; rename or remove the folder",
                "etc/calendars/q1.calender:1:1: warning: not read, because its name does not end "
                    + "in .calendar; rename it",
            ])
    }

    @Test("report a name that is not UTF-8 and a folder that is none")
    func reportNames() throws {
        try root.write("", to: "run/calendars")
        try root.write("[S]\n", to: "etc/calendars/a.calendar")
        let name = Array("\(root.path)/etc/calendars/".utf8CString.dropLast())
        let file = open(name + [CChar(bitPattern: 0xE9), 0], O_CREAT | O_WRONLY, 0o600)
        #expect(file >= 0)
        close(file)
        #expect(
            read().problems == [
                "run/calendars:1:1: a part of this path is no folder; "
                    + "move the file that is in the way",
                "etc/calendars/\u{FFFD}:1:1: the name of this file is not valid UTF-8; rename it",
            ])
    }

    @Test("are not needed to read one file")
    func readOneFile() throws {
        try root.write("[S]\nA=1\n", to: "my.calendar")
        try root.write("", to: "empty.calendar")
        var problems: [Problem] = []
        let file = UnitFile.read(root.path + "/my.calendar", into: &problems)
        #expect(file?.text == "[S]\nA=1\n")
        #expect(file?.name == "my.calendar")
        #expect(UnitFile.read(root.path + "/empty.calendar", into: &problems)?.sections.count == 0)
        #expect(problems == [])
        #expect(UnitFile.read(root.path, into: &problems) == nil)
        #expect(UnitFile.read(root.path + "/gone", into: &problems) == nil)
        #expect(
            problems.map(\.message) == ["this is a folder and not a file", "this leads to no file"])
    }
}

@Suite("The specifiers of this host")
struct HostSpecifierTests {
    @Test("are those that the system gives")
    func comeFromTheSystem() throws {
        let file = Parsed("[Calendar]\nTeam=x\nDescription=%H %v %t %S %E\n").file
        var problems: [Problem] = []
        let settings = sampleTable.settings(of: file, specifiers: .ofThisHost(), into: &problems)
        let host = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
        let kernel = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
        let expected = [host, kernel].map { $0.trimmingCharacters(in: .newlines) }
        #expect(
            settings.first?.string("Description", into: &problems)
                == expected.joined(separator: " ") + " /run /var/lib /etc")
        #expect(problems == [])
    }
}
