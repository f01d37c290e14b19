import Glibc

/// What a path leads to, found without opening it.
enum FileState {
    case regular(FileIdentity)
    /// A link to `/dev/null` or an empty file, which hides files of less precedence.
    case mask
    case folder(FileIdentity)
    case missing
    case unusable(Problem)

    /// Looks at what the path leads to; links are followed.
    init(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            self = code == ENOENT ? .missing : .unusable(.system(code, path: path))
            return
        }
        let identity = FileIdentity(status)
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = status.st_size == 0 ? .mask : .regular(identity)
        case S_IFDIR: self = .folder(identity)
        case S_IFCHR where identity.isNullDevice(status): self = .mask
        case S_IFCHR, S_IFBLK: self = .unusable(.notRegular("a device", path: path))
        case S_IFIFO: self = .unusable(.notRegular("a named pipe", path: path))
        case S_IFSOCK: self = .unusable(.notRegular("a socket", path: path))
        default: self = .unusable(.notRegular("no regular file", path: path))
        }
    }
}

/// Tells whether two paths lead to the same file.
struct FileIdentity: Hashable {
    let device: UInt64
    let node: UInt64

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        node = UInt64(status.st_ino)
    }

    fileprivate func isNullDevice(_ status: stat) -> Bool {
        // Major 1, minor 3 on every Linux; the two share the low 16 bits.
        status.st_rdev == 0x103
    }
}

/// Reads whole files without ever waiting for one.
enum FileReading {
    /// The bytes of a regular file, unless it is too large or cannot be read.
    static func bytes(at path: String, into problems: inout [Problem]) -> [UInt8]? {
        // The file may have become a pipe since it was looked at; opening one must not wait.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            problems.append(.system(errno, path: path))
            return nil
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            problems.append(.system(errno, path: path))
            return nil
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            problems.append(.notRegular("no regular file", path: path))
            return nil
        }
        guard status.st_size <= UnitFile.byteLimit else {
            problems.append(.tooLarge(Int(status.st_size), path: path))
            return nil
        }
        return contents(of: descriptor, expecting: Int(status.st_size), path, &problems)
    }

    private static func contents(
        of descriptor: Int32, expecting size: Int, _ path: String, _ problems: inout [Problem]
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(max(size + 1, 4_096), 1 << 16))
        bytes.reserveCapacity(size)
        while bytes.count <= UnitFile.byteLimit {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer[..<count]
            } else if errno != EINTR {
                problems.append(.system(errno, path: path))
                return nil
            }
        }
        problems.append(.tooLarge(bytes.count, path: path))
        return nil
    }

    /// The names in a folder, sorted; nil when the folder does not exist or cannot be read.
    static func names(in folder: String, into problems: inout [Problem]) -> [String]? {
        guard let stream = opendir(folder) else {
            if errno != ENOENT { problems.append(.system(errno, path: folder)) }
            return nil
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                Array(raw.prefix { $0 != 0 })
            }
            if name == [UInt8(ascii: ".")] || name == Array("..".utf8) { continue }
            if let text = String(validating: name, as: UTF8.self) {
                names.append(text)
            } else {
                let repaired = String(decoding: name, as: UTF8.self)
                problems.append(
                    Problem(
                        "the name of this file is not valid UTF-8", remedy: "rename it",
                        at: SourcePosition(file: "\(folder)/\(repaired)")))
            }
        }
        return names.sorted()
    }
}

extension Problem {
    /// A path that leads to something other than a file.
    static func notRegular(_ what: String, path: String) -> Problem {
        Problem(
            "this is \(what) and not a file", remedy: "put a regular file there, or remove it",
            at: SourcePosition(file: path))
    }

    /// A path at which there is nothing, be it a link or not.
    static func missingFile(_ path: String) -> Problem { .system(ENOENT, path: path) }

    /// What the system said about a path.
    static func system(_ code: Int32, path: String) -> Problem {
        let (message, remedy) =
            switch code {
            case ENOENT: ("this leads to no file", "create the file, or remove the link")
            case ELOOP: ("its links lead round in a circle", "let the link lead to a file")
            case EACCES, EPERM: ("it may not be read", "grant the reader permission")
            case ENOTDIR: ("a part of this path is no folder", "move the file that is in the way")
            default: (String(cString: strerror(code)), "")
            }
        return Problem(message, remedy: remedy, at: SourcePosition(file: path))
    }
}
