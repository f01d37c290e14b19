import ControlAPI
import Drills

extension GlobalOptions {
    /// Asks the daemon to do something and prints what it says.
    func order(_ request: ControlRequest) async throws {
        try say(try await client.ask(request, for: Done.self))
    }

    /// Prints what was done.
    func say(_ done: Done) throws {
        if json {
            try output.write(json: done)
        } else {
            output.write(done.message + "\n")
        }
    }
}

/// Whether any of the faults may still be in place after it should be gone.
func throwIfLeaked(_ faults: [FaultRow]) throws {
    guard !faults.contains(where: { $0.state == .leaked }) else {
        throw CommandFailure(.leaked)
    }
}
