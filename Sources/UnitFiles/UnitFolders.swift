/// The folders that unit files come from, as systemd arranges them.
///
/// A file hides those of the same name in folders of less precedence. A link to `/dev/null` or an
/// empty file hides them and is not read itself. Drop-ins, `NAME.calendar.d/*.conf` from all folders
/// together, are laid over the file in the order of their names; they hide each other likewise.
package struct UnitFolders: Sendable {
    /// From the least to the greatest precedence.
    package let paths: [String]

    /// The folders, from the least to the greatest precedence.
    package init(_ paths: [String] = ["/usr/lib/drilld", "/run/drilld", "/etc/drilld"]) {
        self.paths = paths
    }

    /// Reads all files with a suffix in a subfolder: `calendars`, `calendar`.
    ///
    /// - Returns: the files with their drop-ins laid over, in the order of their names.
    package func files(
        in subfolder: String, suffix: String, into problems: inout [Problem]
    ) -> [UnitFile] {
        var reader = UnitFolderReader(paths.map { "\($0)/\(subfolder)" }, suffix: suffix)
        let files = reader.files()
        problems += reader.problems
        return files
    }
}

extension UnitFile {
    /// Reads one file, without drop-ins; nil if it cannot be read.
    package static func read(_ path: String, into problems: inout [Problem]) -> UnitFile? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        switch FileState(of: path) {
        case .regular:
            guard let bytes = FileReading.bytes(at: path, into: &problems) else { return nil }
            return parse(bytes, name: name, path: path, into: &problems)
        case .mask: return UnitFile(name: name, path: path, sections: [])
        case .missing: problems.append(.missingFile(path))
        case .folder: problems.append(.notRegular("a folder", path: path))
        case .unusable(let problem): problems.append(problem)
        }
        return nil
    }
}

/// One pass over the folders for one kind of file.
private struct UnitFolderReader {
    private(set) var problems: [Problem] = []
    private let folders: [String]
    private let suffix: String
    /// The path under which each file was read first.
    private var pathOfFile: [FileIdentity: String] = [:]

    init(_ folders: [String], suffix: String) {
        self.folders = folders
        self.suffix = suffix
    }

    mutating func files() -> [UnitFile] {
        let names = folders.map { FileReading.names(in: $0, into: &problems) ?? [] }
        let units = winners(names) { $0.hasSuffix(".\(suffix)") && !$0.hasPrefix(".") }
        warnAboutNames(names, units)
        let listings = zip(folders, names.map(Set.init)).map(Listing.init)
        return units.compactMap { unit in
            guard var file = read(unit.path, as: unit.name) else { return nil }
            file.merge(dropIns(for: unit.name, listings))
            return file
        }
    }

    /// A folder and the names in it.
    private struct Listing {
        let folder: String
        let names: Set<String>
    }

    /// The paths that count, one for each name, in the order of the names.
    private func winners(
        _ names: [[String]], in folders: [String]? = nil, where isWanted: (String) -> Bool
    ) -> [(name: String, path: String)] {
        var folderOfName: [String: String] = [:]
        for (folder, names) in zip(folders ?? self.folders, names) {
            for name in names where isWanted(name) { folderOfName[name] = folder }
        }
        return folderOfName.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)/\($0.key)") }
    }

    private mutating func dropIns(for unit: String, _ listings: [Listing]) -> [UnitFile] {
        let name = "\(unit).d"
        let folders = listings.filter { $0.names.contains(name) }.map { "\($0.folder)/\(name)" }
        guard !folders.isEmpty else { return [] }
        let found = folders.map { folder in
            isFolderOfUnits(folder) ? [] : FileReading.names(in: folder, into: &problems) ?? []
        }
        let dropIns = winners(found, in: folders) { $0.hasSuffix(".conf") && !$0.hasPrefix(".") }
        return dropIns.compactMap { read($0.path, as: $0.name) }
    }

    /// Whether a drop-in folder is a link back to one of the folders it stands in.
    private mutating func isFolderOfUnits(_ dropIns: String) -> Bool {
        guard case .folder(let identity) = FileState(of: dropIns) else { return false }
        for folder in folders {
            guard case .folder(identity) = FileState(of: folder) else { continue }
            problems.append(
                Problem(
                    "this drop-in folder leads back to '\(folder)'", remedy: "remove the link",
                    at: SourcePosition(file: dropIns)))
            return true
        }
        return false
    }

    private mutating func read(_ path: String, as name: String) -> UnitFile? {
        switch FileState(of: path) {
        case .mask: return nil
        case .missing: problems.append(.missingFile(path))
        case .folder: problems.append(.notRegular("a folder", path: path))
        case .unusable(let problem): problems.append(problem)
        case .regular(let identity):
            if let earlier = pathOfFile[identity] {
                problems.append(
                    Problem(
                        "this is the same file as '\(earlier)', which is already read",
                        remedy: "remove one of the two links",
                        at: SourcePosition(file: path)))
                return nil
            }
            pathOfFile[identity] = path
            guard let bytes = FileReading.bytes(at: path, into: &problems) else { return nil }
            return UnitFile.parse(bytes, name: name, path: path, into: &problems)
        }
        return nil
    }

    /// Points out files that look as if they should be read but are not.
    private mutating func warnAboutNames(
        _ names: [[String]], _ units: [(name: String, path: String)]
    ) {
        let known = Set(units.map(\.name))
        for (folder, names) in zip(folders, names) {
            for name in names {
                let place = SourcePosition(file: "\(folder)/\(name)")
                if name.hasSuffix(".\(suffix).d"), !known.contains(String(name.dropLast(2))) {
                    problems.append(
                        Problem(
                            "there is no '\(name.dropLast(2))' for these drop-ins",
                            remedy: "rename or remove the folder", at: place, severity: .warning))
                } else if let dot = name.lastIndex(of: "."), !name.hasPrefix("."),
                    name[dot...] != ".\(suffix)",
                    Suggestion.nearest(to: String(name[dot...]), among: [".\(suffix)"]) != nil
                {
                    problems.append(
                        Problem(
                            "not read, because its name does not end in .\(suffix)",
                            remedy: "rename it", at: place, severity: .warning))
                }
            }
        }
    }
}
