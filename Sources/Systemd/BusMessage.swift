import CSystemd
import Glibc

/// A D-Bus message being written or read; it owns one reference.
struct BusMessage: ~Copyable {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        sd_bus_message_unref(pointer)
    }

    /// Appends one value of a type that needs no container of its own kind to be named.
    func append(_ value: BusValue) throws {
        switch value {
        case .boolean(let isTrue): try basic("b", Int32(isTrue ? 1 : 0))
        case .int32(let number): try basic("i", number)
        case .uint64(let number): try basic("t", number)
        case .string(let text): try append(text)
        case .strings(let texts):
            try container("a", "s") { for text in texts { try append(text) } }
        case .commands(let commands):
            try container("a", "(sasb)") { for command in commands { try append(command) } }
        case .expressions(let expressions):
            try container("a", "(ss)") {
                for expression in expressions {
                    try container("r", "ss") {
                        try append(expression.directive)
                        try append(expression.expression)
                    }
                }
            }
        }
    }

    /// Appends a string; an interior NUL would cut it short on the wire, so it is refused.
    func append(_ text: String) throws {
        guard !text.utf8.contains(0) else {
            throw SystemdError.system(call: "a string with a NUL byte", errno: EINVAL)
        }
        try text.withCString { try appendRaw("s", $0) }
    }

    /// Appends `a(sv)`, the form in which all unit properties travel.
    func append(_ properties: [UnitProperty]) throws {
        try container("a", "(sv)") {
            for property in properties {
                try container("r", "sv") {
                    try append(property.name)
                    try container("v", property.value.signature) { try append(property.value) }
                }
            }
        }
    }

    /// Opens a container, has it filled, and closes it.
    func container(_ type: Character, _ contents: String, fill: () throws -> Void) throws {
        let code = CChar(bitPattern: type.asciiValue ?? 0)
        try checked("open D-Bus container", sd_bus_message_open_container(pointer, code, contents))
        try fill()
        try checked("close D-Bus container", sd_bus_message_close_container(pointer))
    }

    private func append(_ command: BusCommand) throws {
        try container("r", "sasb") {
            try append(command.argv[0])
            try append(.strings(command.argv.map(Self.withoutExpansion)))
            try append(.boolean(false))
        }
    }

    // PID 1 expands variables when it runs the program, and reads "$$" as a dollar sign.
    private static func withoutExpansion(_ word: String) -> String {
        String(word.flatMap { $0 == "$" ? "$$" : String($0) })
    }

    private func basic<Number: FixedWidthInteger>(_ type: Character, _ number: Number) throws {
        try withUnsafePointer(to: number) { try appendRaw(type, $0) }
    }

    private func appendRaw(_ type: Character, _ value: UnsafeRawPointer) throws {
        let code = CChar(bitPattern: type.asciiValue ?? 0)
        try checked("append to D-Bus message", sd_bus_message_append_basic(pointer, code, value))
    }
}

extension BusMessage {
    /// Reads the next string or object path.
    func readText(_ type: Character = "s") throws -> String {
        var text: UnsafePointer<CChar>?
        try read(type, &text)
        guard let text else { throw SystemdError.unreadable(what: "a string of the D-Bus message") }
        return String(cString: text)
    }

    /// Reads the next unsigned 32-bit number.
    func readNumber() throws -> UInt32 {
        var number: UInt32 = 0
        try read("u", &number)
        return number
    }

    /// Enters a container; false at the end of the array around it.
    func enter(_ type: Character, _ contents: String) throws -> Bool {
        let code = CChar(bitPattern: type.asciiValue ?? 0)
        return try checked(
            "read D-Bus message", sd_bus_message_enter_container(pointer, code, contents)) > 0
    }

    /// Leaves the container that was entered last.
    func leave() throws {
        try checked("read D-Bus message", sd_bus_message_exit_container(pointer))
    }

    private func read(_ type: Character, _ value: UnsafeMutableRawPointer) throws {
        let code = CChar(bitPattern: type.asciiValue ?? 0)
        let result = try checked(
            "read D-Bus message", sd_bus_message_read_basic(pointer, code, value))
        guard result > 0 else {
            throw SystemdError.unreadable(what: "the D-Bus message, which ends early")
        }
    }
}
