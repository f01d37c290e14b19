/// A value in a message to PID 1, of the few D-Bus types that unit properties need.
package enum BusValue: Hashable, Sendable {
    case boolean(Bool)
    case int32(Int32)
    case uint64(UInt64)
    case string(String)
    case strings([String])
    /// Command lines, as `ExecStart` and its kin take them.
    case commands([BusCommand])
    /// Timer expressions: the directive and its value.
    case expressions([BusExpression])

    /// The D-Bus signature.
    var signature: String {
        switch self {
        case .boolean: "b"
        case .int32: "i"
        case .uint64: "t"
        case .string: "s"
        case .strings: "as"
        case .commands: "a(sasb)"
        case .expressions: "a(ss)"
        }
    }
}

/// One `ExecStart=` line as D-Bus carries it: an argv, none of whose words is expanded.
///
/// `ExecStartEx` would say so with a flag, but systemd 252 writes such a line under that name to the
/// transient unit's file, does not know it there, and so loses the command at the next daemon-reload.
package struct BusCommand: Hashable, Sendable {
    /// The program's absolute path and its arguments; never empty.
    package let argv: [String]

    /// - Precondition: argv names a program.
    package init(_ argv: [String]) {
        precondition(!argv.isEmpty, "a command line names a program")
        self.argv = argv
    }
}

/// One timer directive, such as `OnCalendar=` and its expression.
package struct BusExpression: Hashable, Sendable {
    /// The directive.
    package let directive: String
    /// What it is set to.
    package let expression: String

    /// A directive with its value.
    package init(_ directive: String, _ expression: String) {
        self.directive = directive
        self.expression = expression
    }
}

/// One property of a unit, by its D-Bus name, such as `RuntimeMaxUSec`.
package struct UnitProperty: Hashable, Sendable {
    /// The D-Bus name; times end in `USec`.
    package let name: String
    /// What it is set to.
    package let value: BusValue

    /// A property with its value.
    package init(_ name: String, _ value: BusValue) {
        self.name = name
        self.value = value
    }
}
