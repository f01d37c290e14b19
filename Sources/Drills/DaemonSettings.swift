import CalendarTime
import UnitFiles

/// What `drilld.conf` says.
package struct DaemonSettings: Hashable, Sendable {
    package let stateDirectory: String
    package let archiveDirectory: String
    package let socket: String
    package let agent: String
    package let watchdog: TimeSpan
    package let operatorGroup: String
    /// Where people reach the console: scheme, host, and the port unless it is the scheme's own.
    package let consoleURL: String?

    /// Reads a configuration file and its drop-ins; an empty file gives the defaults.
    ///
    /// Nil when something in it is wrong; what, is added to the problems.
    package init?(_ file: UnitFile, specifiers: Specifiers, into problems: inout [Problem]) {
        let section = file.sections.contains { $0.kind == "Daemon" }
        var file = file
        if !section {
            let place = SourcePosition(file: file.path)
            file.sections.append(Section(kind: "Daemon", name: nil, position: place))
        }
        let known = problems.count
        let all = DirectiveTable.daemon.settings(
            of: file, specifiers: specifiers, into: &problems)
        guard let settings = all.first else { return nil }
        var reader = SectionReader(settings)
        let state = reader.absolutePath("StateDirectory")
        let archive = reader.absolutePath("ArchiveDirectory")
        let socket = reader.absolutePath("Socket")
        let agent = reader.absolutePath("Agent")
        let watchdog = reader.positiveSpan("WatchdogSec")
        let group = reader.word("OperatorGroup")?.text
        let console = reader.consoleURL()
        problems += reader.problems
        guard let state, let socket, let agent, let watchdog, let group,
            !problems[known...].containsError
        else { return nil }
        stateDirectory = state
        archiveDirectory = archive ?? "\(state)/archive"
        self.socket = socket
        self.agent = agent
        self.watchdog = watchdog
        operatorGroup = group
        consoleURL = console
    }
}

extension SectionReader {
    /// `ConsoleUrl=`, an address as those of channels are, but without a path.
    fileprivate mutating func consoleURL() -> String? {
        guard let word = word("ConsoleUrl") else { return nil }
        do {
            let url = try ServiceURL(parsing: word.text)
            if let origin = url.origin { return origin }
        } catch {
            report(Problem(sentence: "Console\(error)", at: word.position))
            return nil
        }
        report(
            "ConsoleUrl= has a path, and the console's pages begin at /",
            remedy: "remove it, and let the proxy serve the console under a name of its own",
            at: word.position)
        return nil
    }
}

extension ServiceURL {
    /// Scheme, host and port as browsers write them; nil if there is a path as well.
    fileprivate var origin: String? {
        let url = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: url.hasPrefix) else { return nil }
        guard !url.dropFirst(scheme.count).contains("/") else { return nil }
        let port = scheme == "https://" ? ":443" : ":80"
        return url.hasSuffix(port) ? String(url.dropLast(port.count)) : url
    }
}
