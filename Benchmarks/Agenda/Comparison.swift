import Foundation

/// Several sizes, each in a process of its own, and how the figures grow.
struct Comparison {
    let sizes: [Int]

    /// The goals for 10,000 drills: milliseconds and megabytes; and how much dearer a drill may get
    /// when there are more of them.
    private static let goal = (
        drills: 10_000, milliseconds: 1_000.0, megabytes: 100.0, growth: 1.25
    )

    /// Runs all sizes and prints a table with the ratios to the size before.
    func print() throws {
        Swift.print(
            "drills  parse+verify  agenda     next due   peak RSS   time per drill, ratio   by the clock"
        )
        var before: (drills: Double, milliseconds: Double)?
        var missed: [String] = []
        for size in sizes {
            let figures = try run(size)
            let total = figures[1] + figures[2]
            let growth = before.map { total / $0.milliseconds / (figures[0] / $0.drills) }
            let columns = [
                pad("\(size)", 6), pad(figure(figures[1], "ms"), 12),
                pad(figure(figures[2], "ms"), 9), pad(figure(figures[3], "us"), 10),
                pad(figure(figures[5], "MB"), 9), pad(growth.map { figure($0, "") } ?? "-", 21),
                pad(figure(figures[4], "ms"), 13),
            ]
            Swift.print(columns.joined(separator: "  "))
            missed += misses(size, total: total, megabytes: figures[5], growth: growth)
            before = (figures[0], total)
        }
        guard missed.isEmpty else { throw Failure.missed(missed) }
    }

    private func misses(
        _ size: Int, total: Double, megabytes: Double, growth: Double?
    ) -> [String] {
        var missed: [String] = []
        if let growth, growth > Self.goal.growth {
            missed.append("\(size) drills: not linear, \(figure(growth, "")) x the time per drill")
        }
        guard size == Self.goal.drills else { return missed }
        if total > Self.goal.milliseconds {
            missed.append("\(size) drills: \(figure(total, "ms"))")
        }
        if megabytes > Self.goal.megabytes {
            missed.append("\(size) drills: \(figure(megabytes, "MB"))")
        }
        return missed
    }

    private func run(_ size: Int) throws -> [Double] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["\(size)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let figures = text.split { $0 == "\t" || $0 == "\n" }.compactMap { Double($0) }
        guard figures.count == 6 else { throw Failure.noFigures(size) }
        return figures
    }

    private func figure(_ value: Double, _ unit: String) -> String {
        String(format: "%.2f", value) + (unit.isEmpty ? "" : " \(unit)")
    }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// Why there is no table.
    enum Failure: Error {
        case noFigures(Int)
        case missed([String])
    }
}
