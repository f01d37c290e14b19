import DrillDaemon
import Foundation
import Testing

@Suite("The archive", .timeLimit(.minutes(2)))
struct ArchiveTests {
    private let ground: TestGround

    init() throws {
        ground = try TestGround()
        try ground.arm()
    }

    private func scorecards() throws -> [String] {
        try ground.files().filter { $0.hasSuffix("quick-1/scorecard.txt") }
    }

    private func takeAway() throws {
        try FileManager.default.removeItem(atPath: "\(ground.path)/state/archive")
    }

    @Test("gets a run that drilld closed before it died from the next drilld")
    func completesItself() async throws {
        try await ground.running(try await ground.start()) { desk in
            _ = try await desk.begin("quick")
            #expect(try await eventually { try await desk.detail(of: "quick-1")?.scorecard != nil })
        }
        let archived = try scorecards()
        #expect(archived.count == 1)
        try takeAway()
        try await ground.running(try await ground.start()) { _ in }
        #expect(try scorecards() == archived)
        // What somebody takes away later stays away.
        try takeAway()
        try await ground.running(try await ground.start()) { _ in }
        #expect(try scorecards() == [])
    }
}
