import CalendarTime

/// What became of handing one page to a channel.
package struct Receipt: Hashable, Sendable, Codable {
    package let channel: ChannelName?
    package let verdict: Verdict
    /// How often it was tried.
    package let attempts: Int
    /// From the first attempt to the last answer, in microseconds of boot time.
    package let microseconds: Int64
    /// What the service calls the page, if it said so.
    package let reference: String?
    /// The hook's report, for channels of type `exec`.
    package let report: HookReport?

    /// The service's answer.
    package enum Verdict: Hashable, Sendable, Codable {
        /// The service has it; whether anybody's pager rang is another matter.
        case accepted
        /// The service said no; trying again would not help.
        case rejected(reason: String)
        /// No answer, or only bad ones, until the attempts were used up; it may have arrived.
        case lost(reason: String)
    }

    /// A page handed over, or not.
    package init(
        channel: ChannelName?, verdict: Verdict, attempts: Int, microseconds: Int64,
        reference: String? = nil, report: HookReport? = nil
    ) {
        self.channel = channel
        self.verdict = verdict
        self.attempts = attempts
        self.microseconds = microseconds
        self.reference = reference
        self.report = report
    }

    /// What a hook's only report says about the page it was to send.
    package init(channel: ChannelName?, report: HookReport) {
        self.init(
            channel: channel, verdict: Verdict(report), attempts: 1,
            microseconds: report.microseconds, report: report)
    }

    /// Whether the service has the page.
    package var wasAccepted: Bool { verdict == .accepted }
}

extension Receipt.Verdict {
    /// What the end of a hook says about the page it was to send.
    package init(_ report: HookReport) {
        switch report.ending {
        case .exited(status: 0): self = .accepted
        case .timedOut, .lost, .signalled, .stopped: self = .lost(reason: "\(report.ending)")
        case .exited where report.wantsRetry: self = .lost(reason: "\(report.ending)")
        case .exited, .refused: self = .rejected(reason: "\(report.ending)")
        }
    }
}

/// A notification that came back from a service: somebody was told, and where.
package struct Notification: Hashable, Sendable, Codable {
    package let page: PageName
    package let channel: ChannelName
    /// The receiver as the service names it.
    package let receiver: String
    package let status: Status
    /// Names the delivery, so that the same one told twice is known.
    package let delivery: String
    /// Who did it, where the service knows: the one who acknowledged, for example.
    package let person: String?
    /// The level whose incident it is about, where the service knows incidents by our keys.
    package let level: OnCallLevel?

    /// What the service told people.
    package enum Status: String, Hashable, Sendable, Codable {
        case firing, resolved, acknowledged, escalated, silenced
    }

    /// A notification of one page.
    package init(
        page: PageName, channel: ChannelName, receiver: String, status: Status, delivery: String,
        person: String?, level: OnCallLevel? = nil
    ) {
        self.page = page
        self.channel = channel
        self.receiver = receiver
        self.status = status
        self.delivery = delivery
        self.person = person
        self.level = level
    }
}
