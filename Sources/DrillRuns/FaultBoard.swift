import CalendarTime
import Drills

/// Where each fault of a run stands.
struct FaultBoard: Sendable {
    /// The way of one fault through a run.
    enum State: Hashable, Sendable {
        case planned
        /// Asked for; it may bite already.
        case injecting
        /// In place, or not known not to be.
        case live
        /// The hook said that it does not apply here.
        case skipped
        /// The injection failed; it may bite all the same.
        case failed
        case reverting
        case reverted
        /// Three attempts to revert failed, or none answered.
        case leaked
        /// Called off before it was asked for.
        case cancelled
    }

    private var states: [FaultName: State]
    /// In the order the injections were asked for.
    private var asked: [FaultName] = []
    private let names: [FaultName]

    /// A board on which all faults are planned.
    init(_ names: [FaultName]) {
        self.names = names
        states = Dictionary(uniqueKeysWithValues: names.map { ($0, .planned) })
    }

    subscript(_ name: FaultName) -> State {
        states[name] ?? .cancelled
    }

    /// Moves a fault on; the order of injections is kept for the reverts.
    mutating func move(_ name: FaultName, to state: State) {
        if state == .injecting { asked.append(name) }
        states[name] = state
    }

    /// Calls off what was not asked for yet.
    mutating func cancelPlanned() {
        for name in names where self[name] == .planned { states[name] = .cancelled }
    }

    /// Treats what is planned as asked for, because nobody knows better.
    mutating func assumeAsked() {
        for name in names where self[name] == .planned { move(name, to: .injecting) }
    }

    /// Treats reverts without an answer as not asked for, so that they are asked for again.
    mutating func forgetRevertsUnderWay() {
        for name in names where self[name] == .reverting { states[name] = .live }
    }

    /// Faults that still have to be reverted, last in first out.
    var owed: [FaultName] {
        asked.reversed().filter { !isSettled(self[$0]) && self[$0] != .leaked }
    }

    /// Faults whose revert could not be verified, by name.
    var leaked: [FaultName] { names.filter { self[$0] == .leaked } }

    /// Whether no injection is still to come or under way.
    var allAsked: Bool {
        names.allSatisfy { self[$0] != .planned && self[$0] != .injecting }
    }

    /// Whether at least one fault was put in place.
    var anyTookHold: Bool {
        asked.contains { self[$0] != .skipped }
    }

    /// Whether at least one injection was answered, so that what is seen now can be its doing.
    ///
    /// A probe that fails while `inject` still runs detects nothing: TTD counts from the injection.
    var anyAnswered: Bool {
        asked.contains { self[$0] != .skipped && self[$0] != .injecting }
    }

    /// Whether at least one revert was asked for.
    var anyRevertAsked: Bool {
        names.contains { [.reverting, .reverted, .leaked].contains(self[$0]) }
    }

    private func isSettled(_ state: State) -> Bool {
        switch state {
        case .planned, .skipped, .reverted, .cancelled: true
        case .injecting, .live, .failed, .reverting, .leaked: false
        }
    }
}
