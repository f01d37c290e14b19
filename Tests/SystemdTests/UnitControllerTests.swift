import Foundation
import Glibc
import Systemd
import Testing

// These run where systemd is PID 1 and the tests are root: Tests/System/cases/25-unit-controller.sh.
@Suite("The unit controller", .serialized, .enabled(if: Boot.isSystemd && geteuid() == 0))
struct UnitControllerTests {
    let units = UnitController(deadline: .seconds(10))
    let name = "drilld-test-\(UUID().uuidString.prefix(8).lowercased())"

    @Test("runs a hook to its end, and says how it ended", arguments: [0, 1, 75, 77] as [Int32])
    func exitStatus(status: Int32) throws {
        let hook = TransientService(
            description: "t", kind: .oneshot, start: ["/bin/sh", "-c", "exit \(status)"])
        let state = try units.run(name: "\(name).service", hook)
        #expect(state.exit == .status(status))
        #expect(state.result == (status == 0 ? "success" : "exit-code"))
        #expect(try !units.unitState("\(name).service").isLoaded)
    }

    @Test("ends a oneshot that hangs, with everything it started")
    func startTimeout() throws {
        var hook = TransientService(
            description: "t", kind: .oneshot, start: ["/bin/sh", "-c", "sleep 77 & sleep 77"])
        hook.startTimeout = .milliseconds(300)
        hook.stopTimeout = .milliseconds(300)
        let state = try units.run(name: "\(name).service", hook)
        #expect(state.result == "timeout")
        #expect(state.exit == .signal(SIGTERM))
    }

    @Test("hands over the words of a command untouched")
    func argumentsArrive() throws {
        let file = "/run/\(name)"
        let words = ["two words", "$HOME", "${HOME}", "%n", "%%", "a\"b'c", "\\x41", ";", ""]
        var service = TransientService(
            description: "t", kind: .oneshot, start: ["/usr/bin/printf", "<%s>"] + words)
        service.outputFile = file
        #expect(try units.run(name: "\(name).service", service).exit == .status(0))
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text == words.map { "<\($0)>" }.joined())
        unlink(file)
    }

    @Test("keeps the words of a revert through reloads")
    func revertSurvives() throws {
        let file = "/run/\(name)"
        let words = ["plain", "two words", "50%", "%n", "a=b,c+d@e:f"]
        var service = TransientService(
            description: "t", kind: .exec, start: ["/bin/sleep", "infinity"])
        service.stopPost = ["/usr/bin/printf", "%s:"] + words
        service.outputFile = file
        #expect(try units.startTransientService(name: "\(name).service", service) == .done)
        try reload()
        try reload()
        #expect(try units.stop("\(name).service") == .done)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text == words.map { "\($0):" }.joined())
        unlink(file)
    }

    @Test("refuses a revert that would not survive a reload")
    func fragileRevert() {
        var service = TransientService(
            description: "t", kind: .exec, start: ["/bin/sleep", "infinity"])
        service.stopPost = ["/bin/echo", "$HOME"]
        #expect(throws: SystemdError.fragile(unit: "\(name).service", word: "$HOME")) {
            try units.startTransientService(name: "\(name).service", service)
        }
    }

    @Test("stops a hold unit at its deadline, and its revert runs")
    func runtimeMax() throws {
        let file = "/run/\(name)"
        var hold = TransientService(
            description: "t", kind: .exec, start: ["/bin/sleep", "infinity"])
        hold.runtimeMax = .milliseconds(500)
        hold.stopPost = ["/usr/bin/touch", file]
        #expect(try units.startTransientService(name: "\(name).service", hold) == .done)
        #expect(try units.unitState("\(name).service").sub == "running")
        #expect(try units.units(matching: ["\(name)*"]) == ["\(name).service"])
        try wait { access(file, F_OK) == 0 }
        try wait { try units.unitState("\(name).service").active == "failed" }
        #expect(try units.unitState("\(name).service").result == "timeout")
        try units.resetFailed("\(name).service")
        #expect(try !units.unitState("\(name).service").isLoaded)
        unlink(file)
    }

    @Test("refuses a second unit of the same name")
    func duplicate() throws {
        let service = TransientService(
            description: "t", kind: .exec, start: ["/bin/sleep", "infinity"])
        #expect(try units.startTransientService(name: "\(name).service", service) == .done)
        let error = #expect(throws: SystemdError.self) {
            try units.startTransientService(name: "\(name).service", service)
        }
        #expect(error?.description.contains("org.freedesktop.systemd1.UnitExists") == true)
        #expect(try units.stop("\(name).service") == .done)
    }

    @Test("says that a program could not be started")
    func missingProgram() throws {
        let service = TransientService(description: "t", kind: .exec, start: ["/no/such/program"])
        #expect(try units.startTransientService(name: "\(name).service", service) == .failed)
        #expect(try units.unitState("\(name).service").exit == .status(203))
        try units.resetFailed("\(name).service")
    }

    @Test("fires a timer at its time and not before")
    func timer() throws {
        let file = "/run/\(name)"
        let template = "/run/systemd/system/\(name)@.service"
        let text = "[Service]\nType=oneshot\nExecStart=/usr/bin/touch \(file)\n"
        try text.write(toFile: template, atomically: true, encoding: .utf8)
        try reload()
        let due = Date(timeIntervalSinceNow: 1.5)
        let timer = TransientTimer(
            description: "t", microsecondsSinceEpoch: Int64(due.timeIntervalSince1970 * 1e6))
        #expect(try units.startTransientTimer(name: "\(name)@f-1.timer", timer) == .done)
        #expect(try units.unitState("\(name)@f-1.timer").sub == "waiting")
        try wait { access(file, F_OK) == 0 }
        let late = Date().timeIntervalSince(due)
        #expect(late >= 0 && late < 1)
        unlink(file)
        unlink(template)
    }

    @Test("takes a unit that is gone for stopped")
    func unknownUnit() throws {
        #expect(try units.stop("\(name).service") == .done)
        try units.resetFailed("\(name).service")
        #expect(try !units.unitState("\(name).service").isLoaded)
    }

    @Test("gives up at its deadline, in words")
    func deadline() throws {
        let hook = TransientService(
            description: "t", kind: .oneshot, start: ["/bin/sleep", "2"])
        let impatient = UnitController(deadline: .milliseconds(300))
        #expect(
            throws: SystemdError.deadline(
                waitingFor: "the job of \(name).service", seconds: 0.3)
        ) {
            try impatient.startTransientService(name: "\(name).service", hook)
        }
        #expect(try units.stop("\(name).service") == .done)
    }

    private func reload() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/systemctl")
        process.arguments = ["daemon-reload"]
        try process.run()
        process.waitUntilExit()
    }

    private func wait(until isTrue: () throws -> Bool) throws {
        let end = ContinuousClock.now + .seconds(10)
        while try !isTrue() {
            try #require(ContinuousClock.now < end, "waited 10s")
            usleep(20_000)
        }
    }
}
