import ControlAPI
import Drills
import Testing

@Suite("A control request")
struct RouteTests {
    static let requests: [ControlRequest] = [
        .status, .drills, .runs(limit: 5), .run("a-1"),
        .events("a-1", after: 7, waitMilliseconds: 500), .start("a"),
        .ack("a-1", page: "checkout", person: "sre-1", channel: "drillctl"),
        .addFollowUp("a-1", FollowUp(owner: "sre-1", due: "2027-02-01", text: "add an alert")),
        .abort("a-1", reason: "real incident"), .halt(reason: "real incident"),
        .release(reason: "over"), .arm("shop"), .disarm("shop"), .faults, .revert("a-1.latency"),
        .forget("a-1.latency", reason: "host is gone", second: "lead-1"), .reload,
        .pageLink(token: "c3Rvcm0.Zm9v-_"), .ackByLink(token: "c3Rvcm0.Zm9v-_"), .openConsole,
        .trend,
        .webhook(
            "pager",
            Webhook(headers: ["x-webhook-id": "1", "content-type": "a"], body: "{\"a\": 1}")),
        .webhook("pager", Webhook(headers: [:], body: "")),
    ]

    @Test("travels there and back", arguments: requests)
    func roundTrip(request: ControlRequest) throws {
        #expect(try ControlRequest(request.form) == request)
    }

    @Test("is read by GET only if it changes nothing", arguments: requests)
    func readsAreGets(request: ControlRequest) {
        #expect(request.isRead == (request.form.method == .get))
    }

    @Test(
        "that cannot be read says what to write",
        arguments: [
            (HTTPForm(method: .get, path: ["nowhere"]), "there is nothing at '/nowhere'"),
            (HTTPForm(method: .get, path: []), "there is nothing at '/'"),
            (
                HTTPForm(method: .post, path: ["runs", "a-1", "dance"]),
                "there is nothing at '/runs/a-1/dance'"
            ),
            (HTTPForm(method: .post, path: ["halt"]), "'reason' is missing; give it a value"),
            (
                HTTPForm(method: .post, path: ["runs", "a-1", "act"]),
                "'verb' is missing; give it a value"
            ),
            (
                HTTPForm(method: .get, path: ["runs", "a/b"]),
                "'a/b' is no run; write letters, digits, '-', '_' and '.'"
            ),
            (
                HTTPForm(method: .get, path: ["runs"], query: ["limit": "0"]),
                "'0' is no limit; write a number from 1 to 10000"
            ),
        ])
    func unreadable(form: HTTPForm, words: String) {
        #expect {
            try ControlRequest(form)
        } throws: { error in
            "\(error)" == words
        }
    }

    @Test("to stop is read however long its reason is")
    func longReasons() throws {
        let endless = String(repeating: "x", count: 5_000)
        let kept = String(repeating: "x", count: 4_000)
        #expect(
            try ControlRequest(ControlRequest.halt(reason: endless).form) == .halt(reason: kept))
        #expect(
            try ControlRequest(ControlRequest.abort("a-1", reason: endless).form)
                == .abort("a-1", reason: kept))
    }
}
