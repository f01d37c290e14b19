/// Why a hook is not run: what is wrong, and what to do about it.
package enum HookRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case outsideHooks(String)
    case missing(String, folders: [String])
    case deadLink(String)
    case linkOut(String, resolved: String, root: String)
    case notRegular(String)
    case notExecutable(String)
    case empty(String)
    case noInterpreterLine(String)
    case missingInterpreter(String, interpreter: String)
    case foreignOwner(String, user: UInt32, allowed: [UInt32])
    case writableByOthers(String, mode: UInt32)
    case unreadable(String, reason: String)
    case changed(String)
    case noCredentials(String)
    case missingCredential(String, folder: String)
    case foreignVariable(String)

    package var description: String {
        switch self {
        case .outsideHooks(let word):
            "'\(word)' is outside the hooks folder; put the file there and write hooks/NAME"
        case .missing(let hook, let folders):
            "there is no '\(hook)' in \(folders.joined(separator: " or ")); "
                + "create the file or correct the name"
        case .deadLink(let path):
            "\(path) is a link that leads to no file; put the hook itself there"
        case .linkOut(let path, let resolved, let root):
            "\(path) leads to \(resolved), out of \(root); put the file itself into the hooks folder"
        case .notRegular(let path):
            "\(path) is no regular file; a hook is a script or a program"
        case .notExecutable(let path):
            "\(path) is not executable; run 'chmod 755 \(path)'"
        case .empty(let path):
            "\(path) is empty; begin it with an interpreter line such as #!/bin/sh"
        case .noInterpreterLine(let path):
            "\(path) has no interpreter line; begin it with #!/bin/sh"
        case .missingInterpreter(let path, let interpreter):
            "\(path) asks for the interpreter '\(interpreter)', which does not exist or cannot be "
                + "executed; install it or correct the first line"
        case .foreignOwner(let path, let user, let allowed):
            "\(path) belongs to user \(user); run 'chown \(allowed.first ?? 0) \(path)'"
        case .writableByOthers(let path, let mode):
            "\(path) can be written by others (mode \(String(mode, radix: 8))); "
                + "run 'chmod go-w \(path)'"
        case .unreadable(let path, let reason):
            "\(path) cannot be read: \(reason)"
        case .changed(let path):
            "\(path) has changed since its fault was armed; arm the fault again"
        case .noCredentials(let name):
            "the credential '\(name)' is asked for, but the agent has no credentials folder; "
                + "add LoadCredential=\(name):/path to its unit"
        case .missingCredential(let name, let folder):
            "there is no credential '\(name)' in \(folder); "
                + "add LoadCredential=\(name):/path to the agent's unit"
        case .foreignVariable(let name):
            "'\(name)' is no variable for hooks; only names that begin with DRILL_ are passed on"
        }
    }
}
