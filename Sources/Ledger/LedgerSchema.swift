import GRDB

/// The tables of the ledger and how they came to be; the rules of the ledger stand in the schema.
enum LedgerSchema {
    /// Marks the file as a ledger of drilld: `dril` in ASCII.
    static let applicationID: Int64 = 0x6472_696C

    /// What the schema says to an event of a run without a plan.
    static let runNotOpened = "the run is not open yet"
    /// What the schema says to an event after the end of its run.
    static let runClosed = "the run is closed"

    /// All migrations, oldest first. One that has shipped is never edited.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 events") { database in
            try database.execute(sql: tables)
            try database.execute(sql: rules)
            try database.execute(sql: runs)
        }
        return migrator
    }

    private static let tables = """
        PRAGMA application_id = 0x6472696C;

        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
            run TEXT CHECK (run <> ''),
            wall INTEGER NOT NULL,
            boot INTEGER NOT NULL,
            boot_id TEXT NOT NULL CHECK (boot_id <> ''),
            kind TEXT NOT NULL CHECK (kind <> ''),
            payload TEXT NOT NULL CHECK (payload LIKE '{"' || kind || '":%'),
            previous BLOB NOT NULL CHECK (length(previous) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;

        CREATE INDEX events_of_run ON events (run, sequence) WHERE run IS NOT NULL;
        CREATE UNIQUE INDEX opening_of_run ON events (run) WHERE kind = 'opened';
        CREATE UNIQUE INDEX closing_of_run ON events (run) WHERE kind = 'closed';
        CREATE INDEX openings_of_drill ON events (
            json_extract(payload, '$.opened.plan.drill'),
            json_extract(payload, '$.opened.plan.cycle')
        ) WHERE kind = 'opened';

        -- The end of the chain, so that a cut tail shows.
        CREATE TABLE head (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            sequence INTEGER NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        INSERT INTO head VALUES (1, 0, zeroblob(32));
        """

    private static let rules = """
        CREATE TRIGGER events_follow_the_head BEFORE INSERT ON events
        WHEN NOT EXISTS (
            SELECT 1 FROM head
            WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous)
        BEGIN SELECT RAISE(ABORT, 'the event does not follow the head'); END;

        CREATE TRIGGER runs_begin_with_their_plan BEFORE INSERT ON events
        WHEN NEW.run IS NOT NULL AND NEW.kind <> 'opened' AND NOT EXISTS (
            SELECT 1 FROM events WHERE run = NEW.run AND kind = 'opened')
        BEGIN SELECT RAISE(ABORT, 'the run is not open yet'); END;

        CREATE TRIGGER runs_end_once BEFORE INSERT ON events
        WHEN NEW.run IS NOT NULL AND EXISTS (
            SELECT 1 FROM events WHERE run = NEW.run AND kind = 'closed')
        BEGIN SELECT RAISE(ABORT, 'the run is closed'); END;

        CREATE TRIGGER events_move_the_head AFTER INSERT ON events
        BEGIN UPDATE head SET sequence = NEW.sequence, hash = NEW.hash; END;

        CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

        CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

        CREATE TRIGGER the_head_only_advances BEFORE UPDATE ON head
        WHEN NEW.sequence IS NOT OLD.sequence + 1
        BEGIN SELECT RAISE(ABORT, 'the head only advances'); END;

        CREATE TRIGGER the_head_is_never_removed BEFORE DELETE ON head
        BEGIN SELECT RAISE(ABORT, 'the head is never removed'); END;
        """

    /// Derived, never stored: a list of runs cannot disagree with their events.
    private static let runs = """
        CREATE VIEW runs AS
        SELECT
            opening.sequence AS sequence,
            opening.run AS run,
            opening.wall AS opened,
            json_extract(opening.payload, '$.opened.plan.drill') AS drill,
            json_extract(opening.payload, '$.opened.plan.cycle') AS cycle,
            json_extract(opening.payload, '$.opened.plan.kind') AS kind,
            json_extract(opening.payload, '$.opened.plan.tier') AS tier,
            json_extract(opening.payload, '$.opened.plan.target.name') AS target,
            json_extract(opening.payload, '$.opened.plan.title') AS title,
            json_extract(opening.payload, '$.opened.plan.scheduled') AS scheduled,
            closing.wall AS closed,
            closing.sequence AS closing,
            closing.payload AS outcome
        FROM events AS opening
        LEFT JOIN events AS closing ON closing.run = opening.run AND closing.kind = 'closed'
        WHERE opening.kind = 'opened';
        """
}
