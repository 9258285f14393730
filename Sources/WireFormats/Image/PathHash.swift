extension RootPath {
    /// A number of 64 bits that stands for the path within this process; no target can foresee it.
    var pathHash: Int {
        var hasher = Hasher()
        combine(into: &hasher) { _ in }
        return hasher.finalize()
    }

    /// The hash of every folder above it from the first component down, then its own; empty for the root.
    var prefixHashes: [Int] {
        var hasher = Hasher()
        var hashes: [Int] = []
        combine(into: &hasher) { hashes.append($0.finalize()) }
        return hashes
    }

    /// Feeds component by component, so that a prefix and the path that it is give the same hash.
    private func combine(into hasher: inout Hasher, afterEach visit: (Hasher) -> Void) {
        bytes.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let component = UnsafeRawBufferPointer(rebasing: bytes[start...].prefix { $0 != UInt8(ascii: "/") })
                hasher.combine(bytes: component)
                hasher.combine(UInt8(ascii: "/"))
                visit(hasher)
                start += component.count + 1
            }
        }
    }
}
