import Systemd
import Testing

@Suite("The properties of a transient unit")
struct UnitPropertyTests {
    @Test("say nothing about what was not asked for")
    func minimalService() {
        let service = TransientService(description: "d", kind: .oneshot, start: ["/bin/true"])
        #expect(
            service.properties == [
                UnitProperty("Description", .string("d")),
                UnitProperty("CollectMode", .string("inactive")),
                UnitProperty("Type", .string("oneshot")),
                UnitProperty("ExecStart", .commands([BusCommand(["/bin/true"])])),
                UnitProperty("KillMode", .string("control-group")),
                UnitProperty("Restart", .string("no")),
            ])
    }

    @Test("hold a fault: a deadline, a revert at the end, and the daemon it depends on")
    func holdUnit() {
        var service = TransientService(
            description: "hold", kind: .exec, start: ["/bin/sleep", "infinity"])
        service.runtimeMax = .seconds(600)
        service.stopTimeout = .milliseconds(1500)
        service.stopPost = ["/usr/lib/drilld/drill-agent", "revert", "f-1"]
        service.bindsTo = ["drilld.service"]
        service.after = ["drilld.service"]
        service.collectMode = .inactiveOrFailed
        let expected: [String: BusValue] = [
            "Type": .string("exec"),
            "CollectMode": .string("inactive-or-failed"),
            "RuntimeMaxUSec": .uint64(600_000_000),
            "TimeoutStopUSec": .uint64(1_500_000),
            "BindsTo": .strings(["drilld.service"]),
            "After": .strings(["drilld.service"]),
            "ExecStopPost": .commands([
                BusCommand(["/usr/lib/drilld/drill-agent", "revert", "f-1"])
            ]),
        ]
        for (name, value) in expected {
            #expect(service.properties.first { $0.name == name }?.value == value, "\(name)")
        }
    }

    @Test("confine a hook")
    func confinedHook() {
        var service = TransientService(description: "hook", kind: .oneshot, start: ["/h"])
        service.environment = ["DRILL_RUN=r 1"]
        service.user = "nobody"
        service.slice = "drills.slice"
        service.workingDirectory = "/"
        service.outputFile = "/run/out"
        service.noNewPrivileges = true
        service.privateTmp = true
        service.protectSystem = .strict
        service.readWritePaths = ["/srv/shop"]
        service.tasksMax = 64
        service.fileSizeMax = 1 << 20
        service.restart = .onFailure
        service.restartDelay = .seconds(1)
        service.startTimeout = .seconds(2)
        service.remainsAfterExit = true
        service.further = [UnitProperty("SendSIGHUP", .boolean(true))]
        let names = service.properties.map(\.name)
        #expect(
            names == [
                "Description", "CollectMode", "Type", "ExecStart", "Environment", "User", "Slice",
                "WorkingDirectory", "StandardOutputFileToTruncate", "StandardError",
                "TimeoutStartUSec", "KillMode", "Restart", "RestartUSec", "RemainAfterExit",
                "NoNewPrivileges", "PrivateTmp", "ProtectSystem", "ReadWritePaths", "TasksMax",
                "LimitFSIZE", "SendSIGHUP",
            ])
        #expect(Set(names).count == names.count)
    }

    @Test(
        "name the word of a revert that a daemon-reload would change",
        arguments: ["$HOME", "a;b", "`id`", "quo\"te", "back\\slash", "new\nline", "ü", "a&b"])
    func fragileRevert(word: String) {
        var service = TransientService(description: "", kind: .exec, start: ["/x", word])
        #expect(service.fragileWord == nil)
        service.stopPost = ["/lib/agent", "revert", "f-1_2.3:4@5=6,7+8 50%"]
        #expect(service.fragileWord == nil)
        service.restart = .onFailure
        #expect(service.fragileWord == word)
        service.restart = .no
        service.stopPost.append(word)
        #expect(service.fragileWord == word)
    }

    @Test("put a timer at an absolute time, to the microsecond, and remove it afterwards")
    func timer() {
        let timer = TransientTimer(description: "t", microsecondsSinceEpoch: 1_795_269_909_000_001)
        #expect(
            timer.properties == [
                UnitProperty("Description", .string("t")),
                UnitProperty(
                    "TimersCalendar",
                    .expressions([
                        BusExpression("OnCalendar", "2026-11-21 14:05:09.000001 UTC")
                    ])),
                UnitProperty("AccuracyUSec", .uint64(1)),
                UnitProperty("RemainAfterElapse", .boolean(false)),
            ])
    }

    @Test(
        "write every moment the way OnCalendar= reads it",
        arguments: [
            (0, "1970-01-01 00:00:00.000000 UTC"),
            (-1, "1969-12-31 23:59:59.999999 UTC"),
            (951_782_399_999_999, "2000-02-28 23:59:59.999999 UTC"),
            (951_782_400_000_000, "2000-02-29 00:00:00.000000 UTC"),
            (4_102_444_799_500_000, "2099-12-31 23:59:59.500000 UTC"),
        ] as [(Int64, String)])
    func calendarText(microseconds: Int64, text: String) {
        let timer = TransientTimer(description: "", microsecondsSinceEpoch: microseconds)
        #expect(timer.calendarText == text)
    }

    @Test(
        "never make a length of time negative or let it overflow",
        arguments: [
            (.seconds(-3), 0), (.zero, 0), (.microseconds(7), 7), (.nanoseconds(1999), 1),
            (.seconds(Int64.max), .max),
        ] as [(Duration, UInt64)])
    func durations(duration: Duration, microseconds: UInt64) {
        var service = TransientService(description: "", kind: .exec, start: ["/x"])
        service.runtimeMax = duration
        let value = service.properties.first { $0.name == "RuntimeMaxUSec" }?.value
        #expect(value == .uint64(microseconds))
    }
}
