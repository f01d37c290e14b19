import CalendarTime
import Drills
import Foundation
import Paging
import Testing

@Suite("The link of a page")
struct LinkTests {
    private let keys: KeyFolder
    private let signer: LinkSigner
    private let expires = someTime.advanced(by: .minutes(30))

    init() throws {
        keys = try KeyFolder()
        signer = try LinkSigner(stateFolder: keys.path)
    }

    private var token: String {
        signer.token(run: "sample-1", page: "checkout", person: "sre-1", expires: expires)
    }

    private func refusal(_ token: String, at now: WallInstant = someTime) -> String? {
        do {
            _ = try signer.verify(token, now: now)
            return nil
        } catch { return "\(error)" }
    }

    @Test("says whose it is, also to a drilld that was started again")
    func good() throws {
        let again = try LinkSigner(stateFolder: keys.path)
        let (run, page, person) = try again.verify(token, now: someTime)
        #expect(run == "sample-1" && page == "checkout" && person == "sre-1")
        #expect(
            token.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        #expect(token.count < 120)
    }

    @Test("expires")
    func expiry() {
        let last = expires.advanced(byMicroseconds: -1_000_000)
        #expect(refusal(token, at: last) == nil)
        #expect(
            refusal(token, at: expires)
                == "this link has expired; acknowledge with drillctl ack, or at the console")
    }

    @Test("cannot be changed in any character")
    func forged() {
        let forged =
            "this link was not made here; open the link from the page, or ask for the page anew"
        let characters = Array(token)
        for index in characters.indices {
            var changed = characters
            changed[index] = changed[index] == "A" ? "B" : "A"
            let words = refusal(String(changed))
            // The last character has bits that mean nothing, and then it is no encoding at all.
            #expect(words == forged || index == characters.count - 1 && words != nil)
        }
    }

    @Test("made with another key is refused")
    func otherKey() throws {
        let others = try KeyFolder()
        let other = try LinkSigner(stateFolder: others.path)
        let token = other.token(
            run: "sample-1", page: "checkout", person: "sre-1", expires: expires)
        #expect(
            refusal(token)
                == "this link was not made here; open the link from the page, or ask for the page anew"
        )
    }

    @Test("that is cut or scrambled is refused", arguments: ["", "A", "====", "a+b/", "ä", "AAAA"])
    func garbled(token: String) {
        let words = "this is no whole link of a page; open the link again from the page itself"
        #expect(refusal(token) == words)
        #expect(refusal(String(repeating: "A", count: 2_000)) == words)
    }

    @Test("has a key that only drilld's user can read")
    func keyFile() throws {
        let path = "\(keys.path)/\(LinkSigner.fileName)"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == 32)
    }

    @Test("has no key where the file is open to others, too short or out of reach")
    func badKeyFiles() throws {
        func refusal(_ folder: String) -> String {
            do {
                _ = try LinkSigner(stateFolder: folder)
                return "made"
            } catch { return "\(error)" }
        }
        let path = "\(keys.path)/\(LinkSigner.fileName)"
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        #expect(
            refusal(keys.path)
                == "the key for links \(path) can be read by others (mode 640); "
                + "remove it, and drilld makes a new one")
        try keys.write("short", to: LinkSigner.fileName)
        #expect(
            refusal(keys.path)
                == "\(path) is not a key of 32 bytes; remove it, and drilld makes a new one")
        #expect(
            refusal("\(keys.path)/none")
                == "the key for links \(keys.path)/none/\(LinkSigner.fileName) cannot be made: "
                + "No such file or directory; make its folder one that drilld's user can write")
    }
}
