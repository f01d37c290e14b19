import Drills
import FoundationEssentials

/// The folder in which secrets lie as files, as systemd lays them out in `$CREDENTIALS_DIRECTORY`.
package struct CredentialFolder: Sendable {
    private let folder: String?

    /// Credentials below a folder; none if the service was given no folder.
    package init(folder: String?) {
        self.folder = folder
    }

    /// The content of a credential without the line end that editors add.
    package func value(of name: String) throws(HookRefusal) -> String {
        guard let folder else { throw .noCredentials(name) }
        guard !name.contains("/"), !name.hasPrefix("."), !name.isEmpty,
            // Missing and unreadable look the same to the caller: the hook cannot have it.
            let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
        else { throw .missingCredential(name, folder: folder) }
        var text = String(decoding: data, as: UTF8.self)
        while text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty, !text.utf8.contains(0) else {
            throw .missingCredential(name, folder: folder)
        }
        return text
    }
}
