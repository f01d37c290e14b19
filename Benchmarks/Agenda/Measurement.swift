import CalendarTime
import Drills
import Foundation
import UnitFiles

/// One size: text to agenda, and the cost of the next due drill.
struct Measurement {
    let line: String

    private static let pops = 20_000
    private static let start = WallInstant(microsecondsSinceEpoch: 1_795_219_200_000_000)

    init(drills: Int) throws {
        let texts = CalendarText(drills: drills).calendars
        let clock = ContinuousClock()
        let began = clock.now
        let calendar = try Self.load(texts)
        let loaded = clock.now
        var agenda = Agenda(calendar, from: Self.start)
        let built = clock.now
        for _ in 0..<Self.pops {
            guard let due = agenda.nextDue, agenda.next(at: due.at) != nil else {
                throw Failure.agendaRanDry
            }
        }
        let popped = clock.now
        let figures = [
            Self.milliseconds(began.duration(to: loaded)),
            Self.milliseconds(loaded.duration(to: built)),
            Self.milliseconds(built.duration(to: popped)) * 1_000 / Double(Self.pops),
            Double(try Self.peakKilobytes()) / 1_024,
        ]
        line = ([String(drills)] + figures.map { String(format: "%.2f", $0) })
            .joined(separator: "\t")
    }

    private static func load(_ texts: [(name: String, text: String)]) throws -> DrillCalendar {
        var problems: [Problem] = []
        let calendars = texts.map { name, text in
            UnitFile.parse(Array(text.utf8), name: name, path: name, into: &problems)
        }
        let scenario = UnitFile.parse(
            Array(CalendarText.scenario.utf8), name: "slow.scenario", path: "slow.scenario",
            into: &problems)
        let result = DrillCalendar.reading(
            calendars: calendars, scenarios: [scenario], zones: ZoneDatabase(),
            specifiers: Specifiers(host: "bench", kernelRelease: "0"), at: start)
        guard let calendar = result.calendar, problems.isEmpty, result.problems.isEmpty else {
            throw Failure.refused((problems + result.problems).prefix(3).map(\.description))
        }
        return calendar
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        duration / .milliseconds(1)
    }

    /// The most memory this process ever had, as the kernel counts it.
    private static func peakKilobytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        guard let number = line?.split(separator: " ").compactMap({ Int($0) }).first else {
            throw Failure.noPeak
        }
        return number
    }

    /// Why there is no figure.
    enum Failure: Error {
        case refused([String])
        case agendaRanDry
        case noPeak
    }
}
