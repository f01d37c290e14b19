import FoundationEssentials
import StagingShop
import Testing

@Suite("A shop's folder")
struct ShopFolderTests {
    @Test("is laid out healthy, with two releases and the marker")
    func isLaidOut() throws {
        try withFolder { folder in
            let configuration = try folder.configuration()
            #expect(configuration.release.version == "1.4.2")
            #expect(configuration.lines == Self.expectedLines)
            #expect(try folder.text("environment") == "staging\n")
            #expect(try folder.names(in: "releases") == ["1.4.2", "1.5.0"])
            #expect(try TraceStore(in: folder).ids() == Trace.samples.map(\.id).sorted())
        }
    }

    @Test("keeps what is there when it is laid out again")
    func keepsWhatIsThere() throws {
        try withFolder { folder in
            try folder.write("rate=7\n", to: "settings/worker.conf")
            try folder.layOut()
            #expect(try folder.configuration().settings.workerRate == 7)
        }
    }

    @Test(
        "tells what is wrong with it",
        arguments: [
            (
                "settings/worker.conf", "rate=fast\n",
                "settings/worker.conf: rate=fast is not a whole number"
            ),
            (
                "settings/worker.conf", "# none\n",
                "settings/worker.conf: 'rate' is missing; add rate=…"
            ),
            (
                "settings/worker.conf", "\nrate\n",
                "settings/worker.conf:2: 'rate' has no key; write key=value"
            ),
            (
                "settings/metrics.conf", "exposition=maybe\n",
                "settings/metrics.conf: exposition=maybe is not one of on, off"
            ),
            (
                "flags/new-checkout", "yes\n",
                "flags/new-checkout: new-checkout=yes is not on or off"
            ),
        ])
    func tellsWhatIsWrong(file: String, text: String, message: String) throws {
        try withFolder { folder in
            try folder.write(text, to: file)
            let error = #expect(throws: ConfigurationError.self) { try folder.configuration() }
            #expect(error?.description == message)
        }
    }

    @Test("is no shop without a current release")
    func needsARelease() {
        let error = #expect(throws: ConfigurationError.self) {
            try ShopFolder("/nonexistent").configuration()
        }
        #expect(
            error?.description
                == "/nonexistent/current: cannot be read; run 'staging-shop init' first")
    }

    @Test(
        "has no trace whose id is a path", arguments: ["../environment", ".hidden", "", "nothing"])
    func refusesPaths(id: String) throws {
        try withFolder { folder in
            #expect(throws: ReplayError.unknownTrace(id)) { try TraceStore(in: folder).json(id) }
        }
    }

    @Test("stays as it was live when a reload fails")
    func keepsTheLiveConfiguration() throws {
        try withFolder { folder in
            let shop = try Shop(folder: folder, window: .seconds(1))
            try folder.write("rate=fast\n", to: "settings/worker.conf")
            #expect(throws: ConfigurationError.self) { try shop.reload() }
            #expect(shop.configuration.settings.workerRate == 200)
        }
    }

    private func withFolder(_ body: (ShopFolder) throws -> Void) throws {
        let path = "\(FileManager.default.temporaryDirectory.path)/shop-\(UUID().uuidString)"
        // A folder that cannot be removed is no reason to fail the test.
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = ShopFolder(path)
        try folder.layOut()
        try body(folder)
    }

    private static let expectedLines = [
        "release=1.4.2", "refund.schema=refund-request-1", "payments.delay-ms=20",
        "sink.delay-ms=5", "worker.rate=200", "content.lag=0", "metrics.exposition=on",
        "flag.edge-cache=on", "flag.new-checkout=off", "plugin.gift-wrap=registered",
    ]
}

@Suite("The edge policy")
struct EdgePolicyTests {
    @Test(
        "follows its rules, and its default without one",
        arguments: [
            ("deny", Role.guest, "reports", false), ("deny", .staff, "reports", true),
            ("deny", .admin, "reports", true), ("deny", .guest, "payouts", false),
            ("deny", .admin, "payouts", false), ("allow", .guest, "payouts", true),
        ])
    func followsRules(fallback: String, role: Role, path: String, isAllowed: Bool) throws {
        let text = "edge.default=\(fallback)\nedge.rule.reports=staff"
        let policy = try EdgePolicy(settings: KeyValueText(parsing: text, origin: "shop.conf"))
        #expect(policy.allows(role, path: path) == isAllowed)
    }
}
