import Logging
import NIOHTTP1
import ServiceLifecycle

/// A steady trickle of customers, so that figures mean something.
package struct Traffic: Service {
    private let perSecond: Int
    private let duration: Duration?
    private let port: @Sendable () -> Int?
    /// More than this many requests at once are not started: a stuck shop is not piled upon.
    private static let limit = 64

    /// Requests per second to the front at a port, once it has one; for ever without a duration.
    package init(
        perSecond: Int, duration: Duration? = nil, port: @escaping @Sendable () -> Int?
    ) {
        self.perSecond = perSecond
        self.duration = duration
        self.port = port
    }

    package func run() async throws {
        _ = await sent()
    }

    /// Sends the traffic and answers how many requests were answered and how many were not.
    package func sent() async -> Tally {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Bool.self) { group in await send(in: &group) }
        }
    }

    private func send(in group: inout TaskGroup<Bool>) async -> Tally {
        var tally = Tally()
        var running = 0
        let start = ContinuousClock.now
        var step = 0
        while !Task.isCancelled, duration.map({ ContinuousClock.now - start < $0 }) ?? true {
            if running >= Self.limit, let isAnswered = await group.next() {
                tally.count(isAnswered)
                running -= 1
            }
            if let port = port() {
                let number = step
                group.addTask { await Customer(port: port, number: number).act() }
                running += 1
            }
            step += 1
            // Cancelled means the loop is over.
            try? await Task.sleep(until: start + .seconds(1) * step / perSecond, clock: .continuous)
        }
        for await isAnswered in group { tally.count(isAnswered) }
        return tally
    }

    /// How many requests got an answer.
    package struct Tally: Hashable, Sendable {
        package private(set) var answered = 0
        package private(set) var lost = 0

        fileprivate mutating func count(_ isAnswered: Bool) {
            if isAnswered { answered += 1 } else { lost += 1 }
        }
    }
}

/// One customer, whose errand follows from their number.
struct Customer: Sendable {
    let port: Int
    let number: Int

    /// Runs the errand; whether the shop answered.
    func act() async -> Bool {
        if number % 10 == 9 { return await edit() }
        return await send(errand) != nil
    }

    private var errand: LoopbackRequest {
        switch number % 10 {
        case 0, 2, 4, 6:
            LoopbackRequest(method: .POST, uri: "/checkout?cents=\(1_000 + number % 977)")
        case 1: LoopbackRequest(method: .GET, uri: "/orders")
        case 3: refund
        case 5: login(key: number % 20 == 5 ? "2026-b" : "2027-a")
        case 7: LoopbackRequest(method: .GET, uri: "/edge/catalog?role=guest")
        default: LoopbackRequest(method: .GET, uri: "/edge/payouts?role=guest")
        }
    }

    private var refund: LoopbackRequest {
        let dollars = 10 + number % 7
        return LoopbackRequest(
            method: .POST,
            uri:
                "/refund?order=\(dollars * 100)&expected=\(dollars * 100)&text=refund%20\(dollars).00"
        )
    }

    private func login(key: String) -> LoopbackRequest {
        let token = AccessToken(key: key, user: "customer-\(number % 100)")
        return LoopbackRequest(
            method: .GET, uri: "/login", headers: ["Authorization": "Bearer \(token)"])
    }

    /// Reads a document and writes it back, as an editor does.
    private func edit() async -> Bool {
        let name = "/content/page-\(number / 10 % 3)"
        guard let read = await send(LoopbackRequest(method: .GET, uri: name)),
            let version = read.body.split(separator: "\n").first
        else { return false }
        let uri = "\(name)?version=\(version)&text=edit-\(number)"
        return await send(LoopbackRequest(method: .PUT, uri: uri)) != nil
    }

    /// A request that was lost is counted, not told.
    private func send(_ request: LoopbackRequest) async -> LoopbackResponse? {
        try? await LoopbackClient(port: port).send(request, timeout: .seconds(5))
    }
}
