/// What `%` and a letter stand for in a value.
///
/// `%%` is a percent sign. A `%` that no letter follows stands for itself, so `50%` needs no care.
package struct Specifiers: Sendable {
    private var values: [UInt8: String]

    /// The ones that hold for the whole machine; the caller looks them up.
    ///
    /// - Parameters:
    ///   - host: `%H`, the host name.
    ///   - runtimeFolder: `%t`, such as `/run`.
    ///   - stateFolder: `%S`, such as `/var/lib`.
    ///   - configurationFolder: `%E`, such as `/etc`.
    ///   - kernelRelease: `%v`, as `uname -r` prints it.
    package init(
        host: String, runtimeFolder: String = "/run", stateFolder: String = "/var/lib",
        configurationFolder: String = "/etc", kernelRelease: String
    ) {
        values = [
            Self.byte("H"): host, Self.byte("t"): runtimeFolder, Self.byte("S"): stateFolder,
            Self.byte("E"): configurationFolder, Self.byte("v"): kernelRelease,
        ]
    }

    /// These and the ones of a file: `%n` its name, `%N` without suffix, `%p` up to an `@`.
    func adding(_ file: UnitFile) -> Specifiers {
        var result = self
        let stem = file.stem
        result.values[Self.byte("n")] = file.name
        result.values[Self.byte("N")] = stem
        result.values[Self.byte("p")] = stem.firstIndex(of: "@").map { String(stem[..<$0]) } ?? stem
        return result
    }

    /// These and `%i`, the name of a section; empty where it has none.
    func adding(_ section: Section) -> Specifiers {
        var result = self
        result.values[Self.byte("i")] = section.name ?? ""
        return result
    }

    /// What a letter stands for.
    func value(of letter: UInt8) -> String? { values[letter] }

    /// The letters that stand for something, for the remedy of a problem: `%E, %H, %i`.
    var list: String {
        values.keys.sorted().map { "%\(Unicode.Scalar($0))" }.joined(separator: ", ")
    }

    private static func byte(_ letter: Unicode.Scalar) -> UInt8 { UInt8(ascii: letter) }
}
