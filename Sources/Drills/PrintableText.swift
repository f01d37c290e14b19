extension String {
    /// The text without line breaks, terminal escapes, marks that reorder text, and other scalars
    /// that nobody sees: names and reasons come from files, and hooks may have written them.
    package var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.map(Self.visible)))
    }

    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: " "
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: "\u{FFFD}"
        default: scalar
        }
    }
}
