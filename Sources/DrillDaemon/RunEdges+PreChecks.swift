import CalendarTime
import Drills
import Faults
import Glibc
import IncidentCommand

/// What is looked at before the brief, now and not when the calendar was written.
extension RunEdges {
    /// Looks at one thing; `passed` is nil when nobody said how to.
    func preCheck(_ check: PreCheck) async -> RunEvent {
        let (passed, detail): (Bool?, String) =
            switch check {
            case .revision: await revision()
            case .rollbackPath: rollbackPath()
            case .owners: owners()
            case .evidencePlace: EvidencePlace.verdict(on: plan.response.evidencePlace)
            }
        return .preChecked(check: check, passed: passed, detail: detail)
    }

    private func revision() async -> (Bool?, String) {
        guard let command = plan.response.revision else {
            return (nil, "target '\(plan.target.name)' has no Revision=")
        }
        let report = await call(command, timeout: Patience.steady)
        guard report.succeeded else { return (false, "\(command.hook): \(report.ending)") }
        let line = report.output.split(whereSeparator: \.isNewline).first ?? ""
        return line.isEmpty
            ? (false, "\(command.hook) printed nothing") : (true, String(line.prefix(200)))
    }

    private func owners() -> (Bool?, String) {
        let (passed, detail) = OwnerGraph.check(plan)
        return (passed, detail)
    }

    /// The hook may be run at this very moment, by the rules that the agent goes by.
    private func rollbackPath() -> (Bool?, String) {
        guard let response = plan.response(taking: .rollback) else {
            return (nil, "scenario '\(plan.technical)' has no [Respond] that rolls back")
        }
        let problems = hookGuard.problems(with: response.command)
        let hook = response.command.hook
        return problems.isEmpty
            ? (true, "\(hook) can be run now") : (false, problems.joined(separator: "; "))
    }
}

/// The one place where evidence is kept besides the archive.
enum EvidencePlace {
    /// Whether it can be used: an address that reads as one, or a folder that can be written.
    static func verdict(on place: String?) -> (Bool?, String) {
        guard let place else { return (nil, "the drill has no place for evidence") }
        guard place.hasPrefix("/") else {
            return isAddress(place)
                ? (true, place) : (false, "'\(place)' is neither an address nor an absolute path")
        }
        var facts = stat()
        guard stat(place, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
            return (false, "there is no folder \(place)")
        }
        return access(place, W_OK) == 0
            ? (true, place) : (false, "drilld cannot write to \(place)")
    }

    private static func isAddress(_ text: String) -> Bool {
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            let host = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return !host.isEmpty && !text.contains(where: \.isWhitespace)
        }
        return false
    }
}
