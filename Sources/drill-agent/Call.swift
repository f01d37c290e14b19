import ArgumentParser
import Dispatch
import Faults
import Glibc

/// Makes one call that the agent laid down: the process of a hook's unit.
struct Call: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Run one hook on behalf of the agent.", shouldDisplay: false)

    @OptionGroup var places: Places
    @Argument(help: "The name of the call.") var name: String

    func run() async throws {
        guard let name = CallName(checking: name) else {
            throw ValidationError("'\(name)' is no name of a call")
        }
        let calls = places.callFolder
        let call = try calls.call(name)
        let runner = ProcessRunner(
            folder: places.folder, credentials: places.credentialFolder)
        let work = Task { await runner.run(call) }
        let termination = Signals.onTermination { work.cancel() }
        defer { termination.cancel() }
        try calls.answer(await work.value, to: name)
    }
}

/// Signals that ask to end.
enum Signals {
    /// Calls `action` for TERM and INT instead of ending the process.
    static func onTermination(
        _ action: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        signal(SIGTERM, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
        return source
    }
}
