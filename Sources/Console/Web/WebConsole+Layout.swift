import CalendarTime
import ControlAPI
import Drills
import NIOCore

/// What stands around each page.
extension WebConsole {
    /// A whole page.
    func page(
        _ visit: Visit, _ main: SharedMarkup, title: String, status: Int = 200,
        sight: Sight? = nil, typed: TypedForm? = nil
    ) -> WebReply {
        let people = sight?.people ?? []
        let person = visit.session?.person ?? people.first { $0.text == visit.session?.peer.login }
        let token = visit.session?.formToken ?? ""
        let chooser = pages.chooser(person, of: people)
        let layout = LayoutView(
            title: title, route: visit.problem == nil ? visit.route : nil,
            session: visit.session, person: person, people: people,
            notice: visit.session.flatMap { sessions.takeNotice(of: $0.id) },
            alert: typed.map { LayoutView.AlertView($0, on: main) }, now: visit.now,
            zone: pages.zone, frame: sight.map { feed.id(of: $0.version) })
        var body = ByteBuffer()
        let (before, after) = pages.layout(layout)
        for part in [before, main, after] {
            part.write(into: &body, formToken: token, person: chooser)
        }
        return .page(body, status: status)
    }

    /// The page that everybody looks at; made anew when something changed or its clocks are a second old.
    func nowMarkup(of sight: Sight, at now: Moment) -> SharedMarkup {
        recent.markup(of: sight.version, at: now.boot) { pages.now(sight, at: now) }
    }
}
