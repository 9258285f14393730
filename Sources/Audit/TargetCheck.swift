import AuditModel
import Observe
import WireFormats

/// Targets as people write them, checked before anything is asked.
package enum TargetCheck {
    /// The URL in its normal form; throws wrong usage for anything that is not a plain http or https URL.
    package static func url(_ text: String) throws(AuditError) -> URLReference {
        let url: URLReference
        do {
            url = try URLReference(text)
        } catch {
            // The text itself may hold a password, so it is not repeated.
            throw .usage("that is no URL to audit: \(error.reason)")
        }
        guard url.userinfo == nil else {
            throw .usage(
                "the URL holds credentials; name a request header under targets.headers in gonogo.yaml instead")
        }
        // The recording names its targets as they were asked for, so they may hold nothing that it must hide.
        guard !holdsSecret(url) else {
            throw .usage("the URL's query holds what looks like a secret; name a request header instead")
        }
        return url
    }

    /// Throws wrong usage when a path among the request's parameters holds what a recording must hide.
    package static func check(_ request: ObservationRequest) throws(AuditError) {
        guard let target = try? URLReference(request.target) else { return }
        for (name, value) in request.parameters {
            guard case .text(let path) = value, let url = try? target.withPath(path), holdsSecret(url) else { continue }
            throw .usage(
                "the parameter \(name) of the probe \(request.probe.rawValue) holds what looks like a secret; name a request header instead"
            )
        }
    }

    private static func holdsSecret(_ url: URLReference) -> Bool {
        Redactor(key: RedactionKey(), literals: []).redact(url) != url.text
    }
}
