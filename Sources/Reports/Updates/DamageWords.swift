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
        guard let length = damage.length(at: now), let users = damage.usersHarmed(at: now) else {
            return "none, nothing was injected"
        }
        let time = DurationText.short(length.seconds)
        return "\(counted(users, "user")): \(rate) a minute for \(time), \(end)"
            + (damage.spansRestart ? ", measured on the wall clock across a restart" : "")
    }

    private var end: String {
        if let end = damage.end { return "until the \(end.cause.rawValue)" }
        return damage.isOver ? "and nothing stopped it before the end" : "and it goes on"
    }

    /// `110 users, 20 fewer`.
    var bleedStopFirst: String {
        guard let users = damage.bleedStopFirst, let real = damage.usersHarmed(at: now) else {
            return damage.pagesNobody
                ? "cannot be told without a rollback that stopped it"
                : "cannot be told without an ack and a rollback"
        }
        let change = real - users
        let compared =
            change > 0 ? "\(change) fewer" : change < 0 ? "\(-change) more" : "the same"
        let known = damage.pagesNobody ? "detection" : "ack"
        return "\(counted(users, "user")) with the rollback right after \(known) and scope, "
            + compared
    }
}
