/// The outline of a mark in a drawing; each differs in form, none by its colour alone.
struct MarkShape {
    private let shape: DrawnMark.Shape

    init(_ shape: DrawnMark.Shape) {
        self.shape = shape
    }

    /// The mark around a point; its words are shown to who points at it.
    func markup(_ x: Double, _ y: Double, words: String) -> Markup {
        let title = Markup.inline("title", [:], .text(words))
        guard let path = path(x, y) else {
            return .inline(
                "circle",
                [
                    "class": "mark \(name)", "cx": SVG.place(x), "cy": SVG.place(y),
                    "r": shape == .milestone ? "3" : "5",
                ], title)
        }
        let isHollow = shape == .checkpoint || shape == .overrun || shape == .resolved
        return .inline(
            "path",
            [
                "class": "mark \(name)", "d": path, "stroke": "currentColor",
                "stroke-width": "1.8", "fill": isHollow ? "none" : "currentColor",
                "pointer-events": "all",
            ], title)
    }

    private var name: String {
        shape == .change ? "change" : shape.rawValue
    }

    /// Nil for a disc.
    private func path(_ x: Double, _ y: Double) -> String? {
        func point(_ dx: Double, _ dy: Double) -> String {
            "\(SVG.place(x + dx)) \(SVG.place(y + dy))"
        }
        let diamond = "M\(point(0, -6))L\(point(6, 0))L\(point(0, 6))L\(point(-6, 0))Z"
        return switch shape {
        case .paged, .milestone: nil
        case .acknowledged:
            "M\(point(-5, 0))L\(point(-1, 5))L\(point(6, -5))L\(point(-1, 2))Z"
        case .escalated: "M\(point(0, -6))L\(point(6, 5))L\(point(-6, 5))Z"
        case .resolved: "M\(point(0, -6))L\(point(0, 6))"
        case .checkpoint, .decision: diamond
        case .change: "M\(point(-4, -4))L\(point(4, -4))L\(point(4, 4))L\(point(-4, 4))Z"
        case .overrun:
            "M\(point(-5, -5))L\(point(5, 5))M\(point(-5, 5))L\(point(5, -5))"
        }
    }
}

/// The label of a milestone, moved down where it would touch another.
struct PlacedLabel {
    let text: String
    let words: String
    let x: Double
    /// Where the mark itself stands.
    let top: Double
    /// Where the text stands.
    let y: Double
    /// Whether the text ends at the mark, because the edge is near.
    let isBefore: Bool

    /// Labels in order of time, each on the first line that has room; milestones at one place share a label.
    static func places(
        of milestones: [DrawnMark], top: Double, right: Double, x: (Double) -> Double
    ) -> [PlacedLabel] {
        var groups: [(at: Double, names: [String])] = []
        for mark in milestones {
            if let last = groups.last, x(mark.at) - x(last.at) < 3 {
                groups[groups.count - 1].names.append(mark.words)
            } else {
                groups.append((mark.at, [mark.words]))
            }
        }
        var ends: [Double] = []
        return groups.map { group in
            let text = group.names.joined(separator: ", ")
            let width = Double(text.count) * 6.4 + 12
            let isBefore = x(group.at) + width > right
            let from = isBefore ? x(group.at) - width : x(group.at)
            let level = ends.firstIndex { $0 < from } ?? ends.count
            if level == ends.count { ends.append(0) }
            ends[level] = from + width
            return PlacedLabel(
                text: text, words: "\(DurationText.short(group.at)) \(text)", x: x(group.at),
                top: top - 4, y: top + 18 + Double(level) * 15, isBefore: isBefore)
        }
    }
}
