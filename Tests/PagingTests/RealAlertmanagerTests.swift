import CalendarTime
import Drills
import Foundation
import Paging
import Testing

/// An Alertmanager from the distribution, on loopback, gone with the test.
final class RealAlertmanager {
    let url: String
    private let process = Process()
    private let folder: KeyFolder

    static let isInstalled = Shell.has("prometheus-alertmanager")

    /// Starts one that groups by run and batch and waits a little before each notification.
    init(tellingAt receiver: String) async throws {
        folder = try KeyFolder()
        let port = try Loopback.freePort()
        url = "http://127.0.0.1:\(port)"
        try folder.write(Self.configuration(receiver), to: "alertmanager.yml")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "prometheus-alertmanager", "--config.file=\(folder.path)/alertmanager.yml",
            "--storage.path=\(folder.path)/data", "--web.listen-address=127.0.0.1:\(port)",
            "--cluster.listen-address=", "--log.level=error",
        ]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        // curl waits for the port; there is nothing else to wait on.
        _ = try Shell.output(
            "curl -s --retry 100 --retry-connrefused --retry-delay 1 --retry-max-time 30 \"$1/-/ready\"",
            url)
    }

    /// Kills it and waits, so that nothing writes into the folder that goes next.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private static func configuration(_ receiver: String) -> String {
        """
        route:
          receiver: primary
          group_by: ['drill_id', 'batch']
          group_wait: 2s
          group_interval: 1s
          repeat_interval: 1h
          routes:
            - matchers: [ 'escalated="true"' ]
              receiver: secondary
        receivers:
          - name: primary
            webhook_configs: [ { url: '\(receiver)/primary' } ]
          - name: secondary
            webhook_configs: [ { url: '\(receiver)/secondary' } ]
        """
    }
}

@Suite(
    "A real Alertmanager", .timeLimit(.minutes(1)),
    .enabled(if: RealAlertmanager.isInstalled, "prometheus-alertmanager is not installed"))
struct RealAlertmanagerTests {
    @Test(
        "tells a receiver once about pages of one run, not again at a refresh, and when they are over"
    )
    func wholeWay() async throws {
        let sink = try Sink()
        defer { sink.close() }
        let real = try await RealAlertmanager(tellingAt: sink.url)
        defer { real.stop() }
        let channel = Channel.sample(.alertmanager(.init(url: real.url, key: nil, signingKey: nil)))
        let pages: [PageName] = ["checkout", "refunds"]
        try await withPager(clock: ContinuousClock(), wall: WallClock.now) { pager in
            for page in pages {
                #expect(await pager.send(.sample(page), over: channel).wasAccepted)
            }
            let told = try returned(await sink.requests(1)[0], channel)
            #expect(told.map(\.notification.page) == pages)
            #expect(told.allSatisfy { $0.run == "sample-1" && $0.notification.status == .firing })
            #expect(told.allSatisfy { $0.notification.receiver == "primary" })

            for page in pages {
                #expect(await pager.refresh(.sample(page), over: channel).wasAccepted)
            }
            // Another group waits longer than the first one's interval, in which a repeat would be told.
            let marker = PageMessage.sample("marker", labels: [.init(name: "batch", value: "2")])
            #expect(await pager.send(marker, over: channel).wasAccepted)
            let second = try returned(await sink.requests(2)[1], channel)
            #expect(second.map(\.notification.page) == ["marker"])

            for page in pages {
                #expect(await pager.resolve(.sample(page), over: channel)?.wasAccepted == true)
            }
            let over = try returned(await sink.requests(3)[2], channel)
            #expect(over.allSatisfy { $0.notification.status == .resolved })
            #expect(over.map(\.notification.page) == pages)
        }
        #expect(sink.requests.allSatisfy { $0.target == "POST /primary" })
    }

    @Test("says what it does not like about a page, and that is the receipt")
    func refusal() async throws {
        let sink = try Sink()
        defer { sink.close() }
        let real = try await RealAlertmanager(tellingAt: sink.url)
        defer { real.stop() }
        let channel = Channel.sample(.alertmanager(.init(url: real.url, key: nil, signingKey: nil)))
        let page = PageMessage.sample(labels: [.init(name: "a-b", value: "c")])
        let receipt = try await withPager(clock: ContinuousClock(), wall: WallClock.now) {
            await $0.send(page, over: channel)
        }
        #expect(
            receipt.reason.hasPrefix("rejected: answered 400: \"invalid label set: invalid name"))
    }

    private func returned(_ request: Request, _ channel: Channel) throws -> [Returned] {
        try WebhookReader(credentials: nil).read(
            headers: [:], body: request.body, channel: channel, now: WallClock.now()
        ).sorted { $0.notification.page < $1.notification.page }
    }
}
