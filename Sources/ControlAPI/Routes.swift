import Drills

/// The one table of paths, read in both directions.
extension ControlRequest {
    /// The request as it travels.
    package var form: HTTPForm {
        switch self {
        case .status: .get("status")
        case .drills: .get("drills")
        case .runs(let limit): .get("runs", query: ["limit": "\(limit)"])
        case .run(let run): .get("runs", run.text)
        case .events(let run, let after, let wait):
            .get("runs", run.text, "events", query: ["after": "\(after)", "wait": "\(wait)"])
        case .start(let drill): .post("drills", drill.text, "start")
        case .ack(let run, let page, let person, let channel):
            .post(
                "runs", run.text, "ack",
                body: ["page": page.text, "person": person.text, "channel": channel])
        case .addFollowUp(let run, let followUp):
            .post(
                "runs", run.text, "follow-ups",
                body: [
                    "owner": followUp.owner.text, "due": followUp.due, "text": followUp.text,
                ])
        case .act(let run, let act, let person, let via):
            .post(
                "runs", run.text, "act",
                body: act.fields.merging(["person": person.text, "via": via]) { own, _ in own })
        case .pageLink(let token): .get("links", token)
        case .ackByLink(let token): .post("links", token, "ack")
        case .webhook(let channel, let webhook):
            .post("webhooks", channel.text, body: webhook.fields)
        case .openConsole: .post("console")
        case .trend: .get("trend")
        case .abort(let run, let reason): .post("runs", run.text, "abort", body: ["reason": reason])
        case .halt(let reason): .post("halt", body: ["reason": reason])
        case .release(let reason): .post("release", body: ["reason": reason])
        case .arm(let target): .post("targets", target.text, "arm")
        case .disarm(let target): .post("targets", target.text, "disarm")
        case .faults: .get("faults")
        case .revert(let fault): .post("faults", fault.text, "revert")
        case .forget(let fault, let reason, let second):
            .post(
                "faults", fault.text, "forget", body: ["reason": reason, "second": second.text])
        case .reload: .post("reload")
        }
    }

    /// Reads a request that travelled.
    package init(_ form: HTTPForm) throws(FormError) {
        let fields = FormFields(form)
        switch (form.method, form.path.count, form.path.first, form.path.last) {
        case (.get, 1, "status", _): self = .status
        case (.get, 1, "drills", _): self = .drills
        case (.get, 1, "runs", _):
            self = .runs(limit: try fields.count("limit", default: 20, in: 1...10_000))
        case (.get, 1, "faults", _): self = .faults
        case (.get, 2, "runs", _): self = .run(try fields.subject("run"))
        case (.get, 3, "runs", "events"):
            self = .events(
                try fields.subject("run"),
                after: try fields.count("after", default: 0, in: 0...Int.max),
                waitMilliseconds: try fields.count("wait", default: 0, in: 0...60_000))
        case (.post, 3, "drills", "start"): self = .start(try fields.subject("drill"))
        case (.post, 3, "runs", let verb?): self = try Self.aboutRun(verb, fields)
        case (.get, 1, "trend", _): self = .trend
        case (.get, 2, "links", let token?): self = .pageLink(token: token)
        case (.post, 3, "links", "ack"): self = .ackByLink(token: form.path[1])
        case (.post, 2, "webhooks", _):
            self = .webhook(try fields.subject("channel"), Webhook(form.body))
        case (.post, 1, "console", _): self = .openConsole
        case (.post, 1, "halt", _): self = .halt(reason: try fields.reasonToStop())
        case (.post, 1, "release", _): self = .release(reason: try fields.text("reason"))
        case (.post, 1, "reload", _): self = .reload
        case (.post, 3, "targets", "arm"): self = .arm(try fields.subject("target"))
        case (.post, 3, "targets", "disarm"): self = .disarm(try fields.subject("target"))
        case (.post, 3, "faults", "revert"): self = .revert(try fields.subject("fault"))
        case (.post, 3, "faults", "forget"):
            self = .forget(
                try fields.subject("fault"), reason: try fields.text("reason"),
                second: try fields.name("second"))
        default: throw .unknownPath("/" + form.path.joined(separator: "/"))
        }
    }

    private static func aboutRun(
        _ verb: String, _ fields: FormFields
    ) throws(FormError) -> ControlRequest {
        let run: RunID = try fields.subject("run")
        switch verb {
        case "ack":
            return .ack(
                run, page: try fields.name("page"), person: try fields.name("person"),
                channel: try fields.text("channel"))
        case "follow-ups":
            return .addFollowUp(
                run,
                FollowUp(
                    owner: try fields.name("owner"), due: try fields.text("due"),
                    text: try fields.text("text")))
        case "act":
            return .act(
                run, try ResponseAct(fields), by: try fields.name("person"),
                via: try fields.text("via"))
        case "abort": return .abort(run, reason: try fields.reasonToStop())
        default: throw .unknownPath("/runs/\(run)/\(verb)")
        }
    }
}
