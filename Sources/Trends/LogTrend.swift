import Glibc

/// The trend as a factor per drill, fitted to the logarithms of the durations.
package struct LogTrend: Sendable, Hashable {
    /// The Theil–Sen slope of the logarithms.
    package let slope: Double
    /// The change per drill, such as -0.1 for ten percent less each time.
    package let changePerDrill: Double
    /// The change from the first drill to the last.
    package let totalChange: Double
    /// The spread around the line: 1.4826 times the median absolute deviation of the logarithms.
    package let spread: Double

    /// Nil for fewer than two durations, and when one is not above zero.
    package init?(_ seconds: [Double]) {
        guard seconds.allSatisfy({ $0 > 0 }) else { return nil }
        let logs = seconds.map { log($0) }
        guard let line = TheilSen(logs) else { return nil }
        let residuals = logs.enumerated().map {
            $1 - (line.jointIntercept + line.slope * Double($0))
        }
        // The line passes through the median residual, which makes that residual zero.
        guard let deviation = OrderStatistics.median(residuals.map { abs($0) }) else { return nil }
        slope = line.slope
        changePerDrill = expm1(line.slope)
        totalChange = expm1(line.slope * Double(seconds.count - 1))
        spread = 1.4826 * deviation
    }

    /// Which way the durations lean when the test shows nothing.
    package var lean: Lean {
        if totalChange <= -0.10 { return .down(percent: Int(-totalChange * 100 + 0.5)) }
        if totalChange >= 0.10 { return .up(percent: Int(totalChange * 100 + 0.5)) }
        return .level
    }

    /// What is said of durations that show neither fall nor rise; nil: one of them took no time.
    static func flatNote(_ trend: LogTrend?) -> String {
        "no detectable change" + (trend.map { ", \($0.lean)" } ?? "")
    }

    /// A tendency too weak to be called.
    package enum Lean: Sendable, Hashable, CustomStringConvertible {
        case down(percent: Int)
        case up(percent: Int)
        case level

        package var description: String {
            switch self {
            case .down(let percent): "leaning down \(percent) %"
            case .up(let percent): "leaning up \(percent) %"
            case .level: "level"
            }
        }
    }
}
