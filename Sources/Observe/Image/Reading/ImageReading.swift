import AuditModel
import Facts

/// Answers the questions about an opened image: first what documents say, then what only layers hold.
struct ImageReading: Sendable {
    private let opened: OpenedImage
    private let questions: Set<ImageQuestion>
    private let limits: ImageLimits
    private let redactor: Redactor

    init(_ opened: OpenedImage, questions: Set<ImageQuestion>, limits: ImageLimits, redactor: Redactor) {
        self.opened = opened
        self.questions = questions
        self.limits = limits
        self.redactor = redactor
    }

    func capture(of reference: String) async throws(ProbeFailure) -> ImageCapture {
        let findings = try await findings()
        return ImageCapture(
            reference: redactor.redact(imageReference: reference), form: opened.form,
            tag: opened.tag, pinnedDigest: opened.pinnedDigest, target: opened.descriptor,
            questions: ImageQuestion.allCases.filter { questions.contains($0) || $0 == .configuration },
            images: findings.images.map(\.image), others: findings.others)
    }

    private func findings() async throws(ProbeFailure) -> ManifestWalk.Findings {
        let walk = ManifestWalk(
            blobs: blobs, readsAttestations: questions.contains(.attestations), redactor: redactor)
        var findings: ManifestWalk.Findings
        switch opened.target {
        case .document(let bytes): findings = try await walk.findings(of: opened.descriptor, bytes: bytes)
        case .image(let platform):
            var image = ReadImage(platform)
            do throws(BlobProblem) {
                try await walk.readConfiguration(of: &image)
            } catch {
                if error.failure.code == .cancelled { throw .cancelled }
                image.image.note(error)
            }
            findings = ManifestWalk.Findings(images: [image])
        case .engine(let image, let source): return try await engineFindings(of: image, from: source)
        }
        try await readLayers(of: &findings.images)
        return findings
    }

    /// The engine's words suffice unless a layer is needed; then its archive says everything, and its digests hold.
    private func engineFindings(
        of image: ReadImage, from source: EngineImage
    ) async throws(ProbeFailure) -> ManifestWalk.Findings {
        guard LayerQuestions(questions, of: image)?.needsLayers == true else {
            var images = [image]
            try await readLayers(of: &images)
            return ManifestWalk.Findings(images: images)
        }
        do {
            var archive = opened
            (archive.target, archive.store) = try await source.archive()
            return try await ImageReading(archive, questions: questions, limits: limits, redactor: redactor).findings()
        } catch {
            throw ProbeFailure(error, place: source.engine.place)
        }
    }

    private var blobs: VerifiedBlobs { VerifiedBlobs(store: opened.store) }

    // MARK: Layers

    private func readLayers(of images: inout [ReadImage]) async throws(ProbeFailure) {
        // Images of the same layers share what is found in them.
        var plans: [(images: [Int], questions: LayerQuestions)] = []
        var subjects: [LayerReading.Subject] = []
        var known: [[String]: Int] = [:]
        for index in images.indices {
            guard let wanted = LayerQuestions(questions, of: images[index]) else { continue }
            let layers = images[index].image.layers
            let digests = layers.map(\.digest)
            if let same = known[digests], plans[same].questions == wanted, subjects[same].layers == layers {
                plans[same].images.append(index)
                continue
            }
            known[digests] = plans.count
            plans.append(([index], wanted))
            subjects.append(.init(layers: layers, root: wanted.root(layerCount: layers.count)))
        }
        try await LayerReading(blobs: blobs, limits: limits).read(&subjects)
        for (plan, subject) in zip(plans, subjects) {
            let failures = subject.failures
            let inventoryFailure = plan.questions.inventoryFailure(of: subject.root, failures: failures)
            let contents = plan.questions.contents(of: subject.root, failures: failures, redactor: redactor)
            for index in plan.images {
                for problem in subject.problems { images[index].image.note(problem.problem) }
                if let inventoryFailure { images[index].image.note(.failure(inventoryFailure)) }
                images[index].image.contents = contents
            }
        }
    }
}
