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
        let start = clock.now
        let began = Self.processorTime
        let calendar = try Self.load(texts)
        let loaded = Self.processorTime
        var agenda = Agenda(calendar, from: Self.start)
        let built = Self.processorTime
        let ready = clock.now
        for _ in 0..<Self.pops {
            guard let due = agenda.nextDue, agenda.next(at: due.at) != nil else {
                throw Failure.agendaRanDry
            }
        }
        let popped = Self.processorTime
        let figures = [
            loaded - began, built - loaded, (popped - built) * 1_000 / Double(Self.pops),
            start.duration(to: ready) / .milliseconds(1),
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

    /// Milliseconds that this process, which has one thread, was on a processor: what the clock would
    /// show on a machine with nothing else to do.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
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
