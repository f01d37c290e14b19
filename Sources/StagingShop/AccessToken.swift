/// A login token: `KEY.USER.CHECKSUM`.
///
/// The checksum keeps the rehearsal honest, not an attacker out; nothing of value hangs on it.
package struct AccessToken: Hashable, Sendable, CustomStringConvertible {
    package let key: String
    package let user: String

    /// A token for a user, signed with the key of that name.
    package init(key: String, user: String) {
        self.key = key
        self.user = user
    }

    /// Reads a token; nil if it has another form or its checksum is wrong.
    package init?(checking text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(key: parts[0], user: parts[1])
        guard parts[2] == checksum else { return nil }
    }

    package var description: String { "\(key).\(user).\(checksum)" }

    /// FNV-1a over key and user.
    private var checksum: String {
        let hash = "\(key)/\(user)".utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
