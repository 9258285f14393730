import AuditModel
import Facts

extension PageRequests {
    /// What an HTML page holds; nil for other media types.
    func outline(of response: HTTPResponse) -> PageOutline? { nil }
}
