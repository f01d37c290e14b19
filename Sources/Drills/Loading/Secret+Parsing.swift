extension Secret {
    /// Reads `@credential:NAME` or `@file:/PATH`; nil for anything else, which may be the secret itself.
    package init?(parsing text: String) {
        if text.hasPrefix("@credential:") {
            let name = String(text.dropFirst("@credential:".count))
            guard Name<Secret>(checking: name) != nil else { return nil }
            self = .credential(name)
        } else if text.hasPrefix("@file:/") {
            let path = String(text.dropFirst("@file:".count))
            guard path.count > 1, !path.hasSuffix("/"), !path.contains(where: \.isNewline) else {
                return nil
            }
            self = .file(path)
        } else {
            return nil
        }
    }
}

extension Address {
    /// Whether a text can stand in the head of a mail as one address.
    static func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 254 else {
            return false
        }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }
            && !text.hasPrefix("-")
    }

    /// Whether a text is a topic as ntfy has them.
    static func isTopic(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    }
}
