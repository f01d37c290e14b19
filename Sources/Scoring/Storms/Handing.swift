import CalendarTime
import Drills

/// A page that a channel was given, and what it said.
struct Handing: Hashable {
    let page: PageName
    /// Nil for one that was posted again.
    let level: OnCallLevel?
    let receipt: Receipt
    /// From the posting to the answer.
    let taken: TimeSpan

    /// The answers of a channel in order; after them, when the run has ended, what it never answered.
    static func all(over channel: ChannelName, in timeline: Timeline) -> [Handing] {
        var record = HandingRecord(channel: channel)
        for entry in timeline.entries { record.note(entry) }
        return record.answered + (timeline.outcome == nil ? [] : record.unanswered)
    }
}

/// The handings to one channel, read one entry after the other.
private struct HandingRecord {
    let channel: ChannelName
    private(set) var answered: [Handing] = []
    private var open: [Posted] = []

    /// A page that is about to be handed over.
    private struct Posted {
        let page: PageName
        let level: OnCallLevel
        let at: Stamp
    }

    init(channel: ChannelName) {
        self.channel = channel
    }

    mutating func note(_ entry: Timeline.Entry) {
        switch entry.event {
        case .pagePosting(let page, _, let level, let channels) where channels.contains(channel):
            open.append(Posted(page: page, level: level, at: Stamp(entry)))
        case .pageSent(let page, _, let level, let receipt) where receipt.channel == channel:
            let posted = open.first { $0.page == page && $0.level == level }
            open.removeAll { $0.page == page && $0.level == level }
            let taken = posted.map { Stamp(entry).span(since: $0.at) }
            add(page, level, receipt, taken)
        case .pageRepeated(let page, _, let receipt) where receipt.channel == channel:
            add(page, nil, receipt, nil)
        default: break
        }
    }

    var unanswered: [Handing] {
        open.map { posted in
            let receipt = Receipt(
                channel: channel, verdict: .lost(reason: "it was never answered"), attempts: 1,
                microseconds: 0)
            return Handing(page: posted.page, level: posted.level, receipt: receipt, taken: .zero)
        }
    }

    private mutating func add(
        _ page: PageName, _ level: OnCallLevel?, _ receipt: Receipt, _ taken: TimeSpan?
    ) {
        answered.append(
            Handing(
                page: page, level: level, receipt: receipt,
                taken: taken ?? TimeSpan(microseconds: max(0, receipt.microseconds))))
    }
}
