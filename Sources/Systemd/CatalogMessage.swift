/// The entries of the journal that have a page in the message catalog (`journalctl --catalog`).
///
/// The ids never change: people and programs select by them.
package enum CatalogMessage: String, CaseIterable, Hashable, Sendable {
    case started = "1485e54885da4fc78c9ee080621a85b2"
    case ready = "5d9d6639e1504fe1a370764b0dec00b7"
    case stopped = "05d0683bc15e4547bf752f839f89bd7f"
    case reloaded = "5d3f6c95e0ac4630a798e5ef9211f4ad"
    case reloadKeptOldCalendar = "bbd564fafd3e4a42a4aef76042d9514d"
    case runOpened = "1e93144508d94643aa639321bb584aca"
    case runClosed = "ee1168c8d5e24f988539a53543d683c3"
    case runRefused = "77ae706d0df1456dace2bcc1b436426f"
    case drillMissed = "1c559918743144cea5454cf9f6d1866e"
    case faultInjected = "2f5f53c093bc444cafb69116fbabf8aa"
    case faultReverted = "6195c4654fbb4de0aec82cb6c9bb2fa9"
    case faultLeaked = "078bb30ed77a480a973d0c109380ff37"
    case haltPulled = "40d85cb748e94bbf8a8bcc8c1db82d5b"
    case haltReleased = "dbc04f7c5f8d45c7ae3768d07e674859"
    case targetArmed = "acfe824366b54f4b90c72054b975a944"
    case targetDisarmed = "be756af97acb4359a904acb03857fd50"

    /// `MESSAGE_ID=`: 32 hexadecimal digits.
    package var id: String { rawValue }
}

extension CatalogMessage {
    /// The heading of the page.
    package var subject: String { page.subject }

    /// What happened and what the reader can do; `@FIELD@` stands for a field of the entry.
    package var text: String { page.text }

    private var page: (subject: String, text: String) {
        servicePage ?? runPage ?? faultPage
    }

    private var servicePage: (subject: String, text: String)? {
        switch self {
        case .started:
            ("drilld starts", "It reads its calendars and reverts what an earlier boot left armed.")
        case .ready:
            ("drilld is ready", "Drills come due from now on. 'drillctl list' shows them.")
        case .stopped:
            ("drilld has stopped", "No fault is left in place, and no drill comes due.")
        case .reloaded:
            ("The calendars were read again", "'drillctl list' shows what comes next.")
        case .reloadKeptOldCalendar:
            (
                "A calendar has errors, the one before stays in force",
                """
                Nothing that was planned has changed. 'drillctl verify' lists each error with its
                place; after the repair, 'systemctl reload drilld' reads the files again.
                """
            )
        default: nil
        }
    }

    private var runPage: (subject: String, text: String)? {
        switch self {
        case .runOpened:
            (
                "Run @DRILL_RUN@ of drill @DRILL_NAME@ has begun",
                "'drillctl status' follows it, 'drillctl abort @DRILL_RUN@' ends it."
            )
        case .runClosed:
            (
                "Run @DRILL_RUN@ of drill @DRILL_NAME@ has ended: @DRILL_RESULT@",
                "'drillctl scorecard @DRILL_RUN@' shows how it went."
            )
        case .runRefused:
            (
                "Drill @DRILL_NAME@ was not started",
                """
                A guard refused it: @DRILL_REASON@. Nothing was injected. The refusal is on the
                record, and the drill is not repeated by itself.
                """
            )
        case .drillMissed:
            (
                "Drill @DRILL_NAME@ was missed",
                """
                Its time passed while nothing could fire it. It is recorded as MISSED and not
                caught up; CatchUpSec= in the calendar allows to catch up.
                """
            )
        default: nil
        }
    }

    private var faultPage: (subject: String, text: String) {
        switch self {
        case .faultInjected:
            (
                "Fault @DRILL_FAULT@ is in place on @DRILL_TARGET@",
                """
                This is a drill. The fault is reverted at its deadline, or when the run, drilld
                or the machine ends. 'drillctl revert @DRILL_FAULT@' ends it now.
                """
            )
        case .faultReverted:
            (
                "Fault @DRILL_FAULT@ is gone from @DRILL_TARGET@",
                "The target was observed and is as it was before the fault."
            )
        case .faultLeaked:
            (
                "FAULT LEAKED: @DRILL_FAULT@ may still be in place on @DRILL_TARGET@",
                """
                Its revert did not lead back to the state from before. It is tried again for ever,
                and no drill starts on the target until it succeeds. Whoever is on call first is paged over
                the channels of the drill. Look at the target now: 'drillctl faults' shows what
                the revert said.
                """
            )
        case .haltPulled:
            (
                "HALT: all drills are stopped",
                """
                Every fault is being reverted, and nothing is injected, after a reboot neither,
                until 'drillctl release' ends the halt. The reason given: @DRILL_REASON@
                """
            )
        case .haltReleased:
            ("The halt is over", "Drills come due again. What was missed is not caught up.")
        case .targetArmed:
            (
                "Target @DRILL_TARGET@ is armed",
                "Drills may inject faults into it. 'drillctl disarm @DRILL_TARGET@' ends that."
            )
        default:
            ("Target @DRILL_TARGET@ is disarmed", "Drills inject nothing into it.")
        }
    }
}

extension CatalogMessage {
    /// The catalog file of all messages, as `journalctl --update-catalog` reads it.
    package static var catalogFile: String {
        let pages = allCases.map { message in
            """
            -- \(message.id)
            Subject: \(message.subject)
            Defined-By: drilld
            Documentation: man:drilld(8)

            \(message.text)

            """
        }
        return "# Message catalog of drilld, written from Sources/Systemd/CatalogMessage.swift\n\n"
            + pages.joined(separator: "\n")
    }
}
