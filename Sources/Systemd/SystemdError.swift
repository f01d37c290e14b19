import Glibc

/// Why systemd, its bus or the kernel did not do what was asked.
package enum SystemdError: Error, Hashable, CustomStringConvertible {
    /// A call into the system failed with an error number.
    case system(call: String, errno: Int32)
    /// PID 1 refused: the name of the D-Bus error and its text.
    case refused(method: String, name: String, text: String)
    /// The answer or the end of the job did not come in time; the work may still be under way.
    case deadline(waitingFor: String, seconds: Double)
    /// A command line that a daemon-reload would change.
    case fragile(unit: String, word: String)
    /// The answer does not have the form that was expected.
    case unreadable(what: String)

    package var description: String {
        switch self {
        case .system(let call, let number):
            "\(call): \(String(cString: strerror(number)))"
        case .refused(let method, let name, let text):
            "systemd refused \(method): \(text) (\(name))"
        case .deadline(let what, let seconds):
            "no end of \(what) within \(seconds)s; it may still be under way"
        case .fragile(let unit, let word):
            "'\(word)' in \(unit) would not survive a daemon-reload; "
                + "use letters, digits and -_./:@=,+% there"
        case .unreadable(let what):
            "cannot read \(what)"
        }
    }

    /// Whether PID 1 does not know the unit.
    package var isUnknownUnit: Bool {
        if case .refused(_, "org.freedesktop.systemd1.NoSuchUnit", _) = self { return true }
        return false
    }
}

/// The result of a libsystemd call, which is a negative error number when it failed.
@discardableResult
func checked(_ call: String, _ result: Int32) throws -> Int32 {
    guard result >= 0 else { throw SystemdError.system(call: call, errno: -result) }
    return result
}
