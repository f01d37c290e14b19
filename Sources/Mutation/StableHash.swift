/// Hashes that never change between machines, processes or releases, unlike `Hasher`.
package enum StableHash {
    /// The 64-bit FNV-1a hash of the UTF-8 bytes of `text` (Fowler, Noll, Vo; offset basis
    /// 14695981039346656037, prime 1099511628211).
    package static func fnv1a(_ text: some StringProtocol) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return hash
    }

    /// The finishing step of SplitMix64: each input bit changes about half of the output bits.
    package static func scrambled(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
