/// Why clients should not trust a chain; the raw value is its name in facts.
enum ChainProblem: String, Sendable, CaseIterable {
    /// The leaf is its own issuer, and no anchor.
    case selfSigned = "self-signed"
    /// The chain ends at an authority that no store holds.
    case unknownIssuer = "unknown-issuer"
    /// An intermediate is missing that the server should send.
    case incomplete
    case expired
    case notYetValid = "not-yet-valid"
    case nameMismatch = "name-mismatch"
    case weakSignature = "weak-signature"
    case weakKey = "weak-key"
    case wrongPurpose = "wrong-purpose"
    case notACA = "not-a-ca"
    case pathTooLong = "path-too-long"
    case nameConstraints = "name-constraints"
    case badSignature = "bad-signature"
    case unknownCriticalExtension = "unknown-critical-extension"
    case revoked
    /// The leaf demands a staple, and none that is good came with it.
    case mustStapleMissing = "must-staple-missing"
    /// A certificate cannot be read, or contradicts itself.
    case malformed
    /// The library's checks of RFC 5280 object to the path, and none of ours says why.
    case invalidPath = "invalid-path"
}
