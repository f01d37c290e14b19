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

    @Test("is to which level it goes", arguments: OnCallLevel.allCases)
    func level(level: OnCallLevel) {
        let page = PagePlan(
            name: "checkout", summary: "slow", after: .zero, to: .secondary, severity: .sev1)
        let labels = PageMessage.labels(of: page, in: .sample(pages: []), level: level)
        #expect(labels.contains(PagePlan.Label(name: "level", value: level.rawValue)))
    }
}
