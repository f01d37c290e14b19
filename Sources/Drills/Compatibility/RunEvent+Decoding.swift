// An event is an object whose only key is the name of its case; the fields are in the object there.
// Written out, as a page that was sent has two forms, of which the compiler would know one.
extension RunEvent {
    /// Decodes an event in any form that was ever recorded.
    package init(from decoder: any Decoder) throws {
        let object = try RecordedFields(decoder)
        let names = object.names
        guard let name = names.first, names.count == 1 else {
            throw object.error("an event has one name, not \(names.count)")
        }
        let fields = try object.fields(of: name)
        let stages = [
            Self.courseEvent, Self.pageEvent, Self.ackEvent, Self.responseEvent,
            Self.commandEvent, Self.endEvent,
        ]
        for stage in stages {
            if let event = try stage(name, fields) {
                self = event
                return
            }
        }
        throw object.error("no event is called '\(name)'")
    }

    /// The course of a run and its faults.
    private static func courseEvent(_ name: String, _ fields: RecordedFields) throws -> RunEvent? {
        switch name {
        case "opened": .opened(plan: try fields["plan"])
        case "phaseEntered": .phaseEntered(phase: try fields["phase"])
        case "probeFinished":
            .probeFinished(
                probe: try fields["probe"], stage: try fields["stage"],
                report: try fields["report"])
        case "steadyChecked":
            .steadyChecked(stage: try fields["stage"], report: try fields["report"])
        case "injectFinished":
            .injectFinished(
                fault: try fields["fault"], outcome: try fields["outcome"],
                report: try fields["report"])
        case "revertFinished":
            .revertFinished(
                fault: try fields["fault"], outcome: try fields["outcome"],
                attempt: try fields["attempt"], report: try fields["report"])
        case "abortChecked":
            .abortChecked(condition: try fields["condition"], report: try fields["report"])
        case "detected": .detected(probe: try fields["probe"])
        case "mitigated": .mitigated
        case "resolved": .resolved
        case "allReverted": .allReverted
        default: nil
        }
    }

    /// Pages and what channels say of them.
    private static func pageEvent(_ name: String, _ fields: RecordedFields) throws -> RunEvent? {
        switch name {
        case "pagePosting":
            .pagePosting(
                page: try fields["page"], person: try fields["person"],
                level: try fields["level"], channels: try fields["channels"])
        case "pageSent":
            .pageSent(
                page: try fields["page"], person: try fields["person"],
                level: try fields["level"], receipt: try Receipt(recorded: fields))
        case "pageRepeated":
            .pageRepeated(
                page: try fields["page"], number: try fields["number"],
                receipt: try fields["receipt"])
        case "pageResolved":
            .pageResolved(page: try fields["page"], reason: try fields["reason"])
        case "notified": .notified(notification: try fields["notification"])
        case "pageWithheld":
            .pageWithheld(
                page: try fields["page"], person: try fields["person"],
                reason: try fields["reason"])
        default: nil
        }
    }

    /// Acks, and pages that wait for one.
    private static func ackEvent(_ name: String, _ fields: RecordedFields) throws -> RunEvent? {
        switch name {
        case "acked":
            .acked(
                page: try fields["page"], person: try fields["person"],
                channel: try fields["channel"])
        case "ackRefused":
            .ackRefused(
                page: try fields["page"], person: try fields["person"],
                reason: try fields["reason"])
        case "ackExpired": .ackExpired(page: try fields["page"], person: try fields["person"])
        case "escalated":
            .escalated(page: try fields["page"], from: try fields["from"], to: try fields["to"])
        default: nil
        }
    }

    /// Steps of the response, and who owns them.
    private static func responseEvent(_ name: String, _ fields: RecordedFields) throws -> RunEvent?
    {
        switch name {
        case "responseStarted":
            .responseStarted(
                response: try fields["response"], page: try fields.optional("page"),
                person: try fields["person"])
        case "responseFinished":
            .responseFinished(
                response: try fields["response"], page: try fields.optional("page"),
                person: try fields["person"], report: try fields["report"])
        case "ownerNamed":
            .ownerNamed(
                checkpoint: try fields["checkpoint"], lane: try fields["lane"],
                person: try fields["person"])
        case "followUpAdded": .followUpAdded(followUp: try fields["followUp"])
        default: nil
        }
    }

    /// What people do and decide, and what is due of them.
    private static func commandEvent(_ name: String, _ fields: RecordedFields) throws -> RunEvent? {
        switch name {
        case "preChecked":
            .preChecked(
                check: try fields["check"], passed: try fields.optional("passed"),
                detail: try fields["detail"])
        case "acted":
            .acted(act: try fields["act"], person: try fields["person"], via: try fields["via"])
        case "actRefused":
            .actRefused(
                act: try fields["act"], person: try fields["person"],
                reason: try fields["reason"])
        case "checkpointOpened":
            .checkpointOpened(number: try fields["number"], reason: try fields["reason"])
        case "overran":
            .overran(overrun: try fields["overrun"], owner: try fields.optional("owner"))
        default: nil
        }
    }

    /// What ends a run or keeps it from its end.
    private static func endEvent(_ name: String, _ fields: RecordedFields) throws -> RunEvent? {
        switch name {
        case "abortRequested":
            .abortRequested(by: try fields["by"], reason: try fields["reason"])
        case "haltPulled": .haltPulled(by: try fields["by"], reason: try fields["reason"])
        case "interrupted": .interrupted(reason: try fields["reason"])
        case "noted": .noted(text: try fields["text"])
        case "resumed": .resumed(reason: try fields["reason"])
        case "closed": .closed(outcome: try fields["outcome"])
        default: nil
        }
    }
}
