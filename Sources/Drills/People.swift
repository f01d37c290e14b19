import CalendarTime

/// Someone who takes part in drills.
package struct Person: Hashable, Sendable, Codable {
    package let name: PersonName
    /// The name that people read; the short name if none is given.
    package let realName: String
    /// The login that acts for this person; of other logins only operators may. Nil: nobody else may.
    package let login: String?
    /// Where each channel reaches them, as far as it has to be told.
    package let addresses: [ChannelName: String]

    /// A person as the calendar describes them.
    package init(
        name: PersonName, realName: String, login: String?, addresses: [ChannelName: String] = [:]
    ) {
        self.name = name
        self.realName = realName
        self.login = login
        self.addresses = addresses
    }
}

/// One person on call, at a level.
package struct OnCall: Hashable, Sendable, Codable {
    package let level: OnCallLevel
    package let person: PersonName

    /// A person at a level.
    package init(level: OnCallLevel, person: PersonName) {
        self.level = level
        self.person = person
    }
}

/// Whether a person on call can act in this cycle.
package enum Availability: Hashable, Sendable, Codable {
    case present
    /// Acks count only from this long after the first page.
    case late(TimeSpan)
    case absent
}

/// Whether pages get through in this cycle.
package enum CommsCondition: Hashable, Sendable, Codable {
    case normal
    /// Each page is held back this long.
    case delayed(TimeSpan)
    /// No page is sent on the first channel; people must find out otherwise.
    case channelDown
}

/// The people of one run.
package struct Roster: Hashable, Sendable, Codable {
    package let commander: PersonName
    package let deputy: PersonName?
    package let scoreOwner: PersonName
    package let observers: [PersonName]
    /// Sorted by level, primary first.
    package let onCall: [OnCall]
    /// The owner of each lane that has one.
    package let lanes: [Lane: PersonName]

    /// The people of one run; `onCall` is sorted here.
    package init(
        commander: PersonName, deputy: PersonName?, scoreOwner: PersonName,
        observers: [PersonName], onCall: [OnCall], lanes: [Lane: PersonName]
    ) {
        self.commander = commander
        self.deputy = deputy
        self.scoreOwner = scoreOwner
        self.observers = observers
        self.onCall = onCall.sorted { $0.level < $1.level }
        self.lanes = lanes
    }

    /// Who is paged when it matters; the commander where nobody is on call.
    package var firstOnCall: PersonName { onCall.first?.person ?? commander }

    /// Lanes owned by the commander, who must own none.
    package var lanesOfCommander: [Lane] {
        Lane.allCases.filter { lanes[$0] == commander }
    }
}
