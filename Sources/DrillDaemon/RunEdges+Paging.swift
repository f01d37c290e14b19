import CalendarTime
import DrillRuns
import Drills
import Faults
import Paging

/// Pages: a hook goes through the agent, everything else through the pager; each channel by itself.
extension RunEdges {
    typealias Post = @Sendable (RunEvent) async -> Void

    func performPaging(_ effect: Effect, _ post: @escaping Post) async {
        switch effect {
        case .page(let page, let person, let level, let channels):
            await hand(page, to: person, level, over: channels) { receipt in
                await post(.pageSent(page: page, person: person, level: level, receipt: receipt))
            }
        case .repeatPage(let page, let person, let number, let channels):
            await hand(page, to: person, level(of: person, page), over: channels) { receipt in
                await post(.pageRepeated(page: page, number: number, receipt: receipt))
            }
        case .refreshPages(let pages, let channels):
            await onEach(channels) { channel in
                for page in pages { await refresh(page, at: channel, post) }
            }
        case .resolvePage(let page, let channels):
            await onEach(channels) { channel in
                for posting in self.pages.posted.toResolve(page, at: channel.name) {
                    await resolve(posting, at: channel, post)
                }
            }
        default: break
        }
    }

    /// Resolves whatever was posted and is not known to be over; the run is, so nothing is recorded any more.
    func settlePages() async {
        let left = pages.posted.left
        guard !left.isEmpty else { return }
        await withDiscardingTaskGroup { group in
            let alarm = Task {
                // Cancelled when all channels have answered.
                try? await Task.sleep(for: Self.longestSettling)
            }
            group.addTask {
                await onEach(Set(left.map(\.channel)).sorted()) { channel in
                    for posting in left where posting.channel == channel.name {
                        await resolve(posting, at: channel) { _ in }
                    }
                }
                alarm.cancel()
            }
            await alarm.value
            group.cancelAll()
        }
    }

    /// How long a run that is over waits for channels that do not answer.
    private static let longestSettling = Duration.seconds(10)

    /// Channels are asked side by side, so that a slow one holds up no other.
    private func onEach(
        _ names: [ChannelName], _ body: @escaping @Sendable (Channel) async -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            for channel in names.compactMap(plan.channel(named:)) {
                group.addTask { await body(channel) }
            }
        }
    }

    /// Every channel answers, one that the plan does not have as well.
    private func hand(
        _ page: PageName, to person: PersonName, _ level: OnCallLevel,
        over channels: [ChannelName], answered: @escaping @Sendable (Receipt) async -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            for name in channels {
                let posting = PostedPages.Posting(
                    page: page, person: person, level: level, channel: name)
                group.addTask { await answered(await send(posting)) }
            }
        }
    }

    private func send(_ posting: PostedPages.Posting) async -> Receipt {
        guard let channel = plan.channel(named: posting.channel), let message = message(posting)
        else {
            let report = HookReport(.refused(reason: "the drill has no such page or channel"))
            return Receipt(channel: posting.channel, report: report)
        }
        let isWanted = { @Sendable in pages.posted.isWanted(posting.page) }
        if case .exec(let command, let parameters) = channel.service {
            return await pages.pager.send(
                by: {
                    await call(
                        command, parameters: parameters, adding: message.variables,
                        timeout: channel.timeout)
                }, over: channel, while: isWanted)
        }
        let receipt = await pages.pager.send(message, over: channel, while: isWanted)
        await settle(posting, receipt, at: channel)
        return receipt
    }

    /// A page that came to its end while it was on its way may fire now: it is resolved, for the first time or again.
    private func settle(
        _ posting: PostedPages.Posting, _ receipt: Receipt, at channel: Channel
    ) async {
        if pages.posted.end(posting, receipt) { await resolve(posting, at: channel) { _ in } }
    }

    private func refresh(_ page: PageName, at channel: Channel, _ post: Post) async {
        // Only Alertmanager forgets a page that is not told again.
        guard case .alertmanager = channel.service else { return }
        for posting in pages.posted.firing(page, at: channel.name) {
            guard let message = message(posting) else { continue }
            let receipt = await pages.pager.refresh(message, over: channel) {
                pages.posted.isWanted(page)
            }
            await settle(posting, receipt, at: channel)
            guard !receipt.wasAccepted, pages.posted.isWanted(page) else { continue }
            await post(.noted(text: "page \(page) was not refreshed: \(receipt.sentence)"))
        }
    }

    private func resolve(
        _ posting: PostedPages.Posting, at channel: Channel, _ post: Post
    ) async {
        guard let message = message(posting) else { return }
        let count = pages.posted.count(of: posting)
        let receipt = await pages.pager.resolve(message, over: channel)
        guard let receipt, !receipt.wasAccepted else {
            pages.posted.forget(posting, firedBefore: count)
            return
        }
        await post(.noted(text: "page \(posting.page) was not resolved: \(receipt.sentence)"))
    }

    private func message(_ posting: PostedPages.Posting) -> PageMessage? {
        guard let page = plan.page(named: posting.page) else { return nil }
        // Noise has a button as well, or everybody could tell it from the rest.
        return PageMessage(
            page, of: plan, to: posting.person, level: posting.level, over: posting.channel,
            link: pages.link(page.name, posting.person))
    }

    /// A page is repeated where it stands: to the level of whoever has it.
    private func level(of person: PersonName, _ page: PageName) -> OnCallLevel {
        plan.roster.onCall.first { $0.person == person }?.level
            ?? plan.page(named: page)?.to ?? .primary
    }
}

extension PageMessage {
    /// What a hook that sends the page is told.
    var variables: [String: String] {
        var values = [
            "DRILL_PAGE_ID": page.text, "DRILL_PAGE_TO": person.text,
            "DRILL_PAGE_LEVEL": level.rawValue, "DRILL_PAGE_SUMMARY": summary,
            "DRILL_PAGE_SEVERITY": severity.rawValue, "DRILL_PAGE_TEXT": text,
            "DRILL_PAGE_LABELS":
                labels.map { "\($0.name)=\($0.value)" }.joined(separator: "\n"),
        ]
        values["DRILL_PAGE_ADDRESS"] = address
        values["DRILL_PAGE_LINK"] = link
        return values
    }
}
