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

    /// The reference to an image, a path in it taken from the folder; throws wrong usage for what names no image.
    package static func image(_ text: String, from folder: String = ".") throws(AuditError) -> String {
        let reference: ImageReference
        do {
            reference = try ImageReference(text) { Files.exists(Files.path($0, from: folder)) }
        } catch {
            throw .usage("that is no reference to an image: \(error.reason)")
        }
        guard Redactor(key: RedactionKey(), literals: []).redact(imageReference: text) == text else {
            throw .usage("the reference to the image holds what looks like a secret")
        }
        if folder == "." { return text }
        // What a file of that name in the working folder must not become.
        return reference.moved { Files.path($0, from: folder) } ?? (Files.exists(text) ? "docker://" + text : text)
    }

    /// Throws wrong usage when a reference leads to several images and says none; what is there is in the message.
    package static func checkIsOneImage(_ reference: String) async throws(AuditError) {
        guard let ambiguous = await ambiguity(ofImage: reference) else { return }
        let shown = ambiguous.choices.prefix(20).joined(separator: ", ")
        let more = ambiguous.choices.count - 20
        throw .usage(
            "\(reference) holds several images; name one of them behind it, as :TAG or @DIGEST: \(shown)"
                + (more > 0 ? " and \(more) more" : ""))
    }

    private static func holdsSecret(_ url: URLReference) -> Bool {
        Redactor(key: RedactionKey(), literals: []).redact(url) != url.text
    }
}
