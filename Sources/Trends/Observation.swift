/// One measured duration, in seconds.
package struct Observation: Sendable, Hashable {
    /// The duration; for a censored one, the time it was watched without an end.
    package let seconds: Double
    /// Whether the end was not seen, so that the true duration is longer.
    package let isCensored: Bool

    /// A duration, by default one whose end was seen.
    package init(_ seconds: Double, isCensored: Bool = false) {
        self.seconds = seconds
        self.isCensored = isCensored
    }
}

extension Observation {
    /// The sign of `later` minus this one: 1, 0 or -1.
    ///
    /// A censored duration is known only to be longer than its bound. It therefore ranks above
    /// every observed one up to and including its bound, and ties with everything else: with
    /// longer observed ones and with other censored ones nothing is known.
    func sign(to later: Observation) -> Int {
        switch (isCensored, later.isCensored) {
        case (false, false):
            later.seconds > seconds ? 1 : (later.seconds < seconds ? -1 : 0)
        case (false, true): later.seconds >= seconds ? 1 : 0
        case (true, false): seconds >= later.seconds ? -1 : 0
        case (true, true): 0
        }
    }
}
