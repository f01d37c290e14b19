import Drills
import Testing
import UnitFiles

@Suite("A channel in a calendar that everyone can read")
struct ChannelSecretTests {
    @Test(
        "is refused with its secret in the file, and no message repeats it",
        arguments: ["pagerduty", "slack", "webhook", "ntfy", "alertmanager"],
        [
            "Key=hunter2", "Key=x hunter2", "Key=\"hunter2", "Key=@file:hunter2",
            "Key=@credential:hunter2/x", "SigningKey=hunter2", "SigningKey=hunter2 %q",
            "Url=https://u:hunter2@example.org", "Url=https://example.org/?key=hunter2",
            "Url=https://example.org/#hunter2", "Url=hunter2", "Url=https://example.org hunter2",
            "Url=https://hooks.slack.com/services/T0/B0/hunter2",
        ])
    func refusesSecrets(type: String, line: String) {
        var fixture = Fixture()
        fixture.dropIns["base.calendar"] = "[Channel other]\nType=\(type)\n\(line)\n"
        let result = fixture.load()
        #expect(result.calendar == nil)
        #expect(result.problems.contains { $0.position.line == 3 })
        #expect(!result.problems.contains { $0.description.contains("hunter2") })
    }
}
