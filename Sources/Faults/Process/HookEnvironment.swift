import CalendarTime
import Drills

/// The whole environment of one call of a hook; nothing of ours is inherited.
package struct HookEnvironment: Sendable {
    /// Where a hook's commands are looked for.
    static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    private var variables: [String: String] = ["PATH": Self.searchPath, "LANG": "C.UTF-8"]

    /// The environment of a call that ends at a deadline, in whole seconds since 1970.
    package init(run: RunID?, target: Target?, deadline: WallInstant) {
        variables["DRILL_DEADLINE"] = String(deadline.microsecondsSinceEpoch / 1_000_000)
        variables["DRILL_RUN"] = run?.text
        variables["DRILL_TARGET"] = target?.name.text
        variables["DRILL_TARGET_ROOT"] = target?.root
        variables["DRILL_TARGET_URL"] = target?.url
    }

    /// The environment of a verb of a fault, whose processes bear its tag.
    package init(_ record: ArmedRecord, verb: HookVerb, tag: FaultTag) {
        self.init(run: record.run, target: record.target, deadline: record.deadline.wall)
        variables["DRILL_FAULT"] = record.fault.text
        variables["DRILL_VERB"] = verb.rawValue
        variables[FaultTag.variable] = tag.folder
    }

    /// All variables.
    package var values: [String: String] { variables }

    /// Adds more `DRILL_` variables; others are refused, so that no caller can change how a hook is loaded.
    package mutating func add(_ extra: [String: String]) throws(HookRefusal) {
        for (name, value) in extra.sorted(by: { $0.key < $1.key }) {
            guard name.hasPrefix("DRILL_") else { throw .foreignVariable(name) }
            variables[name] = value
        }
    }

    /// Adds the parameters as `DRILL_PARAM_<NAME>`; returns the values that must never be shown.
    ///
    /// - Parameter mayLack: leaves out a credential that is not there: a revert is tried all the same.
    package mutating func add(
        _ parameters: [Parameter], credentials: CredentialFolder, mayLack: Bool = false
    ) throws(HookRefusal) -> Redactor {
        var secrets: [String] = []
        for parameter in parameters {
            let value: String
            switch parameter.value {
            case .literal(let text): value = text
            case .credential(let name):
                do {
                    value = try credentials.value(of: name)
                } catch {
                    guard mayLack else { throw error }
                    continue
                }
                secrets.append(value)
            }
            variables["DRILL_PARAM_" + Self.variableName(parameter.name)] = value
        }
        return Redactor(secrets: secrets)
    }

    /// `trace-id` as `TRACE_ID`: what a shell accepts as a name.
    private static func variableName(_ name: String) -> String {
        String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}

/// What a fault's hook is asked to do.
package enum HookVerb: String, CaseIterable, Hashable, Sendable, Codable {
    case inject, revert, check, describe
}
