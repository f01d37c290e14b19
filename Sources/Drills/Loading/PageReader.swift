import CalendarTime
import UnitFiles

extension SectionReader {
    /// A `[Page]` section; nil when something is missing.
    mutating func page() -> PageDraft? {
        let summary = text("Summary")
        let after = span("AfterSec")
        let level = choice("To", of: OnCallLevel.self)
        let severity = choice("Severity", of: Severity.self)
        let labels = pageLabels()
        let duplicates = integer("Duplicates")
        let every = positiveSpan("RepeatEverySec")
        let isNoise = bool("Noise")
        let resolve = settings.isSet("ResolveSec") ? positiveSpan("ResolveSec") : nil
        let team = word("Team")?.text
        if settings.isSet("RepeatEverySec"), duplicates == 0 {
            report(
                "RepeatEverySec= means nothing without Duplicates=",
                remedy: "add Duplicates= or remove it", at: settings.position(of: "RepeatEverySec")
            )
        }
        guard let name = name(of: PagePlan.self), let summary, let after, let level,
            let duplicates, let every, let isNoise
        else { return nil }
        return PageDraft(severity: severity) { severity in
            PagePlan(
                name: name.value, summary: summary, after: after, to: level, severity: severity,
                labels: labels, duplicates: duplicates, repeatEvery: every, isNoise: isNoise,
                resolveAfter: resolve, team: team)
        }
    }

    /// `NAME=VALUE`, each name once.
    private mutating func pageLabels() -> [PagePlan.Label] {
        var seen: Set<String> = []
        return words("Labels").compactMap { word in
            guard let label = parse(word, as: { try PagePlan.Label(parsing: $0) }) else {
                return nil
            }
            guard seen.insert(label.name).inserted else {
                report(
                    "Labels= sets '\(label.name)' twice", remedy: "remove one of the two",
                    at: word.position)
                return nil
            }
            return label
        }
    }
}

/// A `[Page]` section; without a severity of its own it takes the scenario's.
struct PageDraft {
    let severity: Severity?
    private let make: (Severity) -> PagePlan

    init(severity: Severity?, make: @escaping (Severity) -> PagePlan) {
        self.severity = severity
        self.make = make
    }

    func plan(in severityOfScenario: Severity) -> PagePlan {
        make(severity ?? severityOfScenario)
    }
}
