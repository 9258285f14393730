import AuditModel
import Facts
import NIOCore
import WireFormats

struct CORSProbe: Probe {
    private let url: URLReference

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        let target = try request.targetURL()
        url = if let path = request.text("path") { try target.at(path) } else { target }
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> CORSCapture {
        throw ProbeFailure(.unsupported, "not built yet", isOwnFault: true)
    }
}
