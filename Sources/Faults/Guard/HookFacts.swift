import Glibc

/// What the file system says about a hook file: the input of ``HookGuard``'s decision.
package struct HookFacts: Hashable, Sendable {
    /// The path as it was asked for.
    package let path: String
    /// The path after all links.
    package let resolved: String
    /// The hooks folder after all links.
    package let root: String
    /// The file, then each folder up to the hooks folder.
    package let places: [Place]
    /// The first bytes of the file.
    package let head: [UInt8]

    /// A file or folder and who may change it.
    package struct Place: Hashable, Sendable {
        package let path: String
        package let user: UInt32
        package let mode: UInt32

        /// What stat said of a path.
        package init(path: String, user: UInt32, mode: UInt32) {
            self.path = path
            self.user = user
            self.mode = mode
        }
    }

    /// Facts that were gathered elsewhere.
    package init(path: String, resolved: String, root: String, places: [Place], head: [UInt8]) {
        self.path = path
        self.resolved = resolved
        self.root = root
        self.places = places
        self.head = head
    }

    /// Asks the file system; nil if there is no such file.
    package init?(path: String, root: String) {
        guard let resolved = Self.resolve(path), let root = Self.resolve(root) else { return nil }
        var places: [Place] = []
        var current = resolved
        while let place = Place(current) {
            places.append(place)
            guard current != root, let slash = current.lastIndex(of: "/"),
                slash > current.startIndex
            else { break }
            current = String(current[..<slash])
        }
        guard !places.isEmpty else { return nil }
        self.init(
            path: path, resolved: resolved, root: root, places: places,
            head: Self.head(of: resolved))
    }

    /// Whether there is a link at a path, wherever it leads.
    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Why it is not known whether there is a file; nil if there is none, or one that can be looked at.
    static func obstacle(at path: String) -> String? {
        var status = stat()
        if stat(path, &status) == 0 || errno == ENOENT || errno == ENOTDIR { return nil }
        return String(cString: strerror(errno))
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func head(of path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return [] }
        defer { close(file) }
        return [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            count = max(0, read(file, buffer.baseAddress, 256))
        }
    }
}

extension HookFacts.Place {
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(path: path, user: status.st_uid, mode: status.st_mode)
    }
}
