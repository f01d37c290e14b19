import CalendarTime
import Drills

/// What stands around each page: the menu, who acts, the lever, and what has to be said.
struct LayoutView: Sendable {
    /// Where the main part of the page goes. No text can imitate it: its signs are escaped in texts.
    static let place = "<!--main-->"

    let title: String
    let sheet = Assets.sheet.name
    let patch = Assets.patch.name
    let script = Assets.script.name
    let icon = Assets.icon.name
    let menu: [MenuView]
    let identity: [IdentityView]
    let halt: [FormView]
    let notice: [String]
    let alert: [AlertView]
    /// The daemon's clock, from which the script goes on; in milliseconds since boot.
    let clock: String
    let asOf: String
    /// The frame of the live page that this one shows; empty on other pages.
    let frame: String
    let isLive: Bool

    struct MenuView: Sendable {
        let path: String
        let name: String
        let isCurrent: Bool
    }

    struct IdentityView: Sendable {
        let login: String
        let people: [FieldView.OptionView]
        let canChoose: Bool
    }

    /// Why a form was refused, and what was typed into it if it is not on the page any more.
    struct AlertView: Sendable {
        let sentences: [String]
        let typed: [TypedView]
        let hasTyped: Bool

        init(_ form: TypedForm, on main: SharedMarkup) {
            sentences = form.reasons
            typed = main.hasForm(form.formID) ? [] : form.texts.map(TypedView.init)
            hasTyped = !typed.isEmpty
        }
    }

    struct TypedView: Sendable {
        let typedName: String
        let typedText: String
    }

    init(
        title: String, route: WebRoute?, session: ConsoleSession?, person: PersonName?,
        people: [PersonName], notice: String?, alert: AlertView?, now: Moment,
        zone: TimeZoneRules, frame: String?
    ) {
        self.title = title
        menu = session == nil ? [] : Self.menu(at: route)
        identity = session.map { [Self.identity($0, person, people)] } ?? []
        halt =
            session == nil
            ? []
            : [
                FormView(
                    "halt", to: "halt", "HALT", button: "Stop everything", style: "danger",
                    hint: "Reverts every fault, stops every run, and blocks new ones until it is "
                        + "released.",
                    fields: [.line("reason", "Reason")], back: "/now", asksPerson: false)
            ]
        self.notice = notice.map { [$0] } ?? []
        self.alert = alert.map { [$0] } ?? []
        clock = "\(now.boot.microsecondsSinceBoot / 1_000)"
        asOf = TimeWords.timeOfDay(now.wall, in: zone) + " " + zone.abbreviation(at: now.wall)
        self.frame = frame ?? ""
        isLive = frame != nil
    }

    private static func menu(at route: WebRoute?) -> [MenuView] {
        let pages: [(path: String, name: String, isCurrent: Bool)] = [
            ("/now", "Now", route == .now), ("/calendar", "Calendar", route == .calendar),
            ("/runs", "Runs", route?.isAboutRuns == true),
            ("/trends", "Trends", route == .trends),
        ]
        return pages.map { MenuView(path: $0.path, name: $0.name, isCurrent: $0.isCurrent) }
    }

    private static func identity(
        _ session: ConsoleSession, _ person: PersonName?, _ people: [PersonName]
    ) -> IdentityView {
        IdentityView(
            login: session.peer.login,
            people: people.map {
                FieldView.OptionView(
                    optionValue: $0.text, optionLabel: $0.text, isSelected: $0 == person)
            },
            canChoose: !people.isEmpty)
    }
}

/// For whom a form is sent.
struct ChooserView: Sendable {
    let chosen: [String]
    let choices: [String]
    let mustChoose: Bool

    init(_ person: PersonName?, of people: [PersonName]) {
        chosen = person.map { [$0.text] } ?? []
        choices = people.map(\.text)
        mustChoose = person == nil
    }
}

extension WebRoute {
    fileprivate var isAboutRuns: Bool {
        switch self {
        case .runs, .run: true
        default: false
        }
    }
}

extension TimeZoneRules {
    /// What the zone is called at an instant.
    fileprivate func abbreviation(at instant: WallInstant) -> String {
        let words = instant.formatted(in: self, precision: .seconds).split(separator: " ")
        return words.count > 3 ? String(words[3]) : ""
    }
}

extension Sight {
    /// Everybody with a part in an open run, each once.
    var people: [PersonName] {
        var seen: Set<PersonName> = []
        return runs.compactMap { $0.plan?.roster.everybody }.joined()
            .filter { seen.insert($0).inserted }
    }
}

extension Roster {
    /// Everybody with a part in a run, each once; those on call first.
    var everybody: [PersonName] {
        var seen: Set<PersonName> = []
        let leaders = [commander] + [deputy].compactMap { $0 }
        return
            (onCall.map(\.person) + leaders + Lane.allCases.compactMap { lanes[$0] }
            + [scoreOwner] + observers).filter { seen.insert($0).inserted }
    }
}
