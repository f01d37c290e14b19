// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .define("FAILPOINTS", .when(configuration: .debug)),
    // Without it each generic type is looked up by name when it is first used, with a search through all
    // conformances of the program: a sixth of the time of a short run.
    .unsafeFlags(
        ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"],
        .when(configuration: .release)),
]

/// A library module; `docs/architecture.md` says which line it stands on.
func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// `bench-NAME`, a program that `Benchmarks/NAME.sh` runs.
func benchmark(_ name: String) -> Target {
    .executableTarget(
        name: "bench-\(name.lowercased())", dependencies: [.byName(name: name)],
        path: "Benchmarks/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
        exclude: [], resources: [.copy("Data")], swiftSettings: strict)
}

let argumentParser: Target.Dependency =
    .product(name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle: Target.Dependency =
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency =
    .product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let asyncHTTPClient: Target.Dependency =
    .product(name: "AsyncHTTPClient", package: "async-http-client")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency =
    .product(name: "HummingbirdCore", package: "hummingbird")
let nioFoundation: Target.Dependency =
    .product(name: "NIOFoundationEssentialsCompat", package: "swift-nio")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")

let github = "https://github.com"

let package = Package(
    name: "drilld",
    dependencies: [
        .package(url: "\(github)/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "\(github)/apple/swift-crypto", from: "4.5.2"),
        .package(url: "\(github)/apple/swift-log", from: "1.16.2"),
        .package(url: "\(github)/apple/swift-nio", from: "2.101.2"),
        .package(url: "\(github)/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "\(github)/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "\(github)/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "\(github)/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "\(github)/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // 0: the two grammars, and what stands alone
        module("UnitFiles"),
        module("CalendarTime"),
        module("Failpoints"),
        // 1: the vocabulary
        module("Drills", "UnitFiles", "CalendarTime"),
        // 2: pure stages
        module("Mutation", "UnitFiles", "Drills"),
        module("IncidentCommand", "Drills", "CalendarTime"),
        module("Trends"),
        // 3: what stands on them
        module("DrillRuns", "Drills", "CalendarTime", "IncidentCommand"),
        module("Scoring", "Drills", "CalendarTime", "IncidentCommand"),
        // 4: what can be asked of the daemon
        module("ControlAPI", "Drills", "CalendarTime", "Scoring"),
        // 5: what people read
        module(
            "Reports", "Drills", "CalendarTime", "IncidentCommand", "Scoring", "Trends",
            "ControlAPI"),
        // 6: the edges
        .systemLibrary(
            name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        module("Ledger", "Drills", "CalendarTime", "Failpoints", grdb, crypto),
        module("CSupervisor"),
        module("Faults", "Drills", "CalendarTime", "Failpoints", "CSupervisor", crypto),
        module("Systemd", "CSystemd"),
        module(
            "Paging", "Drills", "CalendarTime", asyncHTTPClient, nioCore, nioPosix, nioHTTP1, crypto
        ),
        .target(
            name: "Console",
            dependencies: [
                "Drills", "CalendarTime", "IncidentCommand", "Scoring", "ControlAPI", "Reports",
                mustache, hummingbird, hummingbirdCore, nioCore, nioPosix, nioHTTP1,
                nioFoundation, crypto, logging, lifecycle,
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Static")],
            swiftSettings: strict),
        // 7: the composition root
        module(
            "DrillDaemon", "UnitFiles", "CalendarTime", "Drills", "Mutation", "DrillRuns",
            "Scoring", "IncidentCommand",
            "Trends", "Reports", "ControlAPI", "Failpoints", "Ledger", "Faults", "Systemd",
            "Console", "Paging", lifecycle, logging),
        // 8: the command line
        module(
            "DrillControl", "DrillDaemon", "UnitFiles", "CalendarTime", "Drills", "Mutation",
            "IncidentCommand", "Scoring", "Trends", "Reports", "ControlAPI", "Ledger", "Faults",
            "Systemd", "Console", crypto, argumentParser, logging),
        // 9: the programs
        program(
            "drilld", "DrillDaemon", "Console", "Drills", "Faults", "Systemd", "UnitFiles",
            argumentParser,
            logging),
        program("drillctl", "DrillControl"),
        program("drill-agent", "Faults", "Systemd", "Drills", "CalendarTime", argumentParser),
        program("drilld-generator", "UnitFiles", "CalendarTime", "Drills"),
        module("StagingShop", hummingbird, nioPosix, nioHTTP1, logging, lifecycle, unixSignals),
        program("staging-shop", "StagingShop", argumentParser),
        // What the tests share
        .target(
            name: "Samples", dependencies: ["Drills", "CalendarTime"], path: "Tests/Samples",
            swiftSettings: strict),
        tests("UnitFiles"),
        tests("ControlAPI", "Drills"),
        tests("Faults", "Drills", "CalendarTime", "Failpoints"),
        tests("CalendarTime"),
        .executableTarget(
            name: "bench-calendar", dependencies: ["CalendarTime"], path: "Benchmarks/Calendar",
            swiftSettings: strict),
        tests("Drills", "Samples", "UnitFiles", "CalendarTime"),
        .executableTarget(
            name: "bench-agenda", dependencies: ["Drills", "UnitFiles", "CalendarTime"],
            path: "Benchmarks/Agenda", swiftSettings: strict),
        tests("IncidentCommand", "Samples", "Drills", "CalendarTime"),
        tests("DrillRuns", "Samples", "Drills", "CalendarTime", "IncidentCommand"),
        tests("Paging", "Samples", "Drills", "CalendarTime"),
        .executableTarget(
            name: "bench-delivery", dependencies: ["Paging", "Drills", "CalendarTime"],
            path: "Benchmarks/Delivery", swiftSettings: strict),
        tests("Scoring", "Samples", "Drills", "CalendarTime"),
        tests("Mutation"),
        tests("Trends"),
        tests(
            "Reports", "Samples", "Drills", "CalendarTime", "Scoring", "Trends", "ControlAPI"),
        benchmark("Mutation"),
        tests("Ledger", "Samples", "Drills", "CalendarTime", "Failpoints", grdb),
        .executableTarget(
            name: "bench-ledger", dependencies: ["Ledger", "Drills", "CalendarTime"],
            path: "Benchmarks/Ledger", swiftSettings: strict),
        tests("Systemd"),
        .target(
            name: "ConsoleDesk",
            dependencies: ["ControlAPI", "Drills", "CalendarTime", "IncidentCommand", "Scoring"],
            path: "Tests/ConsoleDesk", swiftSettings: strict),
        tests(
            "Console", "ConsoleDesk", "Samples", "ControlAPI", "Drills", "CalendarTime",
            "IncidentCommand", nioCore, lifecycle, logging),
        .executableTarget(
            name: "bench-console",
            dependencies: [
                "Console", "ConsoleDesk", "Samples", "ControlAPI", "Drills", "CalendarTime",
                hummingbird, lifecycle, logging,
            ],
            path: "Benchmarks/Console", swiftSettings: strict),
        tests(
            "DrillDaemon", "Drills", "CalendarTime", "UnitFiles", "ControlAPI", "Ledger", "Faults",
            "Systemd", "Console", "drilld", grdb, crypto, lifecycle, logging),
        tests("drilld-generator"),
        tests(
            "DrillControl", "drillctl", "drilld", "drill-agent", "Samples", "Drills",
            "CalendarTime", "ControlAPI", "Scoring", crypto),
        tests("StagingShop"),
    ]
)
