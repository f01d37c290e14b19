/// The name of one subject, such as a drill or a person; two kinds of names never mix.
package struct Name<Subject>: Hashable, Sendable {
    /// The name as written: letters, digits, `-`, `_` and `.`, starting with a letter or digit.
    package let text: String

    /// Takes text that was checked before or comes from the program itself.
    package init(_ text: String) {
        self.text = text
    }

    /// Reads a name from a file or a command line; nil if it has a character that names do not have.
    ///
    /// Names become parts of file names and unit names, so nothing else is allowed.
    package init?(checking text: String) {
        guard (1...maximumNameLength).contains(text.utf8.count), let first = text.utf8.first,
            Self.isAlphanumeric(first),
            text.utf8.allSatisfy({ Self.isAlphanumeric($0) || "-_.".utf8.contains($0) }),
            !text.contains("..")
        else { return nil }
        self.text = text
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

/// The longest name in bytes: a unit name has room for a prefix, a run and a fault.
private let maximumNameLength = 80

extension Name: Comparable, CustomStringConvertible, ExpressibleByStringLiteral, Codable {
    package static func < (left: Name, right: Name) -> Bool { left.text < right.text }

    package var description: String { text }

    package init(stringLiteral text: String) { self.init(text) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let name = Name(checking: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is no name")
        }
        self = name
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Names a ``Drill``.
package typealias DrillName = Name<Drill>
/// Names a ``Scenario``.
package typealias ScenarioName = Name<Scenario>
/// Names a ``Target``.
package typealias TargetName = Name<Target>
/// Names a ``Person``.
package typealias PersonName = Name<Person>
/// Names a ``Freeze``.
package typealias FreezeName = Name<Freeze>
/// Names a ``Channel``.
package typealias ChannelName = Name<Channel>
/// Names a ``FaultPlan`` within its scenario.
package typealias FaultName = Name<FaultPlan>
/// Names a ``Probe`` within its scenario.
package typealias ProbeName = Name<Probe>
/// Names a ``Response`` within its scenario.
package typealias ResponseName = Name<Response>
/// Names a ``PagePlan`` within its scenario.
package typealias PageName = Name<PagePlan>
/// Names one run: the drill and its cycle, `rollback-staging-3`.
package typealias RunID = Name<RunPlan>
/// Names one live fault on a machine: the run and the fault, `rollback-staging-3.latency`.
package typealias FaultID = Name<RunPlan.LiveFault>

extension RunPlan {
    /// The subject of a ``FaultID``.
    package enum LiveFault {}
}

extension Name where Subject == RunPlan {
    /// The run of a drill's cycle, counted from 1.
    package init(drill: DrillName, cycle: Int) {
        self.init("\(drill)-\(cycle)")
    }
}

extension Name where Subject == RunPlan.LiveFault {
    /// The live fault of a run.
    package init(run: RunID, fault: FaultName) {
        self.init("\(run).\(fault)")
    }
}
