import CalendarTime
import Drills
import Foundation
import UnitFiles

/// Usage: `bench-agenda [DRILLS]`: without a number it runs itself for each size, so that the peak
/// memory of one size is not that of another.
if let size = CommandLine.arguments.dropFirst().first.flatMap(Int.init) {
    print(try Measurement(drills: size).line)
} else {
    do {
        try Comparison(sizes: [1_000, 10_000, 20_000]).print()
    } catch Comparison.Failure.missed(let goals) {
        FileHandle.standardError.write(Data("missed: \(goals.joined(separator: "; "))\n".utf8))
        exit(1)
    }
}
