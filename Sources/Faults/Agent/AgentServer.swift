import Dispatch
import Drills
import Glibc
import Synchronization

/// Lets connections speak to an agent.
package final class AgentServer: Sendable {
    private let agent: Agent
    private let board: NoticeBoard
    private let allowedUsers: @Sendable () -> Set<UInt32>
    private let lastConnection = Mutex(0)

    /// A server for root, its own user and these users, who are looked up when somebody else asks.
    package init(
        agent: Agent, board: NoticeBoard,
        allowedUsers: @escaping @autoclosure @Sendable () -> Set<UInt32>
    ) {
        self.agent = agent
        self.board = board
        self.allowedUsers = allowedUsers
    }

    /// Takes connections from a listening socket, on a thread of its own.
    package func listen(on socket: Int32) {
        DispatchQueue(label: "agent listener").async { [self] in
            while true {
                let connection = accept(socket, nil, nil)
                if connection >= 0 {
                    admit(connection)
                } else if [EBADF, EINVAL, ENOTSOCK].contains(errno) {
                    return
                } else {
                    // Whatever the kernel lacks now, it may have in a moment.
                    usleep(1000)
                }
            }
        }
    }

    private func admit(_ socket: Int32) {
        let stream = LineStream(reading: socket, writing: socket)
        guard let user = UnixSocket.peerUser(of: socket), isAllowed(user) else {
            stream.close()
            return
        }
        serve(stream)
    }

    private func isAllowed(_ user: UInt32) -> Bool {
        user == 0 || user == geteuid() || allowedUsers().contains(user)
    }

    /// Serves one connection until it ends.
    package func serve(_ stream: LineStream) {
        let connection = lastConnection.withLock { last in
            last += 1
            return last
        }
        board.add(stream, as: connection)
        let (requests, feed) = AsyncStream.makeStream(of: [UInt8].self)
        Task { [self] in
            await agent.opened(connection)
            for await line in requests { await take(line, from: connection, stream) }
            board.remove(connection)
            await agent.closed(connection)
        }
        stream.read(use: { feed.yield($0) }, ended: { feed.finish() })
    }

    /// Greetings and leases are answered in order, and plain hooks begun in order; all else goes on side by side.
    private func take(_ line: [UInt8], from connection: Int, _ stream: LineStream) async {
        guard let request = try? Text.parse(AgentRequest.self, line) else {
            // A peer that speaks another language is not guessed at.
            stream.close()
            return
        }
        let agent = agent
        switch request.body {
        case .hello, .lease, .stop, .status:
            let reply = await agent.answer(request.body, from: connection)
            stream.send(.reply(id: request.id, body: reply))
        case .run(let command):
            // Begun in order: a stop that follows, and the end of the connection, find it.
            let running = await agent.begin(command, for: connection)
            Task { stream.send(.reply(id: request.id, body: await running.value)) }
        default:
            Task {
                let reply = await agent.answer(request.body, from: connection)
                stream.send(.reply(id: request.id, body: reply))
            }
        }
    }
}

/// The connections that hear notices.
package final class NoticeBoard: Sendable {
    private let streams = Mutex<[Int: LineStream]>([:])

    /// A board that nobody reads yet.
    package init() {}

    /// Tells every connection.
    package func post(_ notice: AgentNotice) {
        for stream in streams.withLock({ Array($0.values) }) { stream.send(.notice(notice)) }
    }

    func add(_ stream: LineStream, as connection: Int) {
        streams.withLock { $0[connection] = stream }
    }

    func remove(_ connection: Int) {
        streams.withLock { $0[connection] = nil }
    }
}

extension LineStream {
    /// Sends a message; one that cannot be written as JSON ends the connection, so that the peer notices.
    func send(_ message: AgentMessage) {
        guard let line = try? Text.json(message) else { return close() }
        send(line)
    }
}
