import ControlAPI
import Drills
import Faults
import Paging
import Systemd

/// What comes back about pages: webhooks of services, signed acks, and the links in pages.
extension DrillDesk {
    /// Notes what a service sent. Whoever proved nothing learns nothing: not which channels and runs there are.
    ///
    /// What a service says of other runs concerns nobody and is taken, or it would be sent for ever; an ack of our own
    /// form that does nothing is refused.
    func take(_ webhook: Webhook, of name: ChannelName) async throws -> Done {
        let channels = openChannels(named: name)
        guard !channels.isEmpty else { throw unbelieved(name, "there is no such channel") }
        let (returned, isAck) = try read(webhook, by: channels)
        if isAck, let ack = returned.first { return try await acknowledge(by: ack, over: name) }
        var noted = 0
        for item in returned {
            guard let conductor = conductors[item.run],
                conductor.plan.channel(named: name) != nil
            else { continue }
            let told = named(item.notification, in: conductor.plan)
            let event = await conductor.note(told, isToldAgain: item.isToldAgain)
            noted += event == nil ? 0 : 1
        }
        return Done(message: "noted \(noted) of \(returned.count)")
    }

    /// The channel as the open runs have it, and as the calendar has it now.
    private func openChannels(named name: ChannelName) -> [Channel] {
        let open = openRuns.compactMap { conductors[$0.run]?.plan.channel(named: name) }
        let planned = calendar.channels[name].map { [$0] } ?? []
        return (planned + open).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func read(
        _ webhook: Webhook, by channels: [Channel]
    ) throws -> (returned: [Returned], isAck: Bool) {
        var reason: WebhookRefusal?
        for channel in channels {
            do throws(WebhookRefusal) {
                let returned = try webhooks.read(
                    headers: webhook.headers, body: webhook.body, channel: channel,
                    now: MachineClock.now().wall)
                return (returned, channel.takesSignedAcks)
            } catch {
                reason = reason ?? error
            }
        }
        guard let reason, let name = channels.first?.name else { return ([], false) }
        guard reason.isAboutProof else { throw Refusal(.badRequest, ["\(reason)"]) }
        throw unbelieved(name, "\(reason)")
    }

    /// One answer for all who prove nothing; the journal has the reason.
    private func unbelieved(_ name: ChannelName, _ reason: String) -> Refusal {
        journal.write(
            "a webhook for channel '\(name)' is not believed: \(reason)", priority: .warning)
        return Refusal(
            .notPermitted,
            ["this is not believed; sign it as the channel asks, the journal of drilld says more"])
    }

    /// The notification with the person of the roster behind a user of the service; with the user as the service says
    /// if nobody is.
    func named(_ told: Notification, in plan: RunPlan) -> Notification {
        guard let user = told.person else { return told }
        let address = plan.response.addresses.first {
            $0.channel == told.channel && $0.text == user
        }
        let named = calendar.people.values.first { $0.realName == user }
        return told.naming((address?.person ?? named?.name)?.text ?? user)
    }
}

// Links.
extension DrillDesk {
    /// What the button behind a link would do, and whether somebody did it already.
    func pageLink(_ token: String) async throws -> PageLink {
        let (run, name, person) = try read(token)
        let timeline = try await detail(of: run).timeline
        guard let page = timeline.plan?.page(named: name) else {
            throw Refusal(.notFound, ["run \(run) has no page '\(name)'"])
        }
        return PageLink(
            run: run, page: name, person: person, summary: page.summary,
            acknowledgedBy: timeline.holder(of: name), isOpen: conductors[run] != nil)
    }

    func acknowledge(byLink token: String) async throws -> Done {
        let (run, page, person) = try read(token)
        return try await acknowledge(page, in: try openRun(run), by: person, channel: "link")
    }

    func read(
        _ token: String
    ) throws -> (run: RunID, page: PageName, person: PersonName) {
        do throws(LinkRefusal) { return try links.read(token) } catch {
            throw Refusal(.notPermitted, ["\(error)"])
        }
    }
}

extension WebhookRefusal {
    /// Whether the sender has not shown that it knows the key, or there is none.
    fileprivate var isAboutProof: Bool {
        switch self {
        case .missingSignature, .wrongSignature, .noSigningKey, .secret, .speaksNever, .noTime:
            true
        case .tooLarge, .tooOld, .fromTheFuture, .notJSON, .wrongVersion, .unknownType,
            .noAck:
            false
        }
    }
}

extension Notification {
    fileprivate func naming(_ person: String?) -> Notification {
        Notification(
            page: page, channel: channel, receiver: receiver, status: status, delivery: delivery,
            person: person, level: level)
    }
}

extension Channel {
    /// Whether what comes back are acks in our own form, and nothing else.
    fileprivate var takesSignedAcks: Bool {
        if case .webhook = service { true } else { false }
    }
}

extension Timeline {
    /// Who holds the ack of a page; nil while nobody does, also after it lapsed.
    fileprivate func holder(of page: PageName) -> PersonName? {
        var holder: PersonName?
        for entry in entries {
            switch entry.event {
            case .acked(page, let person, _): holder = person
            case .ackExpired(page, _): holder = nil
            default: break
            }
        }
        return holder
    }
}
