import CalendarTime
import Drills

/// The pages to the next level that drilld itself held back, because comms were delayed in this cycle.
struct HeldBack {
    private let pages: Set<PageName>
    private let span: TimeSpan

    init(_ timeline: Timeline) {
        var escalated: [PageName: PersonName] = [:]
        var held: Set<PageName> = []
        for entry in timeline.entries {
            switch entry.event {
            case .escalated(let page, _, let person): escalated[page] = person
            case .pageWithheld(let page, let person, _) where escalated[page] == person:
                held.insert(page)
            default: break
            }
        }
        if case .delayed(let span)? = timeline.plan?.mutation.comms {
            (pages, self.span) = (held, span)
        } else {
            (pages, span) = ([], .zero)
        }
    }

    /// What there is to say of a page's escalation; nil if nothing held it back.
    func sentence(of page: PageName?) -> String? {
        guard let page, pages.contains(page) else { return nil }
        return "drilld held the page back for \(span), as comms are delayed in this cycle"
    }
}
