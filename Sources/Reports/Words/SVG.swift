/// The pieces of drawings; colours come from classes, or from the text around the drawing.
enum SVG {
    /// A coordinate with one decimal.
    static func place(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        return "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    /// A line of text that begins, ends or is centred at a point.
    static func text(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "start", style: String = "tick"
    ) -> Markup {
        .inline(
            "text", ["x": place(x), "y": place(y), "text-anchor": anchor, "class": style],
            .text(text))
    }

    /// A level line.
    static func line(_ style: String, _ from: Double, _ to: Double, _ y: Double) -> Markup {
        .empty(
            "line",
            ["class": style, "x1": place(from), "x2": place(to), "y1": place(y), "y2": place(y)])
    }
}
