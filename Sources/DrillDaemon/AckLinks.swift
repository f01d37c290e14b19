import CalendarTime
import ControlAPI
import Drills
import Faults
import Paging

/// The links in pages, each of which opens the ack button for one page and one person.
struct AckLinks: Sendable {
    private let signer: LinkSigner
    private let origin: @Sendable () -> String?

    /// How long after the run's deadline a link still says what became of the run.
    private static let afterlife = TimeSpan.minutes(60)

    /// - Parameter origin: where browsers reach the console now; nil: nowhere.
    init(signer: LinkSigner, origin: @escaping @Sendable () -> String?) {
        self.signer = signer
        self.origin = origin
    }

    /// The link of a page for a person; nil where no browser can reach the console.
    func address(of page: PageName, in plan: RunPlan, for person: PersonName) -> String? {
        guard let origin = origin() else { return nil }
        let expires = MachineClock.now().wall.advanced(by: plan.duration)
            .advanced(by: Self.afterlife)
        let token = signer.token(run: plan.run, page: page, person: person, expires: expires)
        return "\(origin)/link/\(token)"
    }

    /// What a token is about, if it was made here and has not expired.
    func read(
        _ token: String
    ) throws(LinkRefusal) -> (run: RunID, page: PageName, person: PersonName) {
        try signer.verify(token, now: MachineClock.now().wall)
    }
}

extension DrillDesk {
    /// From whose share a request is taken: that of whoever sent it, or of the person whose link it brings.
    ///
    /// - Throws: ``Refusal`` for a link that was not made here, which therefore costs nobody anything.
    func payer(of request: ControlRequest, _ peer: Peer) throws -> RequestMeter.Payer {
        switch request {
        case .pageLink(let token), .ackByLink(let token):
            let (run, _, person) = try read(token)
            return .link(run, person)
        default: return .user(peer.uid)
        }
    }
}
