import Drills

/// Whether what a fault touches lies within what its target allows.
package enum BlastRadius {
    /// The resources that no entry of the list covers.
    package static func uncovered(_ touched: [Resource], by allowed: [Resource]) -> [Resource] {
        touched.filter { resource in !allowed.contains { covers($0, resource) } }
    }

    /// Whether an allowed resource covers a touched one.
    package static func covers(_ allowed: Resource, _ touched: Resource) -> Bool {
        guard allowed.scheme == touched.scheme else { return false }
        return switch allowed.scheme {
        case .unit: globCovers(Array(allowed.pattern.unicodeScalars), touched.pattern)
        case .port: allowed.pattern == touched.pattern
        case .path: pathCovers(allowed.pattern, touched.pattern)
        }
    }

    /// A glob covers a name; it covers another glob only if they are the same.
    private static func globCovers(_ glob: [Unicode.Scalar], _ name: String) -> Bool {
        if name.contains(where: { "*?[".contains($0) }) { return String(scalars: glob) == name }
        return matches(glob[...], Array(name.unicodeScalars)[...])
    }

    /// Matches `*`, `?` and `[a-z]` by remembering only the last star, so the work stays bounded.
    private static func matches(
        _ glob: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        var glob = glob
        var name = name
        var star: (glob: ArraySlice<Unicode.Scalar>, name: ArraySlice<Unicode.Scalar>)?
        while let scalar = name.first {
            if glob.first == "*" {
                glob.removeFirst()
                star = (glob, name)
            } else if let rest = step(glob, scalar) {
                glob = rest
                name.removeFirst()
            } else if let (afterStar, from) = star {
                glob = afterStar
                name = from.dropFirst()
                star = (afterStar, name)
            } else {
                return false
            }
        }
        return glob.allSatisfy { $0 == "*" }
    }

    /// What is left of the glob after it took one character; nil if it does not take it.
    private static func step(
        _ glob: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar
    ) -> ArraySlice<Unicode.Scalar>? {
        switch glob.first {
        case "?": return glob.dropFirst()
        case "[":
            guard let end = glob.dropFirst(2).firstIndex(of: "]") else {
                return scalar == "[" ? glob.dropFirst() : nil
            }
            let set = Array(glob[(glob.startIndex + 1)..<end])
            return setContains(set, scalar) ? glob[(end + 1)...] : nil
        case scalar: return glob.dropFirst()
        default: return nil
        }
    }

    private static func setContains(_ set: [Unicode.Scalar], _ scalar: Unicode.Scalar) -> Bool {
        let negated = set.first == "!" || set.first == "^"
        var rest = negated ? set[1...] : set[...]
        var found = false
        while let first = rest.first {
            if rest.count >= 3, rest[rest.startIndex + 1] == "-" {
                let last = rest[rest.startIndex + 2]
                found = found || (first <= scalar && scalar <= last)
                rest = rest.dropFirst(3)
            } else {
                found = found || first == scalar
                rest = rest.dropFirst()
            }
        }
        return found != negated
    }

    /// A folder covers itself and what lies below it; `/srv/shop` does not cover `/srv/shopping`.
    private static func pathCovers(_ folder: String, _ path: String) -> Bool {
        guard let outer = components(folder), let inner = components(path) else { return false }
        return inner.starts(with: outer)
    }

    /// Nil for a path that is relative or climbs, which nothing covers and which covers nothing.
    private static func components(_ path: String) -> [Substring]? {
        let parts = path.split(separator: "/").filter { $0 != "." }
        return path.hasPrefix("/") && !parts.contains("..") ? parts : nil
    }
}

extension String {
    fileprivate init(scalars: [Unicode.Scalar]) {
        self.init(String.UnicodeScalarView(scalars))
    }
}
