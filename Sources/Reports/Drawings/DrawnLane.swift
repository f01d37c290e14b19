/// A group of rows in a drawing of a run.
struct DrawnLane {
    let title: String
    let rows: [DrawnRow]
}

/// One thing over time: bars for what lasts, marks for what happens.
struct DrawnRow {
    let name: String
    var bars: [DrawnBar] = []
    var marks: [DrawnMark] = []
}

/// Something that lasts, in seconds from the beginning of the run.
struct DrawnBar {
    let from: Double
    /// Nil while it goes on.
    let to: Double?
    let words: String
}

/// Something that happens, in seconds from the beginning of the run.
struct DrawnMark {
    let at: Double
    let shape: Shape
    let words: String

    /// How it is drawn, with what it means.
    enum Shape: String, CaseIterable {
        case paged
        case acknowledged
        case escalated
        case resolved
        case checkpoint
        case decision
        case change = "handoff, severity"
        case overrun
        case milestone
    }
}
