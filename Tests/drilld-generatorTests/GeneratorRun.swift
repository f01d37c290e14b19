import Foundation
import Testing

/// One run of the built program over folders of its own.
final class GeneratorRun {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    private(set) var errors = ""
    private(set) var status: Int32 = -1

    /// Lays out calendars, by the names of their files, beside the sample people and scenario.
    init(calendars: [String: String]) throws {
        for name in ["etc/calendars", "etc/scenarios", "normal"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try copy("people.calendar", to: "etc/calendars")
        try copy("storm.scenario", to: "etc/scenarios")
        for (name, text) in calendars {
            let file = folder.appending(path: "etc/calendars/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
    }

    deinit {
        // What stays behind in the temporary folder does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs the program as PID 1 does.
    func run(arguments: [String]? = nil) throws -> Self {
        let program = Bundle.module.bundleURL.deletingLastPathComponent()
            .appending(path: "drilld-generator")
        let process = Process()
        process.executableURL = program
        let output = folder.appending(path: "normal").path
        process.arguments = arguments ?? [output, output, output]
        process.environment = ["DRILLD_UNIT_PATH": folder.appending(path: "etc").path]
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        errors = String(decoding: data, as: UTF8.self)
        status = process.terminationStatus
        return self
    }

    /// The names of the generated units, sorted.
    var units: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "normal").path
            )
            .filter { $0.hasSuffix(".timer") }.sorted()
        }
    }

    /// The text of a generated unit, with the folder of this run named ETC.
    func unit(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: "normal/\(name)"), encoding: .utf8)
            .replacingOccurrences(of: folder.appending(path: "etc").path, with: "ETC")
    }

    /// The values of `OnCalendar=` in a generated unit.
    func times(_ name: String) throws -> [String] {
        let key = "OnCalendar="
        return try unit(name).split(separator: "\n").filter { $0.hasPrefix(key) }
            .map { String($0.dropFirst(key.count)) }
    }

    private func copy(_ name: String, to place: String) throws {
        let source = try #require(
            Bundle.module.url(forResource: "Data/\(name)", withExtension: nil))
        try FileManager.default.copyItem(
            at: source, to: folder.appending(path: "\(place)/\(name)"))
    }
}

/// A `[Drill]` section for the sample people, target and scenario.
func drillSection(_ name: String, _ schedule: String...) -> String {
    """
    [Drill \(name)]
    \(schedule.joined(separator: "\n"))
    Kind=rollback
    Tier=service
    Scenario=storm
    Target=shop
    Commander=lead-1
    OnCall=primary:sre-1 secondary:sre-2

    """
}
