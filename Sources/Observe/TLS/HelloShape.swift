import Glibc
import WireFormats

/// What a hello offers, before it is written for a server that may not take every length.
struct HelloShape: Sendable {
    /// The highest version offered; TLS 1.3 alone when it is that.
    var version: ProtocolVersion
    var suites: [UInt16]
    /// Values of the list of suites that are no suites (RFC 5746 §3.3, RFC 7507 §3).
    var signals: [UInt16] = []
    var groups: [UInt16]
    var schemes: [UInt16]
    /// nil leaves the extension out.
    var serverName: String?
    var protocols: [String] = []
    var compressionMethods: [UInt8] = [0]
    /// Of TLS 1.3; empty asks for a HelloRetryRequest.
    var keyShares: [KeyShareEntry] = []
    /// Extensions that only the answer to a version's first hello has to show.
    var extras: [HelloExtension] = []
    /// The list of `supported_versions`; nil for that of the version.
    var supportedVersions: [UInt16]?
    /// The least length of the message; nil leaves it to the form.
    var paddedTo: Int?
    /// Whether the hello is long on purpose.
    var isUnbounded = false

    init(
        _ version: ProtocolVersion, suites: [UInt16]? = nil, groups: [UInt16]? = nil, schemes: [UInt16]? = nil,
        serverName: String?
    ) {
        self.version = version
        self.suites = suites ?? HelloLists.suites(version)
        self.groups = groups ?? HelloLists.groups(version)
        self.schemes = schemes ?? (version == .tls13 ? HelloLists.schemes13 : HelloLists.schemes)
        self.serverName = serverName
        if version == .ssl3 { signals = [CipherSuite.renegotiationSignal] }
    }
}

/// How a hello is cut for servers that hang on some lengths.
enum HelloForm: Sendable, CaseIterable {
    /// At most 127 suites and 511 bytes, which almost every server takes.
    case plain
    /// At least 512 bytes: some load balancers hang on 256 to 511 (RFC 7685 §1).
    case padded
    /// At most 64 suites and 255 bytes.
    case short

    fileprivate var mostSuites: Int { self == .short ? 64 : 127 }

    /// Of the whole record.
    fileprivate var mostBytes: Int { self == .short ? 255 : 511 }
}

/// A hello as bytes, with the suites that it offers.
struct WrittenHello: Sendable {
    var bytes: [UInt8]
    var suites: [UInt16]

    /// The forms that are worth trying when this hello hangs.
    var otherForms: [HelloForm] {
        if bytes.count > 511 { return [.short] }
        if bytes.count > 255 { return [.padded, .short] }
        return []
    }
}

extension HelloShape {
    /// The hello with as many of the suites, from the first, as the form has room for; at least one.
    func written(as form: HelloForm) -> WrittenHello {
        var hello = clientHello(as: form)
        guard !isUnbounded else { return WrittenHello(bytes: finished(hello, form), suites: suites) }
        // SSLv3 has nothing to pad with.
        let mostBytes = form == .padded && version == .ssl3 ? HelloForm.short.mostBytes : form.mostBytes
        let room = (mostBytes - hello.records.count) / 2
        let offered = Array(suites.prefix(max(1, min(room, form.mostSuites - signals.count))))
        hello.suites = offered + signals
        return WrittenHello(bytes: finished(hello, form), suites: offered)
    }

    private func finished(_ hello: ClientHello, _ form: HelloForm) -> [UInt8] {
        let least = max(paddedTo ?? 0, form == .padded && version != .ssl3 ? 512 : 0)
        return (least > 0 ? hello.padded(to: least) : hello).records
    }

    /// Without suites, unless the hello is long on purpose.
    private func clientHello(as form: HelloForm) -> ClientHello {
        ClientHello(
            recordVersion: min(version.code, ProtocolVersion.tls10.code),
            legacyVersion: min(version.code, ProtocolVersion.tls12.code), random: randomBytes(32),
            // Middleboxes take TLS 1.3 for a resumption then (RFC 8446 §D.4).
            sessionID: version == .tls13 ? randomBytes(32) : [], suites: (isUnbounded ? suites : []) + signals,
            compressionMethods: compressionMethods, extensions: version == .ssl3 ? nil : extensions(as: form))
    }

    private func extensions(as form: HelloForm) -> [HelloExtension] {
        let isShort = form == .short
        var groups = isShort ? groups.filter(HelloLists.usualGroups.contains) : groups
        var schemes = isShort ? schemes.filter(HelloLists.usualSchemes.contains) : schemes
        if version == .tls12, suites.prefix(form.mostSuites).contains(where: HelloLists.isGOST) {
            groups += HelloLists.groupsOfGOST
            schemes += HelloLists.schemesOfGOST
        }
        var list: [HelloExtension] = []
        if let serverName { list.append(.serverName(serverName)) }
        if !groups.isEmpty { list += [.supportedGroups(groups), .ecPointFormats()] }
        if version >= .tls12 { list.append(.signatureAlgorithms(schemes)) }
        list.append(.renegotiationInfo)
        if let versions = supportedVersions ?? (version == .tls13 ? [version.code] : nil) {
            list += [.supportedVersions(versions), .pskKeyExchangeModes(), .keyShare(keyShares)]
        }
        if !isShort {
            list += [.extendedMasterSecret, .sessionTicket]
            if version < .tls13 { list += [.encryptThenMAC, .statusRequest, .signedCertificateTimestamp] }
            if !protocols.isEmpty { list.append(.alpn(protocols)) }
            list += extras
        }
        return list
    }
}

/// Bytes that differ from hello to hello; no key depends on them.
func randomBytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        // One system call for all of them; a generator would make one for every eight.
        getentropy(buffer.baseAddress, count)
        initialized = count
    }
}
