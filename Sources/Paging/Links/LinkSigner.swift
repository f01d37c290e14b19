import CalendarTime
import Drills
import FoundationEssentials
import Glibc

/// Makes and checks what stands in the link of a page: who may acknowledge what, and until when.
package struct LinkSigner: Sendable {
    private let key: [UInt8]

    /// Takes the key of a state folder, making one of 32 random bytes where there is none.
    ///
    /// - Throws: ``LinkKeyError`` when there is a file that is no such key or that others can read.
    package init(stateFolder: String) throws {
        key = try LinkKey(path: "\(stateFolder)/\(Self.fileName)").bytes()
    }

    /// The file in the state folder.
    package static let fileName = "link.key"

    /// A word for an address: only the characters of base64url.
    package func token(
        run: RunID, page: PageName, person: PersonName, expires: WallInstant
    ) -> String {
        let seconds = expires.microsecondsSinceEpoch / 1_000_000
        let claim = Array(
            [Self.version, "\(seconds)", run.text, page.text, person.text]
                .joined(separator: "\n").utf8)
        return Base64URL.text(of: claim + Signature.bytes(of: claim, key: key))
    }

    /// What a token says, if it was made with this key and has not expired.
    package func verify(
        _ token: String, now: WallInstant
    ) throws(LinkRefusal) -> (run: RunID, page: PageName, person: PersonName) {
        guard token.utf8.count <= 1_024, let bytes = Base64URL.bytes(of: token),
            bytes.count > Self.codeLength
        else { throw .garbled }
        let claim = Array(bytes.dropLast(Self.codeLength))
        guard Signature.isValid(bytes.suffix(Self.codeLength), of: claim, key: key) else {
            throw .forged
        }
        let words = String(decoding: claim, as: UTF8.self).split(separator: "\n").map(String.init)
        guard words.count == 5, words[0] == Self.version, let seconds = Int64(words[1]),
            let run = RunID(checking: words[2]), let page = PageName(checking: words[3]),
            let person = PersonName(checking: words[4])
        else { throw .garbled }
        guard now.microsecondsSinceEpoch / 1_000_000 < seconds else { throw .expired }
        return (run, page, person)
    }

    private static let version = "1"
    private static let codeLength = 32
}

/// Why a link is not followed.
package enum LinkRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case garbled
    case forged
    case expired

    package var description: String {
        switch self {
        case .garbled: "this is no whole link of a page; open the link again from the page itself"
        case .forged:
            "this link was not made here; open the link from the page, or ask for the page anew"
        case .expired:
            "this link has expired; acknowledge with drillctl ack, or at the console"
        }
    }
}

/// Bytes as RFC 4648 writes them for addresses, without padding.
enum Base64URL {
    static func text(of bytes: [UInt8]) -> String {
        String(
            Data(bytes).base64EncodedString().compactMap { character in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }

    /// The bytes; nil if there are other characters, padding, or bits that no encoder leaves.
    static func bytes(of text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") }) else {
            return nil
        }
        let plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        guard let data = Data(base64Encoded: String(plain) + padding),
            Self.text(of: Array(data)) == text
        else { return nil }
        return Array(data)
    }
}
