import CalendarTime
import Drills
import Foundation
import Paging
import Samples
import Testing

/// 2026-11-20 23:26:59.751 UTC.
let someTime = WallInstant(microsecondsSinceEpoch: 1_795_217_219_751_000)

/// Runs a test with a pager whose clocks stand still, and closes it.
func withPager<Result: Sendable>(
    credentials: String? = nil, clock: some Clock<Duration> = ManualClock(),
    wall: @escaping @Sendable () -> WallInstant = { someTime },
    _ body: (Pager) async throws -> Result
) async throws -> Result {
    let pager = Pager(credentials: credentials, clock: clock, wall: wall)
    do {
        let result = try await body(pager)
        await pager.shutdown()
        return result
    } catch {
        await pager.shutdown()
        throw error
    }
}

/// A folder with the credentials of every service, gone when the test is over.
final class KeyFolder: Sendable {
    let path: String
    static let routingKey = "R00000000000000000000000000000DR"
    static let slackPath = "T000/B000/XsecretX"

    init() throws {
        path = NSTemporaryDirectory() + "paging-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try write("\(Self.routingKey)\n", to: "pagerduty")
        try write("\(Self.slackPath)\n", to: "slack")
        try write("tk_secretOfNtfy\n", to: "ntfy")
        try write("whsec-secretOfHook\n", to: "webhook")
        try write("token-secretOfAlertmanager\n", to: "alertmanager")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
    }
}

extension Channel {
    static func sample(
        _ service: Service, timeout: TimeSpan = .seconds(5), pagesPerMinute: Int = 100,
        attempts: Int = 1
    ) -> Channel {
        Channel(
            name: "chat", service: service, timeout: timeout, pagesPerMinute: pagesPerMinute,
            attempts: attempts, routing: nil)
    }

    /// A channel of each type over HTTP, all at one address.
    static func named(
        _ type: String, at url: String, timeout: TimeSpan = .seconds(5), attempts: Int = 1
    ) -> Channel {
        let endpoint = Endpoint(url: url, key: .credential(type), signingKey: .credential(type))
        let service: Service =
            switch type {
            case "pagerduty": .pagerduty(endpoint)
            case "slack": .slack(endpoint)
            case "ntfy": .ntfy(endpoint)
            case "webhook": .webhook(endpoint)
            default: .alertmanager(Endpoint(url: url, key: nil, signingKey: nil))
            }
        return sample(service, timeout: timeout, attempts: attempts)
    }
}

extension PageMessage {
    static func sample(
        _ page: PageName = "checkout", summary: String = "checkout slow",
        severity: Severity = .sev1,
        labels: [PagePlan.Label] = [], address: String? = "drill-topic",
        link: String? = "https://drill.example/a?t=1&u=2"
    ) -> PageMessage {
        let plan = RunPlan.sample(pages: []).reaching("sre-1", at: address)
        return PageMessage(
            PagePlan(
                name: page, summary: summary, after: .zero, to: .primary, severity: severity,
                labels: labels),
            of: plan, to: "sre-1", level: .primary, over: "chat", link: link)
    }
}

extension RunPlan {
    /// The same plan, with an address of a person on the channel of these tests.
    fileprivate func reaching(_ person: PersonName, at address: String?) -> RunPlan {
        let scripted = ResponsePlan.scripted
        let addresses = address.map { [Address(person: person, channel: "chat", text: $0)] } ?? []
        return RunPlan(
            run: run, drill: drill, cycle: cycle, kind: kind, tier: tier, campaign: campaign,
            scheduled: scheduled, target: target, technical: technical, coordination: coordination,
            title: title, severity: severity, objectives: objectives, packet: packet,
            faults: faults, probes: probes, responses: responses, pages: pages,
            channels: channels, roster: roster, duration: duration, ackDeadline: ackDeadline,
            passScore: passScore, mutation: mutation,
            response: ResponsePlan(
                isAttended: scripted.isAttended, ackExpiry: nil, addresses: addresses, cadence: [],
                timeline: scripted.timeline, decisionLimit: scripted.decisionLimit,
                allClear: scripted.allClear, revision: nil, evidencePlace: nil))
    }
}

extension Receipt {
    /// Why it was not accepted.
    var reason: String {
        switch verdict {
        case .accepted: "accepted"
        case .rejected(let reason): "rejected: \(reason)"
        case .lost(let reason): "lost: \(reason)"
        }
    }
}
