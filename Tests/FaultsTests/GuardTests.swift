import Drills
import Faults
import Foundation
import Testing

@Suite("A hook guard")
struct HookGuardTests {
    private let scratch: Scratch
    private var folder: String { "\(scratch.path)/scenarios" }

    init() throws {
        scratch = try Scratch()
    }

    private func problems(_ hook: String) -> [String] {
        scratch.hookGuard.problems(with: HookCommand(hook: hook))
            .map { $0.replacing(scratch.path, with: "") }
    }

    private func setMode(_ mode: Int, of file: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: "\(folder)/\(file)")
    }

    @Test("admits a script and says where it lies and what it holds")
    func admits() throws {
        let hook = try scratch.hook("good", "exit 0")
        let admitted = try scratch.hookGuard.admit(hook)
        #expect(admitted.path == "\(folder)/hooks/good")
        #expect(admitted.hash == Hexadecimal.sha256(of: "#!/bin/sh\nexit 0\n".utf8))
        #expect(problems("hooks/good") == [])
    }

    @Test("admits a program without an interpreter line")
    func admitsPrograms() throws {
        let program = try Data(contentsOf: URL(filePath: "/bin/true"))
        try program.write(to: URL(filePath: "\(folder)/hooks/true"))
        try setMode(0o755, of: "hooks/true")
        #expect(problems("hooks/true") == [])
    }

    @Test(
        "refuses names that lie elsewhere",
        arguments: [
            "good", "/bin/sh", "hooks/../x", "hooks//x", "hooks/", "../hooks/x", "hooks/./x", "",
        ])
    func refusesOutsideNames(hook: String) {
        #expect(
            problems(hook) == [
                "'\(hook)' is outside the hooks folder; put the file there and write hooks/NAME"
            ])
    }

    @Test("refuses a link that leads nowhere", arguments: ["loop", "gone"])
    func refusesDeadLinks(destination: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/hooks/loop", withDestinationPath: destination)
        #expect(
            problems("hooks/loop") == [
                "/scenarios/hooks/loop is a link that leads to no file; put the hook itself there"
            ])
    }

    @Test("takes nothing for missing that it cannot look at")
    func refusesUnreadable() {
        let name = String(repeating: "a", count: 300)
        #expect(
            problems("hooks/\(name)") == [
                "/scenarios/hooks/\(name) cannot be read: File name too long"
            ])
    }

    @Test("refuses what is missing")
    func refusesMissing() {
        #expect(
            problems("hooks/none") == [
                "there is no 'hooks/none' in /scenarios; create the file or correct the name"
            ])
    }

    @Test("refuses a link out of the folder, but not one within")
    func refusesLinksOut() throws {
        try scratch.hook("good", "exit 0")
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: "\(folder)/hooks/out", withDestinationPath: "/bin/sh")
        try files.createSymbolicLink(
            atPath: "\(folder)/hooks/in", withDestinationPath: "good")
        let shell = URL(filePath: "/bin/sh").resolvingSymlinksInPath().path()
        #expect(
            problems("hooks/out") == [
                "/scenarios/hooks/out leads to \(shell), out of /scenarios/hooks; "
                    + "put the file itself into the hooks folder"
            ])
        #expect(problems("hooks/in") == [])
    }

    @Test("refuses a folder")
    func refusesFolders() throws {
        try FileManager.default.createDirectory(
            atPath: "\(folder)/hooks/d", withIntermediateDirectories: false)
        #expect(
            problems("hooks/d") == [
                "/scenarios/hooks/d is no regular file; a hook is a script or a program"
            ])
    }

    @Test("refuses a file that is not executable and one that others can write, both at once")
    func refusesModes() throws {
        try scratch.hook("it", "exit 0")
        try setMode(0o666, of: "hooks/it")
        #expect(
            problems("hooks/it") == [
                "/scenarios/hooks/it is not executable; run 'chmod 755 /scenarios/hooks/it'",
                "/scenarios/hooks/it can be written by others (mode 666); "
                    + "run 'chmod go-w /scenarios/hooks/it'",
            ])
    }

    @Test("refuses a folder that others can write, up to the hooks folder")
    func refusesOpenFolders() throws {
        try scratch.hook("it", "exit 0")
        try setMode(0o777, of: "hooks")
        #expect(
            problems("hooks/it") == [
                "/scenarios/hooks can be written by others (mode 777); "
                    + "run 'chmod go-w /scenarios/hooks'"
            ])
    }

    @Test("refuses a script without an interpreter, or with one that is not there")
    func refusesInterpreters() throws {
        try scratch.write("echo hello\n", to: "scenarios/hooks/none")
        try scratch.write("", to: "scenarios/hooks/empty")
        try scratch.write("#!/no/such/shell -e\n", to: "scenarios/hooks/lost")
        try scratch.write("#! \n", to: "scenarios/hooks/blank")
        for name in ["none", "empty", "lost", "blank"] { try setMode(0o755, of: "hooks/\(name)") }
        #expect(
            ["none", "empty", "lost", "blank"].flatMap { problems("hooks/\($0)") } == [
                "/scenarios/hooks/none has no interpreter line; begin it with #!/bin/sh",
                "/scenarios/hooks/empty is empty; "
                    + "begin it with an interpreter line such as #!/bin/sh",
                "/scenarios/hooks/lost asks for the interpreter '/no/such/shell', which does not "
                    + "exist or cannot be executed; install it or correct the first line",
                "/scenarios/hooks/blank asks for the interpreter '', which does not exist or cannot "
                    + "be executed; install it or correct the first line",
            ])
    }

    @Test(
        "looks for what env is asked for, where a hook would find it",
        arguments: [
            ("#!/usr/bin/env sh", nil), ("#!/usr/bin/env -S sh -eu", nil),
            ("#!/usr/bin/env LANG=C sh", nil), ("#!/usr/bin/env no-such-shell", "no-such-shell"),
            ("#!/usr/bin/env -S /no/such/shell -e", "/no/such/shell"),
        ] as [(String, String?)])
    func looksBehindEnv(line: String, missing: String?) throws {
        try scratch.hook("it", "")
        try scratch.write("\(line)\n", to: "scenarios/hooks/it")
        let refusal: String? = missing.map {
            "/scenarios/hooks/it asks for the interpreter '\($0)', which does not exist or cannot be "
                + "executed; install it or correct the first line"
        }
        #expect(problems("hooks/it") == [refusal].compactMap(\.self))
    }

    @Test("refuses a file of somebody else")
    func refusesOwners() {
        let facts = HookFacts(
            path: "/s/hooks/it", resolved: "/s/hooks/it", root: "/s/hooks",
            places: [
                .init(path: "/s/hooks/it", user: 1001, mode: 0o100755),
                .init(path: "/s/hooks", user: 0, mode: 0o040755),
            ], head: Array("#!/bin/sh\n".utf8))
        let hookGuard = HookGuard(folders: ["/s"], owners: [0, 990])
        #expect(
            hookGuard.refusals(of: facts).map(\.description) == [
                "/s/hooks/it belongs to user 1001; run 'chown 0 /s/hooks/it'"
            ])
    }

    @Test("takes the hook of the folder that overrides the others")
    func prefersTheFirstFolder() throws {
        try scratch.hook("it", "exit 0")
        try FileManager.default.createDirectory(
            atPath: "\(scratch.path)/admin/hooks", withIntermediateDirectories: true)
        let hookGuard = HookGuard(folders: ["\(scratch.path)/admin", folder])
        #expect(try hookGuard.admit(HookCommand(hook: "hooks/it")).folder == folder)
    }
}

@Suite("A blast radius")
struct BlastRadiusTests {
    @Test(
        "covers what the target allows",
        arguments: [
            ("unit:shop-*.service", "unit:shop-web.service"),
            ("unit:shop-*.service", "unit:shop-*.service"),
            ("unit:shop-?.service", "unit:shop-1.service"),
            ("unit:shop-[a-c].service", "unit:shop-b.service"),
            ("unit:*a*b*c*", "unit:xaxbxc"),
            ("port:tcp/8080", "port:tcp/8080"),
            ("path:/srv/shop", "path:/srv/shop"),
            ("path:/srv/shop", "path:/srv/shop/releases/1"),
            ("path:/srv/shop/", "path:/srv//shop/./x"),
        ])
    func covers(allowed: String, touched: String) throws {
        #expect(BlastRadius.covers(try resource(allowed), try resource(touched)))
    }

    @Test(
        "covers nothing else",
        arguments: [
            ("unit:shop-*.service", "unit:shop.service"),
            ("unit:shop-*.service", "unit:shop-web.socket"),
            ("unit:shop-*.service", "unit:*"),
            ("unit:shop-web.service", "unit:shop-*.service"),
            ("unit:shop-[!a].service", "unit:shop-a.service"),
            ("port:tcp/8080", "port:udp/8080"),
            ("port:tcp/80", "port:tcp/8080"),
            ("path:/srv/shop", "path:/srv/shopping"),
            ("path:/srv/shop", "path:/srv"),
            ("path:/srv/shop", "path:/srv/shop/../other"),
            ("path:/srv/shop", "path:srv/shop"),
            ("path:/srv/shop", "unit:/srv/shop"),
        ])
    func leavesOut(allowed: String, touched: String) throws {
        #expect(!BlastRadius.covers(try resource(allowed), try resource(touched)))
    }

    @Test("stays quick on a glob of many stars")
    func isBounded() {
        let glob = Resource(scheme: .unit, pattern: String(repeating: "a*", count: 40) + "b")
        let name = Resource(scheme: .unit, pattern: String(repeating: "a", count: 4000))
        #expect(!BlastRadius.covers(glob, name))
    }

    private func resource(_ text: String) throws -> Resource {
        let parts = text.split(separator: ":", maxSplits: 1)
        let scheme = try #require(Resource.Scheme(rawValue: String(parts[0])))
        return Resource(scheme: scheme, pattern: String(parts[1]))
    }
}
