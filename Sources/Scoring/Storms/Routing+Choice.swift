import Drills

/// The labels of one alert by their names.
struct LabelSet: Hashable {
    let values: [String: String]

    init(_ labels: [PagePlan.Label]) {
        values = Dictionary(labels.map { ($0.name, $0.value) }) { _, last in last }
    }

    /// The value of a label; a label that is missing is as good as an empty one.
    subscript(_ name: String) -> String { values[name] ?? "" }

    func matches(_ matchers: [Matcher]) -> Bool {
        matchers.allSatisfy { $0.matches(self[$0.label]) }
    }

    /// The part that names a group.
    func part(_ grouping: Route.Grouping) -> LabelSet {
        switch grouping {
        case .all: self
        case .labels(let names): LabelSet(values: values.filter { names.contains($0.key) })
        }
    }

    private init(values: [String: String]) {
        self.values = values
    }
}

extension Matcher {
    /// Whether the label of an alert fulfils the condition.
    func matches(_ text: String) -> Bool {
        switch comparison {
        case .equal: text == value
        case .notEqual: text != value
        case .matches: words.contains(text)
        case .doesNotMatch: !words.contains(text)
        }
    }

    private var words: [String] {
        value.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
}

extension Routing {
    /// The routes an alert takes, by their index.
    ///
    /// The first route without matchers is the root: it takes what none of the others does.
    func choice(for labels: LabelSet) -> [Int] {
        let root = routes.firstIndex { $0.matchers.isEmpty }
        var chosen: [Int] = []
        for (index, route) in routes.enumerated()
        where index != root && labels.matches(route.matchers) {
            chosen.append(index)
            if !route.continues { break }
        }
        return chosen.isEmpty ? [root].compactMap { $0 } : chosen
    }

    /// Whether an alert is silent because of one that fires; an alert never silences itself.
    func inhibits(_ labels: LabelSet, firing: some Sequence<LabelSet>) -> Bool {
        inhibitions.contains { rule in
            guard labels.matches(rule.target) else { return false }
            // Two alerts that both match both sides do not silence each other.
            let isBoth = labels.matches(rule.source)
            return firing.contains { source in
                source.matches(rule.source) && rule.equal.allSatisfy { source[$0] == labels[$0] }
                    && !(isBoth && source.matches(rule.target))
            }
        }
    }
}
