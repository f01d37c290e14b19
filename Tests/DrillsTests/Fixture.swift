import CalendarTime
import Drills
import Testing
import UnitFiles

/// A small good file set, and changes to it.
struct Fixture {
    var calendars = ["base.calendar": baseCalendar]
    var scenarios = ["slow.scenario": slowScenario, "gap.scenario": gapScenario]
    /// Drop-ins that are laid over files of these names.
    var dropIns: [String: String] = [:]

    static let specifiers = Specifiers(host: "testhost", kernelRelease: "6.1")
    static let zones = ZoneDatabase()

    func load(
        checkHook: (HookCommand, SourcePosition) -> [Problem] = { _, _ in [] }
    ) -> (calendar: DrillCalendar?, problems: [Problem]) {
        var problems: [Problem] = []
        let calendars = files(calendars, into: &problems)
        let scenarios = files(scenarios, into: &problems)
        let result = DrillCalendar.reading(
            calendars: calendars, scenarios: scenarios, zones: Self.zones,
            specifiers: Self.specifiers, at: november, checkHook: checkHook)
        problems = (problems + result.problems).sorted()
        return (result.calendar, problems)
    }

    /// The calendar of files that are known to be good.
    func calendar() throws -> DrillCalendar {
        let result = load()
        #expect(result.problems.map(\.description) == [])
        return try #require(result.calendar)
    }

    private func files(
        _ texts: [String: String], into problems: inout [Problem]
    ) -> [UnitFile] {
        texts.sorted { $0.key < $1.key }.map { name, text in
            var file = UnitFile.parse(
                Array(text.utf8), name: name, path: name, into: &problems)
            if let dropIn = dropIns[name] {
                let path = "\(name).d/test.conf"
                file.merge(
                    UnitFile.parse(
                        Array(dropIn.utf8), name: "test.conf", path: path, into: &problems))
            }
            return file
        }
    }
}

/// 2026-11-21 00:00:00 UTC.
let november = WallInstant(microsecondsSinceEpoch: 1_795_219_200_000_000)

private let baseCalendar = """
    [Calendar]
    Description=Base
    Team=payments
    TimeZone=Europe/Berlin
    Campaign=2027-Q1

    [Person lead-1]
    [Person lead-2]
    [Person observer-1]
    RealName=Olga Observer
    Login=olga
    [Person sre-1]
    [Person sre-2]

    [Channel pager]
    Command=hooks/page
    Parameters=team=payments token=@credential:pager
    [Target shop]
    Environment=staging
    Allow=unit:shop-*.service port:tcp/8080 path:/srv/shop
    Steady=hooks/healthy
    Marker=/srv/shop/environment

    [Drill rollback]
    Kind=rollback
    Tier=service
    OnCalendar=Tue *-*-01..07 14:00
    Scenario=slow
    Coordination=gap
    Target=shop
    Commander=lead-1 lead-2
    Observers=observer-1
    OnCall=primary:sre-1 secondary:sre-2
    DurationSec=45min
    Channel=pager

    """

private let slowScenario = """
    [Scenario]
    Description=Payments answer slowly
    Class=technical
    Severity=SEV-2
    Boundary=checkout -> payments
    Signal=p95 above 800ms

    [Packet]
    Hypothesis=Checkout sheds load
    Trigger=latency 50ms -> 900ms
    BlastRadius=shop only
    Abort=hooks/errors-above 50%
    ScoreOwner=observer-1

    [Fault latency]
    Hook=hooks/latency
    Parameters=dependency=payments add=900ms
    StartSec=5min
    DurationSec=10min
    Touches=port:tcp/8080

    [Probe checkout]
    Command=hooks/healthy

    [Respond rollback]
    Command=hooks/rollback
    TargetSec=2min

    [Mutate]
    FaultTiming=-10min 0 +10min
    Stress=delayed-signal partial-owners

    """

private let gapScenario = """
    [Scenario]
    Description=The owner is away
    Class=coordination
    Severity=SEV-3
    Boundary=on-call -> owner
    Signal=no ack

    [Packet]
    Hypothesis=The secondary takes over
    Trigger=the owner is silent
    BlastRadius=people only
    Abort=hooks/errors-above 80%
    ScoreOwner=observer-1

    [Mutate]
    OwnerAvailability=present late:5min absent
    Comms=normal channel-down
    Exclude=owner=absent comms=channel-down

    """
