import CalendarTime
import ControlAPI
import Drills
import Reports

/// Every page, from what the daemon said to markup.
struct Pages: Sendable {
    let templates: PageTemplates
    let zone: TimeZoneRules

    /// What is going on now.
    func now(_ sight: Sight, at now: Moment, typed: TypedForm? = nil) -> SharedMarkup {
        render(NowView(sight, at: now, zone: zone, typed: typed), .now)
    }

    func calendar(_ rows: [DrillRow], at now: WallInstant) -> SharedMarkup {
        render(CalendarView(rows, at: now, zone: zone), .calendar)
    }

    func runs(_ rows: [RunRow]) -> SharedMarkup { render(RunsView(rows, zone: zone), .runs) }

    func run(_ detail: RunDetail, at now: Moment, typed: TypedForm?) -> SharedMarkup {
        render(RunView(detail, at: now, zone: zone, typed: typed), .run)
    }

    func trends(_ trend: TrendReply) -> SharedMarkup { render(TrendsView(trend), .trends) }

    func link(_ link: PageLink, token: String, done: String?) -> SharedMarkup {
        render(LinkView(link, token: token, done: done), .link)
    }

    func message(_ title: String, reasons: [String]) -> SharedMarkup {
        render(MessageView(heading: title, sentences: reasons), .message)
    }

    /// What stands before and after the main part of a page.
    func layout(_ view: LayoutView) -> (before: SharedMarkup, after: SharedMarkup) {
        let parts = templates.render(view, with: .layout).split(
            separator: LayoutView.place, maxSplits: 1, omittingEmptySubsequences: false)
        return (SharedMarkup(String(parts[0])), SharedMarkup(String(parts.last ?? "")))
    }

    /// For whom a form is sent: the person that was chosen, or the choice.
    func chooser(_ person: PersonName?, of people: [PersonName]) -> String {
        templates.render(ChooserView(person, of: people), with: .person)
    }

    private func render(_ view: some Sendable, _ template: TemplateFiles.Name) -> SharedMarkup {
        SharedMarkup(templates.render(view, with: template))
    }
}
