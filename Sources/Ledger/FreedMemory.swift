/// What happens to memory that is free again.
enum FreedMemory {
    /// Makes the C library keep some of it for this process.
    ///
    /// glibc returns the end of a thread's heap to the system as soon as 128 KiB of it are free, and a writer
    /// of batches fills and frees more than that with each of them. Unmapping, which stops all threads, and
    /// mapping anew took more than half of the time of an event.
    static func keep() {
        #if canImport(Glibc)
            _ = isKept
        #endif
    }

    #if canImport(Glibc)
        private static let isKept: Bool = {
            // M_TRIM_THRESHOLD and M_TOP_PAD of malloc.h; an old value that stays is only slower.
            let threshold = mallopt(-1, 16 << 20)
            let pad = mallopt(-2, 1 << 20)
            return threshold == 1 && pad == 1
        }()
    #endif
}

#if canImport(Glibc)
    // Swift's Glibc leaves malloc.h out.
    @_silgen_name("mallopt")
    private func mallopt(_ parameter: CInt, _ value: CInt) -> CInt
#endif
