import ArgumentParser
import Faults
import Glibc
import Systemd

/// Where the agent finds its records, hooks and secrets; every command takes the same options.
struct Places: ParsableArguments {
    @Option(help: "The folder with the armed records.")
    var state = "/var/lib/drilld"

    @Option(
        parsing: .upToNextOption,
        help: "Folders of scenarios, the one that overrides the others first.")
    var scenarios = ["/etc/drilld/scenarios", "/run/drilld/scenarios", "/usr/lib/drilld/scenarios"]

    @Option(help: "The folder with the secrets; $CREDENTIALS_DIRECTORY if it is set.")
    var credentials: String?

    @Option(
        help: ArgumentHelp(
            "The folder for calls of hooks that have units; $RUNTIME_DIRECTORY if it is set.",
            visibility: .hidden))
    var calls: String?

    var folder: StateFolder { StateFolder(state) }

    var callFolder: CallFolder {
        (calls ?? Activation.runtimeDirectory).map { CallFolder($0) } ?? CallFolder(folder: folder)
    }

    var credentialFolder: CredentialFolder {
        CredentialFolder(folder: credentials ?? Activation.credentialsDirectory)
    }

    /// Hooks that run as processes of this one.
    func hooks() throws -> FaultHooks {
        try hooks(runner: ProcessRunner(folder: folder, credentials: credentialFolder))
    }

    func hooks(runner: any HookRunner) throws -> FaultHooks {
        FaultHooks(
            store: try ArmedStore(folder: folder),
            hookGuard: HookGuard(folders: scenarios.filter { access($0, F_OK) == 0 }),
            runner: runner)
    }

    /// The same places for another call of this program.
    var arguments: [String] {
        ["--state", state, "--scenarios"] + scenarios
            + (credentials ?? Activation.credentialsDirectory).map { ["--credentials", $0] }.asList
    }

    /// The file of this program, absolute.
    static func program() throws -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
        }
        guard count > 0 else { throw ValidationError("/proc is not mounted") }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}

extension Optional where Wrapped == [String] {
    fileprivate var asList: [String] { self ?? [] }
}

/// The exit status that says "a fault may still be in place".
let leakedStatus = ExitCode(5)
