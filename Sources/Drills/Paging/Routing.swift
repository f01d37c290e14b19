import CalendarTime

/// What a service such as Alertmanager does with the pages it gets.
package struct Routing: Hashable, Sendable, Codable {
    /// In the order they are tried; the first without matchers takes what no other does.
    package let routes: [Route]
    package let inhibitions: [Inhibition]

    /// The rules of a service.
    package init(routes: [Route], inhibitions: [Inhibition]) {
        self.routes = routes
        self.inhibitions = inhibitions
    }
}

/// To whom pages with some labels go, and how they are gathered into notifications.
package struct Route: Hashable, Sendable, Codable {
    package let name: String
    /// The receiver as the service names it.
    package let receiver: String
    /// Whom the receiver reaches.
    package let reaches: Reach
    /// All of them must match; none: everything matches.
    package let matchers: [Matcher]
    /// Pages that agree in these labels are one notification.
    package let groupBy: Grouping
    package let groupWait: TimeSpan
    package let groupInterval: TimeSpan
    package let repeatInterval: TimeSpan
    /// Whether later routes are tried as well.
    package let continues: Bool

    /// Whom a receiver reaches.
    package enum Reach: Hashable, Sendable, Codable {
        case level(OnCallLevel)
        /// Another team than the one under drill.
        case team(String)
    }

    /// By what a route groups.
    package enum Grouping: Hashable, Sendable, Codable {
        /// Every page by itself, written `...`.
        case all
        case labels([String])
    }

    /// A route of a service.
    package init(
        name: String, receiver: String, reaches: Reach, matchers: [Matcher], groupBy: Grouping,
        groupWait: TimeSpan, groupInterval: TimeSpan, repeatInterval: TimeSpan, continues: Bool
    ) {
        self.name = name
        self.receiver = receiver
        self.reaches = reaches
        self.matchers = matchers
        self.groupBy = groupBy
        self.groupWait = groupWait
        self.groupInterval = groupInterval
        self.repeatInterval = repeatInterval
        self.continues = continues
    }
}

/// A condition on one label: `severity="critical"`, `team!="payments"`.
package struct Matcher: Hashable, Sendable, Codable, CustomStringConvertible {
    package let label: String
    package let comparison: Comparison
    package let value: String

    /// How the value is compared; regular expressions are alternatives of words only, such as `warning|info`.
    package enum Comparison: String, CaseIterable, Hashable, Sendable, Codable {
        case equal = "="
        case notEqual = "!="
        case matches = "=~"
        case doesNotMatch = "!~"
    }

    /// A condition on a label.
    package init(label: String, comparison: Comparison, value: String) {
        self.label = label
        self.comparison = comparison
        self.value = value
    }

    package var description: String { "\(label)\(comparison.rawValue)\"\(value)\"" }
}

/// Pages that match the target stay silent while one that matches the source is firing.
package struct Inhibition: Hashable, Sendable, Codable {
    package let name: String
    package let source: [Matcher]
    package let target: [Matcher]
    /// Labels in which both must agree.
    package let equal: [String]

    /// An inhibition of a service.
    package init(name: String, source: [Matcher], target: [Matcher], equal: [String]) {
        self.name = name
        self.source = source
        self.target = target
        self.equal = equal
    }
}
