import CalendarTime

/// One synthetic page.
package struct PagePlan: Hashable, Sendable, Codable {
    package let name: PageName
    package let summary: String
    /// After the injection.
    package let after: TimeSpan
    package let to: OnCallLevel
    package let severity: Severity
    /// Beside those that every page carries; `alertname` is the page's name unless it is set here.
    package let labels: [Label]
    /// How often the same page is posted again, spread over ``repeatEvery``.
    package let duplicates: Int
    package let repeatEvery: TimeSpan
    /// Whether it is noise, which nobody has to do anything about.
    package let isNoise: Bool
    /// When it resolves by itself, after it was posted; nil: when the run ends or is cleared.
    package let resolveAfter: TimeSpan?
    /// The team it belongs to when that is not the one under drill; nobody of the roster has to acknowledge it.
    package let team: String?

    /// A name and value that routes go by.
    package struct Label: Hashable, Sendable, Codable {
        package let name: String
        package let value: String

        /// A label.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A page as its scenario describes it.
    package init(
        name: PageName, summary: String, after: TimeSpan, to: OnCallLevel, severity: Severity,
        labels: [Label] = [], duplicates: Int = 0, repeatEvery: TimeSpan = .seconds(10),
        isNoise: Bool = false, resolveAfter: TimeSpan? = nil, team: String? = nil
    ) {
        self.name = name
        self.summary = summary
        self.after = after
        self.to = to
        self.severity = severity
        self.labels = labels
        self.duplicates = duplicates
        self.repeatEvery = repeatEvery
        self.isNoise = isNoise
        self.resolveAfter = resolveAfter
        self.team = team
    }

    /// Whether someone of the roster has to acknowledge it.
    package var wantsAck: Bool { !isNoise && team == nil }
}
