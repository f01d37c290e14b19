import CalendarTime
import Drills

/// Where the people of a run stand: pages, playbook, lanes, checkpoints, severity, evidence, updates.
///
/// A fold of its own over the run's events, so that the engine, the scorecard and the console see the same.
package struct IncidentBoard: Hashable, Sendable {
    package let plan: RunPlan
    /// Pages, acks and escalation, which keep their own clocks: ``PageBoard/wake(at:)``.
    package private(set) var pages: PageBoard
    package private(set) var stage = ResponseStage()
    package private(set) var playbook: Playbook
    package private(set) var damage: Damage
    package private(set) var roles: Roles
    package private(set) var checkpoints = Checkpoints()
    package private(set) var severity: SeverityBoard
    package private(set) var evidence = EvidenceList()
    package private(set) var preChecks = PreChecks()
    package private(set) var updates: UpdateCadence
    package private(set) var session: SessionClock
    package private(set) var overruns = Overruns()
    private(set) var outputs = RunOutputs()

    /// A board of a run that has not been opened.
    package init(_ plan: RunPlan) {
        self.plan = plan
        pages = PageBoard(plan)
        playbook = Playbook(plan)
        damage = Damage(plan)
        roles = Roles(plan.roster)
        severity = SeverityBoard(plan)
        updates = UpdateCadence(plan.response)
        session = SessionClock(plan.response)
    }

    /// The board as a timeline leaves it; nil for an empty one.
    package init?(_ timeline: Timeline) {
        guard let plan = timeline.plan else { return nil }
        self.init(plan)
        var bootID = timeline.entries.first?.bootID
        for (entry, instant) in zip(timeline.entries, timeline.instants) {
            if entry.bootID != bootID { damage.noteRestart() }
            bootID = entry.bootID
            note(entry.event, at: instant)
        }
    }

    /// Takes in a recorded event.
    package mutating func note(_ event: RunEvent, at now: BootInstant) {
        guard !event.isRoutine else { return }
        pages.note(event, at: now)
        if case .checkpointOpened = event {
            checkpoints.note(event, packet: packet, at: now)
        } else {
            checkpoints.note(event, packet: nil, at: now)
        }
        stage.note(event, at: now)
        playbook.note(event, of: plan, at: now)
        damage.note(event, of: plan, at: now)
        roles.note(event, at: now)
        severity.note(event, at: now)
        evidence.note(event, at: now)
        outputs.note(event, of: plan, evidence: evidence.items.count, at: now)
        preChecks.note(event)
        updates.note(event, at: now)
        overruns.note(event, at: now)
        session.note(event, standing: standing, informs: informs(event), at: now)
    }

    private var standing: SessionClock.Standing {
        SessionClock.Standing(
            isAcknowledged: openPages.isEmpty
                && (plan.pages.isEmpty || pages.cards.contains { !$0.acks.isEmpty }),
            isScoped: playbook.scope != nil,
            isStopped: damage.isStopped,
            isVerified: stage.isResolved || stage.cleared != nil)
    }

    /// Whether an event tells people how things stand; a status that a script posts does when the script has.
    private func informs(_ event: RunEvent) -> Bool {
        switch event {
        case .acted(.sendUpdate, _, _): true
        case .acted(.postStatus, _, _): plan.response(taking: .status) == nil
        case .responseFinished(let name, _, _, let report):
            report.succeeded && plan.response(named: name)?.step == .status
        default: false
        }
    }
}

extension IncidentBoard {
    /// Who sorts out what is wrong: the last to acknowledge a page, or the owner of the response.
    package var triage: PersonName? {
        pages.cards.flatMap(\.acks).max { $0.at < $1.at }?.person ?? roles.owners[.response]
    }

    /// Who stops it: whom the last decision names, or the owner of the response.
    package var mitigation: PersonName? {
        checkpoints.lastDecision?.decision.execution ?? roles.owners[.response]
    }

    /// An act as it holds: the next checkpoint of a decision comes sooner after one that was overdue or had a conflict.
    package func holding(_ act: ResponseAct) -> ResponseAct {
        guard case .decide(let decision) = act else { return act }
        return .decide(decision.with(nextCheckpoint: checkpoints.interval(after: decision)))
    }

    /// How long someone is out in this cycle, in words; nil: they are there.
    package func absence(of person: PersonName, at now: Moment) -> String? {
        pages.absence(of: person, at: now)
    }

    /// Pages that went out, want an ack and have none, in plan order.
    package var openPages: [PageName] {
        pages.cards.filter {
            $0.plan.wantsAck && ($0.state == .triggered || $0.state == .escalated)
        }.map(\.plan.name)
    }

    /// What everybody needs to know now.
    package var packet: CheckpointPacket {
        CheckpointPacket(
            severity: severity.current, posture: severity.posture,
            owners: Lane.allCases.map { .init(lane: $0, person: roles.owners[$0]) },
            target: plan.target.name, scope: playbook.scope,
            dependencyClass: severity.dependencyClass, outputs: outputs.sinceCheckpoint,
            residualRisk: residualRisk, next: checkpoints.next?.at)
    }

    private var residualRisk: [String] {
        let faults = outputs.liveFaults.map { "fault \($0) is in place" }
        let pages = openPages.map { "page \($0) is not acknowledged" }
        let checks = preChecks.failures.map { "\($0.check.rawValue): \($0.detail)" }
        let unowned = Lane.allCases.filter { roles.owners[$0] == nil }.map {
            "lane \($0.rawValue) has no owner"
        }
        let unknowns = Lane.allCases.compactMap { lane in
            roles.handovers.last { $0.handoff.lane == lane }.map {
                "unknown in \(lane.rawValue): \($0.handoff.openUnknowns)"
            }
        }
        let scope = playbook.scope == nil ? ["the scope is not confirmed"] : []
        return faults + pages + checks + unowned + scope + unknowns
    }
}

extension Decision {
    /// The same with another time for the next checkpoint.
    fileprivate func with(nextCheckpoint span: TimeSpan) -> Decision {
        Decision(
            branch: branch, rung: rung, whyNow: whyNow, rejected: rejected,
            reversibility: reversibility, blastRadius: blastRadius, verification: verification,
            confidence: confidence, execution: execution, verificationOwner: verificationOwner,
            nextCheckpoint: span)
    }
}

extension RunEvent {
    /// Whether it is one of the many checks of a run that change nothing for its people.
    fileprivate var isRoutine: Bool {
        switch self {
        case .abortChecked, .steadyChecked: true
        case .probeFinished(_, _, let report): report.succeeded
        default: false
        }
    }
}
