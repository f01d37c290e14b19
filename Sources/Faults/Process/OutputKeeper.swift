import Crypto
import Drills

/// Keeps the beginning of a hook's output and counts the rest.
struct OutputKeeper {
    private let redactor: Redactor
    private var kept: [UInt8] = []
    private(set) var total: Int64 = 0

    init(redactor: Redactor) {
        self.redactor = redactor
    }

    /// Takes the next bytes in, keeping them only while there is room.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        total += Int64(bytes.count)
        let room = HookReport.maximumOutput + redactor.lookahead - kept.count
        if room > 0 { kept.append(contentsOf: bytes.prefix(room)) }
    }

    /// The report of a call that ended this way.
    func report(_ ending: HookReport.Ending, microseconds: Int64) -> HookReport {
        let text = redactor.text(of: kept, limit: HookReport.maximumOutput)
        return HookReport(
            ending: ending, microseconds: microseconds, output: text, outputBytes: total,
            outputHash: Hexadecimal.sha256(of: text.utf8))
    }
}

/// Hashes as text.
package enum Hexadecimal {
    /// SHA-256 of some bytes, as 64 hexadecimal digits.
    package static func sha256(of bytes: some Sequence<UInt8>) -> String {
        text(of: SHA256.hash(data: Array(bytes)))
    }

    static func text(of bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
