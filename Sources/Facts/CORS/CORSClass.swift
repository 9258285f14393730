/// What one request of the CORS probe tries; facts list them in this order.
package enum CORSClass: String, Codable, Sendable, CaseIterable, Hashable {
    /// No `Origin` at all: what every other answer is compared with.
    case none
    /// The target's own origin.
    case own
    /// An origin that may read: named by the caller, or by the answer to a request without `Origin`.
    case known
    /// A name that nobody can register.
    case arbitrary
    /// A made-up domain below the target's public suffix.
    case arbitraryTLD = "arbitrary-tld"
    case null
    /// `https://HOST.cors-probe.invalid`
    case hostAsPrefixLabel = "host-as-prefix-label"
    /// `https://HOSTcors-probe.invalid`
    case hostAsPrefixGlued = "host-as-prefix-glued"
    /// `https://cors-probeHOST`
    case hostAsSuffixGlued = "host-as-suffix-glued"
    /// `https://cors-probeSITE`
    case siteAsSuffixGlued = "site-as-suffix-glued"
    /// A letter in the place of a dot.
    case unescapedDot = "unescaped-dot"
    /// The host without its first letter, or the site without its last.
    case truncated
    case subdomain
    case sibling
    /// The site itself, which may well be a member of a list.
    case parent
    case httpDowngrade = "http-downgrade"
    case httpSubdomain = "http-subdomain"
    case port
    case localhost
    case localhostPrefix = "localhost-prefix"
    /// A name that anybody gets at a host of many tenants.
    case sharedHosting = "shared-hosting"
    /// A character after the host that some browser accepts in names.
    case extended
    /// A browser extension.
    case `extension`
    /// The own host in capitals; no browser sends that.
    case letterCase = "letter-case"
    /// Preflight of the arbitrary origin for DELETE with two header fields.
    case preflight
    /// The same for a method that does not exist, of an origin that may read if there is one.
    case preflightMethod = "preflight-unknown-method"
    /// A preflight that asks for access to a private network.
    case preflightNetwork = "preflight-private-network"
    /// OPTIONS with an `Origin`, but without the field that makes it a preflight.
    case plainOptions = "plain-options"

    /// Whether it is sent as OPTIONS.
    package var isOptions: Bool {
        switch self {
        case .preflight, .preflightMethod, .preflightNetwork, .plainOptions: true
        default: false
        }
    }

    /// Whether an origin of this class that may read is one more than the service needs.
    package var isBypass: Bool {
        switch self {
        case .none, .own, .known, .parent, .extension, .letterCase: false
        default: !isOptions
        }
    }
}

/// One request of the probe: its class and the origin that it claims.
package struct CORSQuestion: Hashable, Sendable {
    package let kind: CORSClass
    /// nil for a request without `Origin`.
    package let origin: String?

    package init(_ kind: CORSClass, _ origin: String?) {
        self.kind = kind
        self.origin = origin
    }
}
