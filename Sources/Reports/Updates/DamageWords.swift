import CalendarTime
import IncidentCommand

/// What a failure cost, in words: rate times time.
struct DamageWords {
    private let damage: Damage
    private let now: BootInstant

    init(_ damage: Damage, now: BootInstant) {
        self.damage = damage
        self.now = now
    }

    /// `130 users: 120 a minute for 1min 5s, until the rollback`.
    var cost: String {
        guard let rate = damage.rate else {
            return "not known; the scenario has no UsersAffectedPerMinute="
        }
        guard let begun = damage.begunAt, let users = damage.usersHarmed(at: now) else {
            return "none, nothing was injected"
        }
        let length = DurationText.short((damage.end?.at ?? now).span(since: begun).seconds)
        let end = damage.end.map { "until the \($0.cause.rawValue)" } ?? "and it goes on"
        return "\(counted(users, "user")): \(rate) a minute for \(length), \(end)"
    }

    /// `110 users, 20 fewer`.
    var bleedStopFirst: String {
        guard let users = damage.bleedStopFirst, let real = damage.usersHarmed(at: now) else {
            return "cannot be told without an ack and a rollback"
        }
        let change = real - users
        let compared =
            change > 0 ? "\(change) fewer" : change < 0 ? "\(-change) more" : "the same"
        return "\(counted(users, "user")) with the rollback right after ack and scope, \(compared)"
    }
}
