import AsyncHTTPClient
import CalendarTime
import Drills
import FoundationEssentials
import NIOCore
import NIOPosix

/// Says what an answer, an error or silence means for the page.
struct AnswerJudge: Sendable {
    private let knowsPages: Bool
    private let redaction: Redaction
    private let now: WallInstant
    /// Host and port; the rest of an address may be secret.
    private let place: String
    private let reference: @Sendable ([UInt8]) -> String?

    init(form: any WireForm, now: WallInstant) {
        knowsPages = form.knowsPages
        redaction = Redaction(secrets: form.secrets)
        self.now = now
        let url = URL(string: form.url)
        place = [url?.host(), url?.port.map(String.init)].compactMap(\.self).joined(separator: ":")
        reference = { form.reference(in: $0) }
    }

    /// What an answer means; its body is only looked at to say why.
    func outcome(_ answer: Answer) -> AttemptOutcome {
        switch answer.status {
        case 200..<300:
            return .accepted(reference: reference(answer.body).map { redaction.excerpt($0) })
        case 300..<400: return .rejected(redirect(answer))
        case 429, 500, 502, 503, 504:
            let pause = RetryPause(asked: answer.retryAfter.flatMap(pause))
            return .failed(said(answer), retry: pause)
        default: return .rejected(said(answer))
        }
    }

    /// What a failed exchange means.
    func outcome(of error: any Error) -> AttemptOutcome {
        if let why = unreached(error) {
            return .failed("no connection to \(place) (\(why))", retry: RetryPause(asked: nil))
        }
        return unanswered("the connection broke before an answer came (\(words(for: error)))")
    }

    /// What it means when no answer came in time.
    func silence(_ limit: Duration) -> AttemptOutcome {
        unanswered("no answer within \(TimeSpan(microseconds: limit.microseconds))")
    }

    /// It may have arrived: posted again only where that pages nobody twice.
    private func unanswered(_ reason: String) -> AttemptOutcome {
        guard !knowsPages else { return .failed(reason, retry: RetryPause(asked: nil)) }
        return .failed(reason + "; not tried again, since it may have arrived", retry: nil)
    }

    private func said(_ answer: Answer) -> String {
        let body = redaction.excerpt(String(decoding: answer.body, as: UTF8.self))
        return "answered \(answer.status)" + (body.isEmpty ? "" : ": \(body)")
    }

    /// Only the host is told: the rest of such an address may hold a key.
    private func redirect(_ answer: Answer) -> String {
        let host = answer.location.flatMap { URL(string: $0)?.host() } ?? "another path"
        return "answered \(answer.status) and points to \(redaction.excerpt(host)), which is not "
            + "followed; write in Url= where the service is"
    }

    private func pause(_ text: String) -> Duration? {
        if let seconds = Int64(text), seconds >= 0 {
            return .seconds(min(seconds, Self.longestPause))
        }
        return WireTime.instant(http: text).map { .microseconds(max(0, $0 - now)) }
    }

    /// In seconds, about thirty years: more than anybody waits, and few enough to calculate with.
    private static let longestPause: Int64 = 1_000_000_000

    /// Why no connection came about, in words; nil if there was one.
    private func unreached(_ error: any Error) -> String? {
        switch error {
        case let error as NIOConnectionError:
            let first = error.connectionErrors.first?.error as? IOError
            return first.map { words(for: $0) } ?? "name not found"
        case let error as IOError where Self.unreachable.contains(error.errnoCode):
            return words(for: error)
        case let error as HTTPClientError
        where [.connectTimeout, .tlsHandshakeTimeout].contains(error):
            return words(for: error)
        default: return nil
        }
    }

    /// These end an attempt before anything is sent.
    private static let unreachable = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH]

    private func words(for error: any Error) -> String {
        if let error = error as? HTTPClientError { return error.shortDescription.lowercased() }
        if let error = error as? IOError { return String(cString: strerror(error.errnoCode)) }
        return redaction.excerpt("\(error)")
    }
}
