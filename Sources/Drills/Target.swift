import CalendarTime

/// The system under drill, and what may be touched of it.
package struct Target: Hashable, Sendable, Codable {
    package let name: TargetName
    /// `staging`, or another word that needs the production guard.
    package let environment: String
    /// Everything that faults may touch: the declared blast radius.
    package let allow: [Resource]
    /// The steady-state check run before and after each drill.
    package let steady: HookCommand
    /// A file on the target that holds the word `staging`; a target without it is never injected.
    package let marker: String?
    /// The folder of the target, given to hooks as `DRILL_TARGET_ROOT`.
    package let root: String?
    /// The address of the target, given to hooks as `DRILL_TARGET_URL`.
    package let url: String?

    /// A target as the calendar describes it.
    package init(
        name: TargetName, environment: String, allow: [Resource], steady: HookCommand,
        marker: String?, root: String?, url: String?
    ) {
        self.name = name
        self.environment = environment
        self.allow = allow
        self.steady = steady
        self.marker = marker
        self.root = root
        self.url = url
    }
}

/// Something a fault touches or a target allows: `unit:shop-*.service`, `port:tcp/8080`, `path:/srv/shop`.
package struct Resource: Hashable, Sendable, Codable, CustomStringConvertible {
    package let scheme: Scheme
    /// For units a glob, for ports `tcp/N` or `udp/N`, for paths an absolute folder or file.
    package let pattern: String

    /// What kind of thing it is.
    package enum Scheme: String, CaseIterable, Hashable, Sendable, Codable {
        case unit, port, path
    }

    /// A resource in two parts.
    package init(scheme: Scheme, pattern: String) {
        self.scheme = scheme
        self.pattern = pattern
    }

    package var description: String { "\(scheme.rawValue):\(pattern)" }
}

/// A hook file and its arguments.
package struct HookCommand: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The file, relative to the scenarios folder: `hooks/shop-healthy`.
    package let hook: String
    package let arguments: [String]

    /// A hook to be called with these arguments.
    package init(hook: String, arguments: [String] = []) {
        self.hook = hook
        self.arguments = arguments
    }

    package var description: String { ([hook] + arguments).joined(separator: " ") }
}

/// A named value given to a hook as `DRILL_PARAM_<NAME>`.
package struct Parameter: Hashable, Sendable, Codable {
    package let name: String
    package let value: Value

    /// What the hook gets.
    package enum Value: Hashable, Sendable, Codable {
        case literal(String)
        /// The content of a systemd credential, read when the hook starts; written `@credential:NAME`.
        case credential(String)
    }

    /// A parameter with its value.
    package init(name: String, value: Value) {
        self.name = name
        self.value = value
    }
}
