import CalendarTime

/// What is promised and expected of the people in a run.
package struct ResponsePlan: Hashable, Sendable, Codable {
    /// Whether people take the steps of the response; otherwise its scripts do.
    package let isAttended: Bool
    /// An ack lapses when its holder does nothing for so long; nil: never.
    package let ackExpiry: TimeSpan?
    package let addresses: [Address]
    /// How often updates of each kind are promised, from the begin of the response.
    package let cadence: [Promise]
    package let timeline: SessionTimeline
    /// How long a checkpoint may stay without a decision.
    package let decisionLimit: TimeSpan
    /// How long after the injection everything has to be clear.
    package let allClear: TimeSpan
    /// Prints the last known-good revision; nil: nobody said how to find it.
    package let revision: HookCommand?
    /// The one place where evidence is kept besides the archive: an address or folder.
    package let evidencePlace: String?

    /// An update that was promised.
    package struct Promise: Hashable, Sendable, Codable {
        package let kind: UpdateKind
        package let every: TimeSpan

        /// A kind of update and how often it is sent.
        package init(kind: UpdateKind, every: TimeSpan) {
            self.kind = kind
            self.every = every
        }
    }

    /// What is promised and expected.
    package init(
        isAttended: Bool, ackExpiry: TimeSpan?, addresses: [Address], cadence: [Promise],
        timeline: SessionTimeline, decisionLimit: TimeSpan, allClear: TimeSpan,
        revision: HookCommand?, evidencePlace: String?
    ) {
        self.isAttended = isAttended
        self.ackExpiry = ackExpiry
        self.addresses = addresses
        self.cadence = cadence
        self.timeline = timeline
        self.decisionLimit = decisionLimit
        self.allClear = allClear
        self.revision = revision
        self.evidencePlace = evidencePlace
    }

    /// A response by scripts, with nothing promised.
    package static let scripted = ResponsePlan(
        isAttended: false, ackExpiry: nil, addresses: [], cadence: [], timeline: .fifteen,
        decisionLimit: .minutes(5), allClear: .minutes(15), revision: nil, evidencePlace: nil)
}

/// What people are told while a response goes on; each is rendered from the run's state.
package enum UpdateKind: String, CaseIterable, Hashable, Sendable, Codable {
    case firstFiveMinutes = "first-five"
    case escalation
    case `internal`
    case stakeholder
    /// The incident as it stands now.
    case snapshot
    /// For those who decide about money and promises.
    case leadership
}

/// How the time of a session is divided.
package enum SessionTimeline: String, CaseIterable, Hashable, Sendable, Codable {
    case fifteen = "15min"
    case fortyFive = "45min"
    case sixty = "60min"

    /// A stretch of a session.
    package struct Stretch: Hashable, Sendable, Codable {
        package let name: Name
        /// When it has to be over, from the begin of the response.
        package let end: TimeSpan

        /// A stretch and its end.
        package init(name: Name, end: TimeSpan) {
            self.name = name
            self.end = end
        }

        /// What a stretch is for.
        package enum Name: String, CaseIterable, Hashable, Sendable, Codable {
            case acknowledge, scope, mitigate, verify, communicate
        }
    }

    /// The stretches in order, by the minute at which each has to be over.
    package var stretches: [Stretch] {
        let ends: [Int64] =
            switch self {
            case .fifteen: [1, 3, 8, 12, 15]
            case .fortyFive: [2, 8, 25, 37, 45]
            case .sixty: [3, 10, 35, 50, 60]
            }
        return zip(Stretch.Name.allCases, ends).map { name, minute in
            Stretch(name: name, end: .minutes(minute))
        }
    }
}

/// Something that took longer than it may.
package enum Overrun: Hashable, Sendable, Codable {
    /// A checkpoint without a decision; counted from 1.
    case decision(checkpoint: Int)
    case update(UpdateKind, number: Int)
    case stretch(SessionTimeline.Stretch.Name)
    /// Conflicting recommendations that were not looked at again.
    case reassessment(checkpoint: Int)
    /// Not all clear in time.
    case allClear
}

/// What is looked at before the brief.
package enum PreCheck: String, CaseIterable, Hashable, Sendable, Codable {
    case revision
    case rollbackPath = "rollback-path"
    case owners
    case evidencePlace = "evidence-place"
}
