/// A generator whose draws are the same on every machine.
struct Draw {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    /// A number from 1 to the bound.
    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound)) + 1
    }

    /// Text that breaks what does not escape it.
    mutating func hostileText() -> String {
        let parts = [
            "<script>", "</td>", "&amp;", "&", "\"", "'", "]]>", "<!--", "\u{1B}[31m", "\u{0}",
            "\n", "\r\n", "\u{202E}", "\u{FFFE}", ",", ";", "=1+1", " ", "é", "日本", "🚀", "a",
            "long-words-without-any-space-in-them-that-go-on-and-on-and-on-and-on-and-on-and-on",
        ]
        return (1...below(6)).map { _ in parts[below(parts.count) - 1] }.joined()
    }
}
