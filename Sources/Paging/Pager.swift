import CalendarTime
import Drills

/// Hands pages to channels and says what became of each; it never throws.
///
/// Nothing is stored: secrets are read when they are needed, and what was sent is in the receipts.
/// ``shutdown()`` has to be called before a pager goes out of use.
package struct Pager: Sendable {
    private let secrets: SecretFolder
    private let time: PagingTime
    private let post: HTTPPost
    private let gates: ChannelGates

    /// A pager that reads credentials in a folder; nil: drilld was given none.
    package init(
        credentials folder: String?, clock: some Clock<Duration> = ContinuousClock(),
        wall: @escaping @Sendable () -> WallInstant = WallClock.now
    ) {
        secrets = SecretFolder(folder: folder)
        time = PagingTime(clock, wall: wall)
        post = HTTPPost()
        gates = ChannelGates(time: time)
    }

    /// Hands a page over; tries again as often as the channel allows, and as long as it is wanted.
    ///
    /// - Parameter isWanted: asked before each attempt: a page that is over meanwhile must not fire again.
    package func send(
        _ message: PageMessage, over channel: Channel,
        while isWanted: @Sendable () -> Bool = { true }
    ) async -> Receipt {
        await hand(.fire, message, over: channel, while: isWanted)
            ?? .none(channel, "this channel takes no pages")
    }

    /// Hands a page over by a hook that somebody else runs, under the cap and with the attempts of its channel.
    package func send(
        by hook: @escaping @Sendable () async -> HookReport, over channel: Channel,
        while isWanted: @Sendable () -> Bool = { true }
    ) async -> Receipt {
        await loop(channel, .fire).run({ _ in .called(await hook()) }, while: isWanted)
    }

    /// Says that a page is still firing, before Alertmanager forgets it; other services remember by themselves.
    ///
    /// It notifies nobody and, as a resolve, does not count towards the rate cap.
    package func refresh(
        _ message: PageMessage, over channel: Channel,
        while isWanted: @Sendable () -> Bool = { true }
    ) async -> Receipt {
        guard case .alertmanager = channel.service else {
            return .none(channel, "only Alertmanager has to be told that a page is still firing")
        }
        return await hand(.refresh, message, over: channel, while: isWanted)
            ?? .none(channel, "this channel takes no pages")
    }

    /// Says that a page is over; nil where the service cannot be told.
    package func resolve(_ message: PageMessage, over channel: Channel) async -> Receipt? {
        await hand(.resolve, message, over: channel, while: { true })
    }

    /// Closes the connections; afterwards every page is lost.
    package func shutdown() async {
        await post.shutdown()
    }

    private func hand(
        _ step: PageOrder.Step, _ message: PageMessage, over channel: Channel,
        while isWanted: @Sendable () -> Bool
    ) async -> Receipt? {
        do {
            guard let handover = try handover(of: step, message, over: channel) else { return nil }
            return await loop(channel, step).run(handover, while: isWanted)
        } catch {
            return .none(channel, "\(error)")
        }
    }

    private func loop(_ channel: Channel, _ step: PageOrder.Step) -> AttemptLoop {
        AttemptLoop(channel: channel, step: step, time: time, gates: gates)
    }

    /// What one attempt does; nil where the service knows no such step.
    private func handover(
        of step: PageOrder.Step, _ message: PageMessage, over channel: Channel
    ) throws(ChannelRefusal) -> AttemptLoop.Attempt? {
        let order = PageOrder(step: step, message: message, begin: time.wall())
        if case .email(let sendmail, let from) = channel.service {
            guard step == .fire else { return nil }
            let mail = try MailMessage(order, from: from, channel: channel.name)
            return { _ in await MailProgram(path: sendmail).attempt(mail, channel.limit, time) }
        }
        guard let form = try WireForms(secrets: secrets).form(for: channel, message) else {
            if step != .fire { return nil }
            throw .hook(channel.name)
        }
        guard form.steps.contains(step) else { return nil }
        return { now in
            await post.attempt(order, form, at: now, channel.limit, time)
        }
    }
}

extension Receipt {
    /// A page that was not tried at all.
    static func none(_ channel: Channel, _ reason: String) -> Receipt {
        Receipt(
            channel: channel.name, verdict: .rejected(reason: reason), attempts: 0, microseconds: 0)
    }
}

extension Channel {
    /// How long one attempt may take.
    var limit: Duration { .microseconds(timeout.microseconds) }
}
