import AuditModel
import WireFormats

/// What the TLS probe saw: every hello with its answer, the certificates, and what the path builder found.
package struct TLSCapture: ProbeCapture {
    package static let probe = ProbeKind.tls

    /// The host that was asked for: a domain name, or an address without brackets.
    package var host: String
    package var port: Int
    /// The address that was connected to; nil through a proxy.
    package var address: String?
    /// The name that hellos carry (RFC 6066 §3); nil for an address, which has none.
    package var serverName: String?
    /// What was asked; a fact that needs another question is unobserved.
    package var questions: [TLSQuestion]
    /// Each hello with its last answer, in the order in which the hellos were first sent within a purpose.
    package var exchanges: [TLSExchange]
    /// Handshakes that a real client made.
    package var handshakes: [TLSHandshake]
    /// Distinct certificates in DER, as Base64; chains and paths name them by index.
    package var certificates: [String]
    /// Distinct chains that the server presented; the first is that of the default handshake.
    package var chains: [PresentedChain]
    /// TCP connections that were opened, retries included.
    package var connections: Int
    /// Hellos that were sent again because the first answer told nothing.
    package var retries: Int

    package init(
        host: String, port: Int, address: String? = nil, serverName: String? = nil, questions: [TLSQuestion] = [],
        exchanges: [TLSExchange] = [], handshakes: [TLSHandshake] = [], certificates: [String] = [],
        chains: [PresentedChain] = [], connections: Int = 0, retries: Int = 0
    ) {
        self.host = host
        self.port = port
        self.address = address
        self.serverName = serverName
        self.questions = questions
        self.exchanges = exchanges
        self.handshakes = handshakes
        self.certificates = certificates
        self.chains = chains
        self.connections = connections
        self.retries = retries
    }
}

/// A part of the probe's work; facts say which they need, and only those are done.
package enum TLSQuestion: String, Sendable, Codable, CaseIterable, Hashable {
    /// Which versions the server speaks, SSLv2 to TLS 1.3.
    case versions
    /// Every suite of every version, and who decides their order.
    case suites
    /// Key exchange groups of TLS 1.3 and of TLS 1.2.
    case groups
    /// The chain of the default handshake.
    case certificate
    /// The chains for every type of key.
    case certificates
    /// Whether the chains lead to a trust anchor.
    case trust
    /// Extensions that the server acknowledges, the staple and the SCTs among them.
    case extensions
    case alpn
    case compression
    /// TLS_FALLBACK_SCSV (RFC 7507).
    case fallback
    /// The hello without a server name, and with an unknown one.
    case serverName
    /// GREASE, long hellos, many suites.
    case tolerance
    /// A whole handshake by a real client, and whether a client certificate is demanded.
    case handshake
}

/// One hello and what came back.
package struct TLSExchange: Sendable, Equatable, Codable {
    package enum Purpose: String, Sendable, Codable, CaseIterable {
        /// One step of the elimination of suites; the first of a version also says whether the version is offered.
        case suites
        /// Two accepted suites in the order opposite to the server's first pick.
        case order
        /// The first hello of a version once more: do two back ends disagree?
        case again
        /// What was refused, once more, or what was `accepted`: another machine behind the address may think otherwise.
        case confirmation
        /// One step of the elimination of groups.
        case groups
        /// Suites and signature algorithms of one type of key, for its chain.
        case certificate
        /// Suites in CBC mode alone, which show encrypt_then_mac.
        case cbc
        /// One protocol offered by ALPN; `detail` names it.
        case alpn
        case compression
        case fallback
        /// No server name.
        case withoutServerName = "without-server-name"
        /// A name that no server has.
        case unknownServerName = "unknown-server-name"
        case grease
        /// A hello of more than 512 bytes.
        case longHello = "long-hello"
        /// A hello with more than 127 suites.
        case manySuites = "many-suites"
        /// SSLv2's framing around suites of TLS.
        case ssl2Format = "ssl2-format"
    }

    /// The detail of a confirmation that offers nothing but what was accepted before.
    package static let accepted = "accepted"

    /// The detail of a step that offers groups of RFC 7919 alone, with DHE suites of TLS 1.2.
    package static let finiteField = "finite-field"

    package var purpose: Purpose
    /// The version that was offered; for TLS 1.3 alone, for others the highest.
    package var version: ProtocolVersion
    /// Which part of the suites this elimination looks at, from 0; 0 when they are not dealt out.
    package var lane: Int
    /// How many suites the hello offered.
    package var offered: Int
    /// What was special: the group, the protocol, the type of key.
    package var detail: String?
    package var answer: TLSAnswer
    /// How often the hello was sent.
    package var attempts: Int
    /// Milliseconds from the last hello's first byte to its answer.
    package var milliseconds: Double

    package init(
        purpose: Purpose, version: ProtocolVersion, lane: Int = 0, offered: Int = 0, detail: String? = nil,
        answer: TLSAnswer, attempts: Int = 1, milliseconds: Double = 0
    ) {
        self.purpose = purpose
        self.version = version
        self.lane = lane
        self.offered = offered
        self.detail = detail
        self.answer = answer
        self.attempts = attempts
        self.milliseconds = milliseconds
    }
}

/// What a server answered to one hello, as far as it is in clear.
package struct TLSAnswer: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// A ServerHello; of SSLv2 its SERVER-HELLO.
        case hello
        /// A HelloRetryRequest (RFC 8446 §4.1.4).
        case helloRetry = "hello-retry"
        /// A fatal alert, `alert` says which.
        case alert
        /// The end of the stream without an answer.
        case closed
        case reset
        case refused
        case timeout
        /// Bytes that are no record of TLS; `firstBytes` holds some.
        case notTLS = "not-tls"
        /// Records of TLS that break the grammar, or more than the reader takes.
        case malformed
    }

    package var kind: Kind
    /// What broke, for `malformed`, `refused` and other failures of ours or the network.
    package var reason: String?
    /// The version that the answer chose, as its code: `supported_versions` wins over the field.
    package var version: UInt16?
    package var suite: UInt16?
    /// Of SSLv2's SERVER-HELLO: all its cipher kinds, three bytes each.
    package var ssl2Suites: [UInt32]?
    /// The group of a key share or of a ServerKeyExchange.
    package var group: UInt16?
    package var compression: UInt8?
    /// Extensions that came back, in their order.
    package var extensions: [UInt16]?
    package var alpn: String?
    /// Whether the random ends in the downgrade sentinel of RFC 8446 §4.1.3: `tls12` or `tls11`.
    package var sentinel: String?
    /// The description of the fatal alert.
    package var alert: UInt8?
    /// Descriptions of alerts at level warning before the answer.
    package var warnings: [UInt8]?
    /// The index of the chain that the flight carried, in the capture's `chains`.
    package var chain: Int?
    /// Of finite-field Diffie-Hellman: the length of the prime in bits, and the SHA-256 of its bytes in hexadecimal.
    package var dhBits: Int?
    package var dhPrime: String?
    /// Whether the flight asked for a client certificate; nil when the flight was not read so far.
    package var requestsClientCertificate: Bool?
    /// At most 16 bytes in hexadecimal of an answer that is not TLS.
    package var firstBytes: String?

    package init(_ kind: Kind, reason: String? = nil) {
        self.kind = kind
        self.reason = reason
    }
}

/// A handshake that a complete client made, or where it broke.
package struct TLSHandshake: Sendable, Equatable, Codable {
    /// nil when it broke before a version was settled.
    package var version: ProtocolVersion?
    package var alpn: String?
    /// The index of the chain in the capture's `chains`.
    package var chain: Int?
    /// Whether the server asked for a client certificate; nil when it was not seen so far.
    package var requestsClientCertificate: Bool?
    /// Whether the server ended it, or turned a request away, because it wants a client certificate.
    package var demandsClientCertificate: Bool
    /// nil when it was completed.
    package var failure: ProbeFailure?
    /// Which certificates it was willing to take: `any`, `rsa`, `ecdsa`, `eddsa`.
    package var keyType: String

    package init(
        version: ProtocolVersion? = nil, alpn: String? = nil, chain: Int? = nil,
        requestsClientCertificate: Bool? = nil, demandsClientCertificate: Bool = false, failure: ProbeFailure? = nil,
        keyType: String = "any"
    ) {
        self.version = version
        self.alpn = alpn
        self.chain = chain
        self.requestsClientCertificate = requestsClientCertificate
        self.demandsClientCertificate = demandsClientCertificate
        self.failure = failure
        self.keyType = keyType
    }
}

/// A chain as the server sent it, the leaf first, with what was stapled to it.
package struct PresentedChain: Sendable, Equatable, Codable {
    /// Indices into the capture's `certificates`; a certificate sent twice is named twice.
    package var certificates: [Int]
    /// The versions in which it was seen; the staple and the SCTs of TLS 1.3 are encrypted.
    package var versions: [ProtocolVersion]
    /// The CertificateStatus message's response in Base64 (RFC 6066 §8); nil when there was none in clear.
    package var staple: String?
    /// The signed_certificate_timestamp extension in Base64 (RFC 6962 §3.3); nil when there was none in clear.
    package var timestamps: String?
    /// nil when trust was not asked for.
    package var trust: TrustAssessment?

    package init(
        certificates: [Int], versions: [ProtocolVersion], staple: String? = nil, timestamps: String? = nil,
        trust: TrustAssessment? = nil
    ) {
        self.certificates = certificates
        self.versions = versions
        self.staple = staple
        self.timestamps = timestamps
        self.trust = trust
    }
}

/// What a path builder found between a chain and the trust anchors; dates are left to whoever judges at an instant.
package struct TrustAssessment: Sendable, Equatable, Codable {
    package enum Store: String, Sendable, Codable, CaseIterable {
        case system, file
    }

    /// Where anchors were looked for; empty when there were none to trust.
    package var stores: [Store]
    /// Every path that was found, at most 16, in the order in which the builder prefers them.
    package var paths: [CertificationPath]
    /// Pairs of certificate and issuer, as indices into the capture's `certificates`, whose signature was checked.
    package var signatures: [CheckedSignature]

    package init(stores: [Store], paths: [CertificationPath], signatures: [CheckedSignature]) {
        self.stores = stores
        self.paths = paths
        self.signatures = signatures
    }
}

/// A certification path (RFC 5280 §6.1): the leaf first, the trust anchor last.
package struct CertificationPath: Sendable, Equatable, Codable {
    /// Indices into the capture's `certificates`, which also holds the anchor.
    package var certificates: [Int]
    /// The store that holds the anchor.
    package var anchor: TrustAssessment.Store
    /// What the library's RFC 5280 policy objects to, dates apart; nil when it accepts the path or cannot read it.
    package var objection: String?

    package init(certificates: [Int], anchor: TrustAssessment.Store, objection: String? = nil) {
        self.certificates = certificates
        self.anchor = anchor
        self.objection = objection
    }
}

/// Whether a signature verifies under a presented issuer's key.
package struct CheckedSignature: Sendable, Equatable, Codable {
    package var certificate: Int
    package var issuer: Int
    /// nil when the algorithm or key is one that the libraries do not verify.
    package var verifies: Bool?

    package init(certificate: Int, issuer: Int, verifies: Bool?) {
        self.certificate = certificate
        self.issuer = issuer
        self.verifies = verifies
    }
}
