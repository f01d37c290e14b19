import Drills

/// Whether faults may be injected into a target now.
package struct Ground: Sendable {
    private let store: ArmedStore

    /// The ground as a state folder describes it.
    package init(store: ArmedStore) {
        self.store = store
    }

    /// All reasons against injecting these faults in a run; none if it may go on.
    ///
    /// Faults of the same run do not make the ground dirty, unless one of them is LEAKED.
    package func refusals(
        target: Target, faults: [FaultPlan], run: RunID
    ) -> [GroundRefusal] {
        var found: [GroundRefusal] = []
        if let halt = HaltLever(folder: store.folder).pulled { found.append(.halted(halt)) }
        if DiskSpace.isFull(store.folder.path) { found.append(.diskIsFull(store.folder.path)) }
        if target.environment != "staging" {
            found.append(.notStaging(target.name, environment: target.environment))
        }
        if ArmedTargets(folder: store.folder).arming(of: target.name) == nil {
            found.append(.disarmed(target.name))
        }
        if let refusal = markerRefusal(target) { found.append(refusal) }
        for fault in faults {
            found += BlastRadius.uncovered(fault.touches, by: target.allow)
                .map { .outsideBlastRadius($0, fault: fault.name, target: target.name) }
        }
        return found + dirt(on: target.name, beside: run)
    }

    private func markerRefusal(_ target: Target) -> GroundRefusal? {
        guard let marker = target.marker else { return .noMarker(target.name) }
        // A marker that cannot be read says nothing, so it does not say staging.
        let content = (try? DurableFile.read(marker)) ?? nil
        let words = String(decoding: content ?? [], as: UTF8.self).split(
            whereSeparator: \.isWhitespace)
        return words.contains("staging") ? nil : .markerSilent(target.name, marker: marker)
    }

    private func dirt(on target: TargetName, beside run: RunID) -> [GroundRefusal] {
        do {
            return try store.entries().compactMap { entry in
                guard let record = entry.record else {
                    return .leaked(entry.fault, reason: entry.reason ?? "")
                }
                guard record.target.name == target else { return nil }
                if entry.isLeaked { return .leaked(entry.fault, reason: entry.reason ?? "") }
                return record.run == run ? nil : .stillArmed(entry.fault, target: target)
            }
        } catch {
            return [.storeUnreadable("\(error)")]
        }
    }
}

/// One reason why nothing is injected, with what to do about it.
package enum GroundRefusal: Hashable, Sendable, CustomStringConvertible {
    case halted(Halt)
    case notStaging(TargetName, environment: String)
    case disarmed(TargetName)
    case noMarker(TargetName)
    case markerSilent(TargetName, marker: String)
    case outsideBlastRadius(Resource, fault: FaultName, target: TargetName)
    case stillArmed(FaultID, target: TargetName)
    case leaked(FaultID, reason: String)
    case storeUnreadable(String)
    case diskIsFull(String)

    package var description: String {
        switch self {
        case .halted(let halt):
            "the HALT lever was pulled by \(halt.by): \(halt.reason); "
                + "run 'drillctl release' when it is safe"
        case .notStaging(let target, let environment):
            "the target '\(target)' is '\(environment)', not staging; faults go into staging only"
        case .disarmed(let target):
            "the target '\(target)' is disarmed; run 'drillctl arm \(target)'"
        case .noMarker(let target):
            "the target '\(target)' has no Marker=; name a file on it that holds the word staging"
        case .markerSilent(let target, let marker):
            "the marker of '\(target)', \(marker), does not hold the word staging; "
                + "write it there if this is the staging system"
        case .outsideBlastRadius(let resource, let fault, let target):
            "the fault '\(fault)' touches \(resource), which '\(target)' does not allow; "
                + "add it to Allow= or change the fault"
        case .stillArmed(let fault, let target):
            "the fault '\(fault)' is still armed on '\(target)'; run 'drillctl revert \(fault)'"
        case .leaked(let fault, let reason):
            "the fault '\(fault)' is LEAKED (\(reason)); mend it, then run 'drillctl revert \(fault)'"
        case .storeUnreadable(let reason):
            "the armed records cannot be listed: \(reason)"
        case .diskIsFull(let path):
            "the disk of \(path) is full, so nothing could be recorded; free some space"
        }
    }
}
