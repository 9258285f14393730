import AuditModel
import Facts
import NIOCore
import WireFormats

/// Reads an image where it lies, without a daemon.
///
/// Each wait for a source has the context's timeout; a download that advances goes on beyond the deadline.
struct ImageProbe: Probe {
    private let target: String
    private let reference: ImageReference
    private let questions: Set<ImageQuestion>
    private let limits: ImageLimits

    init(_ request: ObservationRequest) throws(ProbeFailure) {
        target = request.target
        reference = try ImageReference(request.target)
        questions = ImageFacts.questions(for: request.facts)
        limits = ImageLimits(request)
    }

    func observe(in context: ProbeContext, until deadline: NIODeadline) async throws(ProbeFailure) -> ImageCapture {
        do {
            switch reference {
            case .registry(let reference): return try await captureFromRegistry(reference, in: context)
            case .engine(let name): return try await captureFromEngine(name, in: context)
            case .layout, .archive, .path:
                guard let image = LocalImage(target, reference) else { break }
                return try await capture(of: try await image.opened(), in: context)
            }
        } catch {
            if let ambiguous = error as? AmbiguousImage { throw ambiguous.failure }
            throw ProbeFailure(error, place: "the image's source")
        }
        throw ProbeFailure(.unsupported, "the reference names no image")
    }

    private func captureFromRegistry(
        _ reference: RegistryReference, in context: ProbeContext
    ) async throws(ProbeFailure) -> ImageCapture {
        let client = RegistryClient(RegistryAddress(reference), context: context)
        defer { client.close() }
        return try await capture(of: try await RegistryStore(client: client).opened(reference), in: context)
    }

    private func captureFromEngine(_ name: String, in context: ProbeContext) async throws(ProbeFailure) -> ImageCapture
    {
        let engines = try Engine.all(in: context)
        defer { for engine in engines { engine.close() } }
        for engine in engines {
            if let image = try await EngineImage(name, of: engine).described(redactor: context.redactor) {
                return try await capture(of: image, in: context)
            }
        }
        let places = engines.map(\.place).joined(separator: ", ")
        throw ProbeFailure(.nameNotResolved, "the engine at \(places) has no image of that name")
    }

    private func capture(of image: OpenedImage, in context: ProbeContext) async throws(ProbeFailure) -> ImageCapture {
        let reading = ImageReading(image, questions: questions, limits: limits, redactor: context.redactor)
        return try await reading.capture(of: target)
    }
}

extension ImageLimits {
    fileprivate init(_ request: ObservationRequest) {
        self.init()
        guard let mebibytes = request.integer("layerSize"), mebibytes > 0 else { return }
        layerBytes = Int64(min(mebibytes, 1 << 30)) << 20
        totalBytes = 4 * layerBytes
    }
}
