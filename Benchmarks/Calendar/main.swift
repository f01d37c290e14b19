import CalendarTime
import Foundation

// bench-calendar FILE BASE ZONE SECONDS
// Prints for each row of the file how many elapses it finds per second, and the last one of a chain.

/// One expression, and how many of its elapses make a chain.
struct Row {
    let expression: CalendarExpression
    let elapses: Int
}

/// The last instant of a chain of elapses from a base.
func lastElapse(of row: Row, after base: WallInstant, in zone: TimeZoneRules) -> WallInstant {
    var instant = base
    for _ in 0..<row.elapses {
        guard let next = row.expression.next(after: instant, in: zone) else { return instant }
        instant = next
    }
    return instant
}

/// Elapses per second: whole chains, again and again until the time is up.
func rate(of row: Row, after base: WallInstant, in zone: TimeZoneRules, seconds: Double) -> Double {
    let clock = ContinuousClock()
    let begin = clock.now
    var count = 0
    var elapsed = Duration.zero
    repeat {
        for _ in 0..<20 { _ = lastElapse(of: row, after: base, in: zone) }
        count += 20 * row.elapses
        elapsed = clock.now - begin
    } while elapsed < .seconds(seconds)
    return Double(count) / (elapsed / .seconds(1))
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let seconds = Double(arguments[4]),
    let microseconds = Int64(arguments[2])
else {
    FileHandle.standardError.write(
        Data("usage: bench-calendar FILE BASE-MICROSECONDS ZONE SECONDS\n".utf8))
    exit(2)
}
let base = WallInstant(microsecondsSinceEpoch: microseconds)
let zone = try ZoneDatabase().zone(named: arguments[3])
let lines = try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n")
for line in lines.dropFirst() {
    let cells = line.split(separator: "\t")
    let row = Row(
        expression: try CalendarExpression(parsing: cells[0]), elapses: Int(cells[2]) ?? 1)
    let last = lastElapse(of: row, after: base, in: zone).microsecondsSinceEpoch / 1_000_000
    print(Int(rate(of: row, after: base, in: zone, seconds: seconds)), last, separator: "\t")
}
