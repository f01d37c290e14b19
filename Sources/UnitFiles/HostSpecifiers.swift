import Glibc

extension Specifiers {
    /// The specifiers of the machine this runs on: host name and kernel release from the system.
    package static func ofThisHost(
        runtimeFolder: String = "/run", stateFolder: String = "/var/lib",
        configurationFolder: String = "/etc"
    ) -> Specifiers {
        var system = utsname()
        // It fails only for a bad pointer; the fields are then empty.
        _ = uname(&system)
        return Specifiers(
            host: text(of: system.nodename), runtimeFolder: runtimeFolder, stateFolder: stateFolder,
            configurationFolder: configurationFolder, kernelRelease: text(of: system.release))
    }

    private static func text<Field>(of field: Field) -> String {
        withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
