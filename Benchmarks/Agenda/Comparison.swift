import Foundation

/// Several sizes, each in a process of its own, and how the figures grow.
struct Comparison {
    let sizes: [Int]

    /// Runs all sizes and prints a table with the ratios to the size before.
    func print() throws {
        Swift.print("drills  parse+verify  agenda     next due   peak RSS   time ratio per drill")
        var before: (drills: Double, milliseconds: Double)?
        for size in sizes {
            let figures = try run(size)
            let total = figures[1] + figures[2]
            let growth = before.map { total / $0.milliseconds / (figures[0] / $0.drills) }
            let columns = [
                pad("\(size)", 6), pad(figure(figures[1], "ms"), 12),
                pad(figure(figures[2], "ms"), 9), pad(figure(figures[3], "us"), 10),
                pad(figure(figures[4], "MB"), 9), growth.map { figure($0, "") } ?? "-",
            ]
            Swift.print(columns.joined(separator: "  "))
            before = (figures[0], total)
        }
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
        guard figures.count == 5 else { throw Failure.noFigures(size) }
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
    }
}
