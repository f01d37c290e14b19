/// A service that exists only while it is needed; the properties that faults and hooks use.
///
/// Nil and empty leave systemd's default in place.
package struct TransientService: Hashable, Sendable {
    /// `Type=`; ``Kind/exec`` counts as started once the program runs, ``Kind/oneshot`` once it ended.
    package enum Kind: String, Sendable { case exec, oneshot, simple }
    /// `Restart=`
    package enum Restart: String, Sendable {
        case no
        case onFailure = "on-failure"
    }
    /// `KillMode=`
    package enum KillMode: String, Sendable { case controlGroup = "control-group", mixed }
    /// `CollectMode=`
    package enum CollectMode: String, Sendable {
        case inactive
        case inactiveOrFailed = "inactive-or-failed"
    }
    /// `ProtectSystem=`
    package enum ProtectSystem: String, Sendable {
        case yes, full, strict
    }

    package var description: String
    package var kind: Kind
    /// One program with its arguments, by absolute path.
    package var start: [String]
    /// Runs when the service ends, however that comes; empty for none. Plain words only, see
    /// ``fragileWord``.
    package var stopPost: [String] = []
    /// The service is stopped after so long. No effect on ``Kind/oneshot``: use ``startTimeout``.
    package var runtimeMax: Duration?
    package var startTimeout: Duration?
    package var stopTimeout: Duration?
    /// Stops as soon as one of these stops.
    package var bindsTo: [String] = []
    package var after: [String] = []
    package var killMode: KillMode = .controlGroup
    package var restart: Restart = .no
    package var restartDelay: Duration?
    package var collectMode: CollectMode = .inactive
    /// A oneshot that ended well stays, so that its exit status can be read.
    package var remainsAfterExit = false
    /// `NAME=value` each.
    package var environment: [String] = []
    package var user: String?
    package var slice: String?
    package var workingDirectory: String?
    /// The file that standard output and standard error replace.
    package var outputFile: String?
    package var noNewPrivileges = false
    package var privateTmp = false
    package var protectSystem: ProtectSystem?
    package var readWritePaths: [String] = []
    /// Limits on what one hook may use.
    package var tasksMax: UInt64?
    package var fileSizeMax: UInt64?
    /// Whatever else, by D-Bus name.
    package var further: [UnitProperty] = []

    /// A service that runs one program.
    package init(description: String, kind: Kind, start: [String]) {
        self.description = description
        self.kind = kind
        self.start = start
    }
}

extension TransientService {
    /// A word that would be another one after a daemon-reload, in a command that runs after it.
    ///
    /// PID 1 keeps a transient unit as a file and reads it again at each reload. systemd 252 quotes
    /// dollar signs, semicolons and the like there in a way that it does not undo.
    package var fragileWord: String? {
        let laterCommands = restart == .no ? stopPost : start + stopPost
        return laterCommands.first { !$0.utf8.allSatisfy(Self.plainBytes.contains) }
    }

    private static let plainBytes = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@=,+% ".utf8)

    /// The properties as PID 1 takes them, in a fixed order.
    package var properties: [UnitProperty] {
        identity + execution + life + confinement + further
    }

    private var identity: [UnitProperty] {
        [
            UnitProperty("Description", .string(description)),
            UnitProperty("CollectMode", .string(collectMode.rawValue)),
        ] + list("BindsTo", bindsTo) + list("After", after)
    }

    private var execution: [UnitProperty] {
        var properties = [
            UnitProperty("Type", .string(kind.rawValue)),
            UnitProperty("ExecStart", .commands([BusCommand(start)])),
        ]
        if !stopPost.isEmpty {
            properties.append(UnitProperty("ExecStopPost", .commands([BusCommand(stopPost)])))
        }
        properties += list("Environment", environment)
        properties += text("User", user) + text("Slice", slice)
        properties += text("WorkingDirectory", workingDirectory)
        properties += text("StandardOutputFileToTruncate", outputFile)
        // After StandardOutput=file:, "inherit" sends both streams to one open file.
        properties += outputFile == nil ? [] : [UnitProperty("StandardError", .string("inherit"))]
        return properties
    }

    private var life: [UnitProperty] {
        time("RuntimeMaxUSec", runtimeMax) + time("TimeoutStartUSec", startTimeout)
            + time("TimeoutStopUSec", stopTimeout)
            + [
                UnitProperty("KillMode", .string(killMode.rawValue)),
                UnitProperty("Restart", .string(restart.rawValue)),
            ] + time("RestartUSec", restartDelay) + flag("RemainAfterExit", remainsAfterExit)
    }

    private var confinement: [UnitProperty] {
        flag("NoNewPrivileges", noNewPrivileges) + flag("PrivateTmp", privateTmp)
            + text("ProtectSystem", protectSystem?.rawValue)
            + list("ReadWritePaths", readWritePaths)
            + number("TasksMax", tasksMax) + number("LimitFSIZE", fileSizeMax)
    }

    private func time(_ name: String, _ value: Duration?) -> [UnitProperty] {
        value.map { [UnitProperty(name, .uint64($0.wholeMicroseconds))] } ?? []
    }

    private func number(_ name: String, _ value: UInt64?) -> [UnitProperty] {
        value.map { [UnitProperty(name, .uint64($0))] } ?? []
    }

    private func text(_ name: String, _ value: String?) -> [UnitProperty] {
        value.map { [UnitProperty(name, .string($0))] } ?? []
    }

    private func list(_ name: String, _ values: [String]) -> [UnitProperty] {
        values.isEmpty ? [] : [UnitProperty(name, .strings(values))]
    }

    private func flag(_ name: String, _ isOn: Bool) -> [UnitProperty] {
        isOn ? [UnitProperty(name, .boolean(true))] : []
    }
}

/// A timer that starts the service of its own name once, at an absolute time.
///
/// A countdown (`OnActiveSec=`) would begin again with every daemon-reload; a calendar time does not.
package struct TransientTimer: Hashable, Sendable {
    package let description: String
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    package let microsecondsSinceEpoch: Int64

    /// A timer for one moment.
    package init(description: String, microsecondsSinceEpoch: Int64) {
        self.description = description
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// The properties as PID 1 takes them.
    package var properties: [UnitProperty] {
        let expression = BusExpression("OnCalendar", calendarText)
        return [
            UnitProperty("Description", .string(description)),
            UnitProperty("TimersCalendar", .expressions([expression])),
            UnitProperty("AccuracyUSec", .uint64(1)),
            UnitProperty("RemainAfterElapse", .boolean(false)),
        ]
    }

    /// The moment as `OnCalendar=` takes it, to the microsecond.
    package var calendarText: String {
        CivilText.utc(microsecondsSinceEpoch: microsecondsSinceEpoch)
    }
}

extension Duration {
    /// Whole microseconds, rounded towards zero; zero for what is negative.
    var wholeMicroseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let microseconds = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000)
        guard !microseconds.overflow else { return .max }
        return microseconds.partialValue + UInt64(attoseconds / 1_000_000_000_000)
    }
}
