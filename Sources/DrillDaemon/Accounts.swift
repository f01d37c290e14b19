import ControlAPI
import Glibc

/// What the system's user database says about a process.
package enum Accounts {
    /// The login name of a user; the number in digits if there is none.
    package static func login(of uid: UInt32) -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil,
            let name = entry.pw_name
        else { return "\(uid)" }
        return String(cString: name)
    }

    /// Whether a process may do everything: root, the daemon's own user, members of the group.
    static func isOperator(_ peer: Peer, group: String) -> Bool {
        peer.uid == 0 || peer.uid == geteuid() || isMember(peer, of: group)
    }

    private static func isMember(_ peer: Peer, of group: String) -> Bool {
        guard let wanted = groupID(of: group) else { return false }
        if peer.gid == wanted { return true }
        var groups = [gid_t](repeating: 0, count: 1_024)
        var count = Int32(groups.count)
        guard getgrouplist(peer.login, peer.gid, &groups, &count) >= 0 else { return false }
        return groups.prefix(Int(count)).contains(wanted)
    }

    private static func groupID(of name: String) -> gid_t? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 65_536)
        guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            return nil
        }
        return entry.gr_gid
    }
}
