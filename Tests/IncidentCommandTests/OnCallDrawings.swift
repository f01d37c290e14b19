import CalendarTime
import Drills
import IncidentCommand
import Testing

/// One page second by second: what the world does, where the page stands, and what time brings about.
///
/// World: `o` posted to pager and chat; `p` `c` pager, chat accepts, `P` `C` refuses, `L` `M` loses; `q` posted to sre-2,
/// `s` accepted for sre-2; `w` comms hold it back; `1` `2` sre-1, sre-2 acknowledges, `!` sre-1 does something; `x` resolved;
/// `v` verify begins. States: `.` planned, else their first letter with `o` for posting. Told: `E` escalate, `X` an ack
/// lapses, `N` nobody is left.
struct DrawnPage: Sendable, CustomTestStringConvertible {
    let story: String
    var plan = RunPlan.onCall()
    let world: String
    let states: String
    var told = ""

    var testDescription: String { story }

    /// The states and what was told, as the board has it.
    func play() -> (states: String, told: String) {
        var board = PageBoard(plan)
        var states = ""
        var told = ""
        let page = plan.pages[0].name
        for (second, character) in world.enumerated() {
            let now = BootInstant(microsecondsSinceBoot: Int64(second) * 1_000_000)
            if let event = Self.event(character, page) { board.note(event, at: now) }
            var mark: Character = " "
            while let event = board.wake(at: now).first {
                mark = Self.mark(of: event)
                board.note(event, at: now)
            }
            told.append(mark)
            states.append(Self.letter(of: board[page]?.state))
        }
        while told.last == " " { told.removeLast() }
        return (states, told)
    }

    private static func event(_ character: Character, _ page: PageName) -> RunEvent? {
        switch character {
        case "o": .posting(page)
        case "p": .sent(page, over: "pager")
        case "c": .sent(page, over: "chat")
        case "P": .sent(page, over: "pager", .rejected(reason: "exit 1"))
        case "C": .sent(page, over: "chat", .rejected(reason: "exit 1"))
        case "L": .sent(page, over: "pager", .lost(reason: "timed out"))
        case "M": .sent(page, over: "chat", .lost(reason: "timed out"))
        case "q": .posting(page, to: "sre-2")
        case "s": .sent(page, to: "sre-2", over: "pager")
        case "w": .pageWithheld(page: page, person: "sre-1", reason: "comms")
        case "1": .acked(page: page, person: "sre-1", channel: "drillctl")
        case "2": .acked(page: page, person: "sre-2", channel: "drillctl")
        case "!":
            .acted(act: .postStatus(text: "on it", outOfTurn: nil), person: "sre-1", via: "console")
        case "x": .pageResolved(page: page, reason: "all clear")
        case "v": .phaseEntered(phase: .verify)
        default: nil
        }
    }

    private static func mark(of event: RunEvent) -> Character {
        switch event {
        case .escalated: "E"
        case .ackExpired: "X"
        case .noted: "N"
        default: "?"
        }
    }

    private static func letter(of state: PageCard.State?) -> Character {
        switch state {
        case nil: "?"
        case .planned?: "."
        case .posting?: "o"
        case .withheld?: "w"
        case .triggered?: "t"
        case .acknowledged?: "a"
        case .escalated?: "e"
        case .resolved?: "r"
        }
    }
}

extension DrawnPage {
    static let all: [DrawnPage] = sending + acknowledging + escalating

    private static let sending = [
        DrawnPage(
            story: "is sent when the first channel accepts it, though the other refuses",
            world: " oPc 1", states: ".ootta"),
        DrawnPage(
            story: "is withheld when every channel failed, and escalates counted from the posting",
            world: " oPM   qs2", states: ".oowwweeea", told: "      E"),
        DrawnPage(
            story: "never escalates when comms drop it, for nobody was turned to",
            plan: .onCall(comms: .channelDown), world: " w       ", states: ".wwwwwwww"),
        DrawnPage(
            story: "is still planned while comms delay it",
            plan: .onCall(comms: .delayed(.seconds(3))), world: " w  op", states: "....ot"),
        DrawnPage(
            story: "keeps its clock when it is posted again",
            world: " op o    ", states: ".otttttee", told: "       E"),
    ]

    private static let acknowledging = [
        DrawnPage(
            story: "is acknowledged in time", world: " op 1   x", states: ".ottaaaar"),
        DrawnPage(
            story: "is open again when its ack lapses, and its clock starts anew",
            plan: .onCall(ackExpiry: .seconds(3)),
            world: " op1         ", states: ".otaaatttttee", told: "      X    E"),
        DrawnPage(
            story: "stays acknowledged while its holder does something",
            plan: .onCall(ackExpiry: .seconds(3)),
            world: " op1 !   x", states: ".otaaaaatr", told: "        X"),
        DrawnPage(
            story: "is acknowledged anew after its ack lapsed",
            plan: .onCall(ackExpiry: .seconds(3)),
            world: " op1   1", states: ".otaaata", told: "      X"),
        DrawnPage(
            story: "is open only when the acks of both have lapsed",
            plan: .onCall(ackExpiry: .seconds(3)), world: " op     qs1 2    ",
            states: ".ottttteeeaaaaaee", told: "       E     X X"),
        DrawnPage(
            story: "of noise waits for nobody", plan: .onCall(pages: [.ofNoise]),
            world: " op       ", states: ".otttttttt"),
        DrawnPage(
            story: "of another team waits for nobody here", plan: .onCall(pages: [.ofAnotherTeam]),
            world: " op       ", states: ".otttttttt"),
    ]

    private static let escalating = [
        DrawnPage(
            story: "escalates at the deadline, which counts from the first acceptance",
            world: " o  p     qs2", states: ".ooottttteeea", told: "         E"),
        DrawnPage(
            story: "is acknowledged by both after it escalated",
            world: " op     qs12", states: ".ottttteeeaa", told: "       E"),
        DrawnPage(
            story: "ends with nobody left when the secondary is silent too",
            world: " op     qs      ", states: ".ottttteeeeeeeee", told: "       E      N"),
        DrawnPage(
            story: "ends with nobody left when there is no secondary",
            plan: .onCall(secondary: false), world: " op      ", states: ".ottttttt",
            told: "       N"),
        DrawnPage(
            story: "does not escalate once it is resolved",
            world: " op x      ", states: ".ottrrrrrrr"),
        DrawnPage(
            story: "does not escalate while everything is taken back",
            world: " op v      ", states: ".ottttttttt"),
    ]
}
