/// A list of signed certificate timestamps as certificates, TLS extensions and OCSP responses hold it (RFC 6962 §3.3).
package struct SignedCertificateTimestampList: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        /// 0 for version 1.
        package let version: UInt8
        /// The SHA-256 of the log's key: 32 bytes.
        package let log: [UInt8]
        /// Milliseconds since 1970.
        package let milliseconds: UInt64
    }

    package let entries: [Entry]

    /// nil when the bytes break the grammar or hold more than 100 timestamps.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= 2, Int(bytes[0]) << 8 | Int(bytes[1]) == bytes.count - 2 else { return nil }
        var rest = bytes[2...]
        var entries: [Entry] = []
        while !rest.isEmpty {
            guard entries.count < 100, let length = Self.number(rest.prefix(2), of: 2), rest.count >= 2 + Int(length),
                let entry = Entry(rest.dropFirst(2).prefix(Int(length)))
            else { return nil }
            entries.append(entry)
            rest = rest.dropFirst(2 + Int(length))
        }
        self.entries = entries
    }

    fileprivate static func number(_ bytes: ArraySlice<UInt8>, of count: Int) -> UInt64? {
        bytes.count == count ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : nil
    }
}

extension SignedCertificateTimestampList.Entry {
    /// Version, log, time; extensions and signature are not read.
    fileprivate init?(_ bytes: ArraySlice<UInt8>) {
        guard let version = bytes.first,
            let milliseconds = SignedCertificateTimestampList.number(bytes.dropFirst(33).prefix(8), of: 8)
        else { return nil }
        self.version = version
        log = Array(bytes.dropFirst().prefix(32))
        self.milliseconds = milliseconds
    }
}
