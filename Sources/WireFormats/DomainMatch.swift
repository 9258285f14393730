/// Whether a host is a domain or a subdomain of it, both in lower case; an address has no subdomains (RFC 6265 §5.1.3).
package func domainMatches(_ host: String, _ domain: String) -> Bool {
    host == domain || host.hasSuffix("." + domain) && IPAddress(host) == nil
}
