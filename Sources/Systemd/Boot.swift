import CSystemd
import Glibc

/// Which boot of which machine this is, and whether systemd runs it.
package enum Boot {
    /// Whether systemd is PID 1 here.
    package static var isSystemd: Bool { sd_booted() > 0 }

    /// The id of this boot, 32 lower-case hexadecimal digits; another one after each reboot.
    ///
    /// - Throws: ``SystemdError/system(call:errno:)`` where the kernel does not tell.
    package static func id() throws -> String {
        let text = try readSmallFile("/proc/sys/kernel/random/boot_id")
        return text.filter(\.isHexDigit).lowercased()
    }

    private static func readSmallFile(_ path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemdError.system(call: "open \(path)", errno: errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw SystemdError.system(call: "read \(path)", errno: errno) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
