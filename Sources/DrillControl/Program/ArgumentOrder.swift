/// Puts global options that stand before the verb behind it, where each verb reads them.
enum ArgumentOrder {
    private static let withValue: Set<String> = ["--socket", "--state", "--folder"]
    private static let flags: Set<String> = ["--json", "--no-color"]

    /// The same arguments with the verb first.
    static func verbFirst(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var options: [String] = []
        while let first = rest.first {
            let name = String(first.prefix { $0 != "=" })
            if withValue.contains(name), rest.count > 1 || first.contains("=") {
                options += rest.prefix(first.contains("=") ? 1 : 2)
                rest = rest.dropFirst(first.contains("=") ? 1 : 2)
            } else if flags.contains(first) {
                options.append(first)
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        guard !rest.isEmpty else { return arguments }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return rest[..<end] + options + rest[end...]
    }
}
