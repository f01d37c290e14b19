import FoundationEssentials
import Glibc
import Synchronization

/// The zones of the system, read from its compiled zone files and kept once read.
package final class ZoneDatabase: Sendable {
    /// The folder that holds the zone files.
    package let folder: String
    private let known = Mutex<[String: TimeZoneRules]>([:])
    private let listed = Mutex<[String]?>(nil)

    /// The database in that folder; nothing is read yet.
    package init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

    /// The rules of a zone such as `Europe/Berlin`.
    ///
    /// - Throws: ``ZoneError``; the name never leads out of the folder.
    package func zone(named name: String) throws(ZoneError) -> TimeZoneRules {
        if name == "UTC" { return .utc }
        if let zone = known.withLock({ $0[name] }) { return zone }
        guard let bytes = Self.isSafe(name) ? Self.contents(of: "\(folder)/\(name)") : nil else {
            throw .unknownZone(name, suggestion: suggestion(for: name))
        }
        guard bytes.starts(with: "TZif".utf8) else {
            throw .unknownZone(name, suggestion: suggestion(for: name))
        }
        let zone = try TimeZoneRules(name: name, zoneFile: bytes)
        known.withLock { $0[name] = zone }
        return zone
    }

    /// Whether there is a zone of that name.
    package func contains(_ name: String) -> Bool { (try? zone(named: name)) != nil }

    /// The names of all zones, sorted; the folder is read the first time.
    package var names: [String] {
        listed.withLock { listed in
            if let listed { return listed }
            var found = Set(["UTC"])
            collectNames(in: "", depth: 0, into: &found)
            let names = found.sorted()
            listed = names
            return names
        }
    }

    /// The zone that was meant: the same but for case, the same city, or one nearly spelt so.
    private func suggestion(for name: String) -> String? {
        let wanted = name.lowercased()
        for other in names where abs(other.utf8.count - wanted.utf8.count) <= 20 {
            let candidate = other.lowercased()
            if candidate == wanted || candidate.hasSuffix("/" + wanted) { return other }
        }
        return Spelling.nearest(to: name, among: names)
    }

    /// Zone names begin with a capital letter; what else lies in the folder does not.
    private func collectNames(in prefix: String, depth: Int, into found: inout Set<String>) {
        let path = prefix.isEmpty ? folder : "\(folder)/\(prefix)"
        // A folder that cannot be listed merely has no names to suggest.
        guard depth < 4, let entries = try? FileManager.default.contentsOfDirectory(atPath: path)
        else { return }
        for entry in entries where entry.first?.isUppercase == true && !entry.contains(".") {
            let name = prefix.isEmpty ? entry : "\(prefix)/\(entry)"
            var isFolder = false
            guard
                FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
            else { continue }
            if isFolder {
                collectNames(in: name, depth: depth + 1, into: &found)
            } else {
                found.insert(name)
            }
        }
    }
}

extension ZoneDatabase {
    /// The zone the machine lives in, from the value of `TZ` and the file that says so without it.
    ///
    /// As in the C library: an empty or unusable `TZ` is UTC, a leading colon is ignored, and a
    /// value that names no zone may be a rule (`CET-1CEST,M3.5.0,M10.5.0/3`).
    package func localZone(variable: String?, localtime: String = "/etc/localtime") -> TimeZoneRules
    {
        guard let variable else { return zone(linkedBy: localtime) ?? .utc }
        let name = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
        if name.isEmpty { return .utc }
        if name.hasPrefix("/") { return zone(linkedBy: name) ?? .utc }
        // Each attempt that fails leads to the next; UTC stands at the end, as in the C library.
        if let zone = try? zone(named: name) { return zone }
        return (try? TimeZoneRules(name: name, posix: name)) ?? .utc
    }

    /// The zone in a file, named after the part of its path below the database.
    private func zone(linkedBy path: String) -> TimeZoneRules? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path + "/"
        let name = target.hasPrefix(root) ? String(target.dropFirst(root.count)) : "local time"
        guard let bytes = Self.contents(of: path) else { return nil }
        // A damaged file is no zone, and the caller falls back as the C library does.
        return try? TimeZoneRules(name: name, zoneFile: bytes)
    }

    private static func isSafe(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 255
            && parts.allSatisfy { part in
                !part.isEmpty && part != "." && part != ".."
                    && part.utf8.allSatisfy { byte in
                        isDigit(byte) || "-_+.".utf8.contains(byte)
                            || (0x61...0x7a).contains(byte | 0x20)
                    }
            }
    }

    /// The bytes of a plain file, or nil; zone files are small, so a large file is none.
    private static func contents(of path: String) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size < 1_000_000
        else { return nil }
        return FileManager.default.contents(atPath: path).map { Array($0) }
    }
}
