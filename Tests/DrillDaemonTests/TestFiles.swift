/// The texts of a small ground: one target, one scenario, hooks in sh.
enum TestFiles {
    static func calendar(in path: String) -> String {
        """
        [Calendar]
        TimeZone=UTC

        [Person lead-1]
        [Person observer-1]
        [Person sre-1]
        Login=nobody

        [Channel pager]
        Command=hooks/nothing

        [Target ground]
        Environment=staging
        Root=\(path)/target
        Allow=path:\(path)/target
        Steady=hooks/healthy
        Marker=\(path)/marker

        [Target live]
        Environment=production
        Root=\(path)/target
        Steady=hooks/healthy

        """
    }

    /// A drill that is due at two in the night of a new year, or when the lines say.
    static func drill(
        _ name: String, when: String = "*-01-01 02:00", _ lines: String = ""
    ) -> String {
        """

        [Drill \(name)]
        Kind=rollback
        Tier=service
        OnCalendar=\(when)
        Scenario=quick
        Target=ground
        Channel=pager
        AckSec=5s
        Commander=lead-1
        Observers=observer-1
        OnCall=primary:sre-1
        DurationSec=30s
        \(lines)

        """
    }

    static func scenario(in path: String) -> String {
        """
        [Scenario]
        Description=The flag breaks
        Class=technical
        Severity=SEV-2
        Boundary=file -> reader
        Signal=the flag is not whole

        [Packet]
        Hypothesis=The flag is repaired within 1s
        Trigger=the flag is written
        BlastRadius=one file, for at most 20s
        Abort=hooks/never
        ScoreOwner=observer-1

        [Fault flag]
        Hook=hooks/flag
        DurationSec=20s
        Touches=path:\(path)/target

        [Probe steady]
        Command=hooks/healthy
        EverySec=50ms
        HoldSec=100ms

        [Page flag]
        Summary=the flag is broken

        [Respond rollback]
        Command=hooks/repair

        [Mutate]
        DependencyClass=auth billing messaging
        Stress=delayed-signal partial-owners conflicting-requests
        """
    }

    static let hooks = [
        "healthy": #"grep -q whole "$DRILL_TARGET_ROOT/flag""#,
        "never": "exit 1",
        "nothing": "exit 0",
        "repair": #"echo "whole again" >"$DRILL_TARGET_ROOT/flag""#,
        "flag": """
        flag=$DRILL_TARGET_ROOT/flag
        case $1 in
            check) cat "$flag" ;;
            inject) echo broken >"$flag" ;;
            revert) echo whole >"$flag" ;;
        esac
        """,
    ]
}
