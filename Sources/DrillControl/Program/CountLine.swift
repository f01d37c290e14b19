/// A line on the terminal that counts what takes long, and goes away.
struct CountLine {
    private let output: Output
    private let thing: String
    private let total: Int

    /// Nothing is shown where nobody looks at standard error.
    init(_ output: Output, _ thing: String, of total: Int) {
        self.output = output
        self.thing = thing
        self.total = total
    }

    /// Shows how far it has come.
    func show(_ count: Int) {
        guard output.isWatched else { return }
        output.remark("\r\(thing) \(count) of \(total)")
    }

    /// Leaves the line as it was.
    func clear() {
        guard output.isWatched else { return }
        output.remark("\r\u{1B}[K")
    }
}
