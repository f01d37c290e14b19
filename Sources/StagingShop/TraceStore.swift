/// The traces of a shop, one JSON file each under `traces/`.
package struct TraceStore: Hashable, Sendable {
    private let folder: ShopFolder
    /// Failing requests kept on disk; the oldest is written over.
    package static let capturedLimit = 20

    /// The traces of a shop's folder.
    package init(in folder: ShopFolder) {
        self.folder = folder
    }

    /// The ids of all traces, sorted.
    package func ids() throws(ConfigurationError) -> [String] {
        try folder.names(in: "traces", suffix: ".json").map { String($0.dropLast(".json".count)) }
    }

    /// The stored text of a trace.
    package func json(_ id: String) throws(ReplayError) -> String {
        guard Self.isID(id), let text = try? folder.text("traces/\(id).json") else {
            throw .unknownTrace(id)
        }
        return text
    }

    /// A trace by its id.
    package func trace(_ id: String) throws(ReplayError) -> Trace {
        let text = try json(id)
        do {
            return try Trace(json: text)
        } catch {
            throw .unreadableTrace(id, reason: "\(error)")
        }
    }

    /// Stores a trace under its id.
    package func store(_ trace: Trace) throws {
        try folder.write(trace.json(), to: "traces/\(trace.id).json")
    }

    /// Ids become file names, so only plain words are ids.
    private static func isID(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix(".")
            && text.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
            }
    }
}
