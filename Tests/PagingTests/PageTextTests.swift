import Drills
import Samples
import Testing

@Suite("What every page says")
struct PageTextTests {
    @Test("gives away neither noise nor another team's page")
    func neutral() throws {
        func text(isNoise: Bool, team: String?) -> String {
            PageMessage(
                PagePlan(
                    name: "checkout", summary: "checkout slow", after: .zero, to: .primary,
                    severity: .sev1, isNoise: isNoise, team: team),
                of: .sample(pages: []), to: "sre-1", level: .primary, over: "chat",
                link: "https://drill.example/a"
            ).text
        }
        let page = text(isNoise: false, team: nil)
        #expect(
            page == text(isNoise: true, team: nil) && page == text(isNoise: false, team: "search"))
        #expect(
            page
                == "[DRILL sample-1] SEV-1 checkout slow. This is a drill on shop (staging). "
                + "If it is yours to handle, acknowledge with: drillctl ack sample-1 checkout "
                + "or at https://drill.example/a")
    }

    @Test("about a fault that may still be in place is that it is no exercise")
    func leaked() {
        let message = PageMessage(
            leaked: "sample-1.latency", reason: "revert: exit 7", of: .sample(pages: []),
            over: "chat")
        #expect(
            message.text
                == "[LEAKED sample-1.latency] SEV-1 A fault of drill sample may still be in place on "
                + "shop (staging): revert: exit 7. This is no exercise. 'drillctl faults' shows how "
                + "it stands, 'drillctl revert sample-1.latency' tries once more.")
        let labels = Dictionary(uniqueKeysWithValues: message.labels.map { ($0.name, $0.value) })
        #expect(
            labels == [
                "alertname": "DrillFaultLeaked", "drill": "true", "drill_id": "sample-1",
                "env": "staging", "fault": "sample-1.latency", "leaked": "true",
                "level": "primary", "page": "fault-leaked", "severity": "critical",
                "target": "shop",
            ])
        #expect(message.labels.map(\.name) == labels.keys.sorted())
    }

    @Test("is to which level it goes", arguments: OnCallLevel.allCases)
    func level(level: OnCallLevel) {
        let page = PagePlan(
            name: "checkout", summary: "slow", after: .zero, to: .secondary, severity: .sev1)
        let labels = PageMessage.labels(of: page, in: .sample(pages: []), level: level)
        #expect(labels.contains(PagePlan.Label(name: "level", value: level.rawValue)))
    }
}
