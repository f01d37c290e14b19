import GRDB

/// A ledger that takes no event any more, as on a full disk, until it is mended.
struct BrokenLedger {
    private let other: DatabaseQueue

    /// Breaks the ledger of a ground, beside a daemon that writes it.
    init(_ ground: TestGround) async throws {
        var patient = Configuration()
        patient.busyMode = .timeout(10)
        other = try DatabaseQueue(path: ground.configuration.ledger, configuration: patient)
        try await other.write { database in
            try database.execute(
                sql: """
                    CREATE TRIGGER full BEFORE INSERT ON events
                    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
                    """)
        }
    }

    /// Lets it take events again.
    func mend() async throws {
        try await other.write { try $0.execute(sql: "DROP TRIGGER full") }
    }
}
