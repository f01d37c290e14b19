import AsyncHTTPClient
import CalendarTime
import Drills
import NIOCore
import NIOHTTP1

/// Makes one attempt over HTTP and judges the answer.
struct HTTPPost: Sendable {
    private let client: HTTPClient

    init() {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(30)), decompression: .disabled)
        configuration.httpVersion = .http1Only
        // Attempts are ours to count.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// One attempt: given up at the limit, unless the status is there by then.
    func attempt(
        _ order: PageOrder, _ form: any WireForm, at now: WallInstant, _ limit: Duration,
        _ time: PagingTime
    ) async -> AttemptOutcome {
        let judge = AnswerJudge(form: form, now: now)
        let request: HTTPClientRequest
        do {
            request = try Self.request(form.request(order, at: now), form)
        } catch {
            return .rejected("the page cannot be written as the service wants it: \(error)")
        }
        switch await time.within(limit, { await head(of: request) }) {
        case nil: return judge.silence(limit)
        case .failure(let error): return judge.outcome(of: error)
        case .success(let response):
            // The status alone counts; a body that breaks off or stalls takes nothing away from it.
            let body = await time.within(min(limit, Self.longestReading)) {
                await Self.beginning(of: response.body)
            }
            return judge.outcome(Answer(response, body: body ?? []))
        }
    }

    /// Closes all connections.
    func shutdown() async {
        // It fails only when it is closed already.
        try? await client.shutdown()
    }

    private static func request(
        _ wire: WireRequest, _ form: any WireForm
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: wire.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "User-Agent", value: "drilld")
        for (name, value) in wire.headers { request.headers.add(name: name, value: value) }
        // A connection that was kept may be closed by the other side while the page is on its way,
        // and nobody could tell whether it arrived.
        if !form.knowsPages { request.headers.add(name: "Connection", value: "close") }
        request.body = .bytes(ByteBuffer(bytes: wire.body))
        return request
    }

    /// Status and headers of the answer.
    private func head(
        of request: HTTPClientRequest
    ) async -> Result<HTTPClientResponse, any Error> {
        do { return .success(try await client.execute(request, deadline: .distantFuture)) } catch {
            return .failure(error)
        }
    }

    /// The first bytes of a body, as far as they come.
    private static func beginning(of body: HTTPClientResponse.Body) async -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                bytes.append(contentsOf: part.readableBytesView.prefix(longestBody - bytes.count))
                if bytes.count == longestBody { break }
            }
        } catch {
            // What came before the connection broke is as good as a whole body.
        }
        return bytes
    }

    private static let longestBody = 64 * 1024
    /// How long the body may take after the head.
    private static let longestReading = Duration.seconds(3)
}

/// An answer as far as it is looked at.
struct Answer: Sendable {
    let status: Int
    let retryAfter: String?
    let location: String?
    let body: [UInt8]

    init(_ response: HTTPClientResponse, body: [UInt8]) {
        status = Int(response.status.code)
        retryAfter = response.headers.first(name: "Retry-After")
        location = response.headers.first(name: "Location")
        self.body = body
    }
}
