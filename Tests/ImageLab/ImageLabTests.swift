import AuditModel
import Facts
import Foundation
import JSON
import Observe
import TestSupport
import Testing

extension LabImage: CustomTestStringConvertible {
    package var testDescription: String { name }
}

/// The image probe against real images: ours to the byte, and those of the programs that people build with.
@Suite(.serialized)
struct ImageLabTests {
    @Test("the probe finds what is there", arguments: LabImage.all)
    func image(_ image: LabImage) async throws {
        let reference = try await image.reference(in: .shared)
        try await expect(image.facts, failure: image.failure, of: reference)
    }

    @Test(
        "no more layers are read than the user needs",
        arguments: [
            ("no USER", 0), ("USER \"1001\"", 0), ("USER \"app\"", 1), ("USER \"1001:staff\"", 1),
            ("root: whited out and written again above", 1), ("root: a link to a file of a lower layer", 2),
            ("layer: not distributable, USER 1001", 0)
        ])
    func layersRead(_ name: String, _ count: Int64) async throws {
        let image = try #require(LabImage.all.first { $0.name == name })
        let facts = try ["user.verdict", "user.uid", "layersRead"].map { try #require(FactPath($0)) }
        try await expect(
            [("layersRead", .value(.integer(count))), image.facts[0]], of: image.reference(in: .shared), asking: facts)
    }

    @Test("every image has a name of its own")
    func names() {
        #expect(Set(LabImage.all.map(\.name)).count == LabImage.all.count)
        #expect(LabImage.all.count { $0.outcome != nil } >= 60)
    }
}

/// Observes an image with the questions of the facts that are asked for, every one for nil, and records what is not as it was written down.
func expect(
    _ facts: [(path: String, expected: Expected)], failure: ProbeFailure.Code? = nil, of reference: String,
    asking wanted: [FactPath]? = nil, in context: ProbeContext = makeContext()
) async throws {
    let request = ObservationRequest(probe: .image, target: reference, parameters: [:], facts: wanted)
    let observation = await observe(request, in: context)
    #expect(observation.failure?.code == failure, "\(observation.failure?.reason ?? "observed")")
    guard failure == nil, let capture = observation.capture else { return }
    let found = try ProbeKind.image.facts(of: capture, at: observation.startedAt)
    for (path, expected) in facts {
        if let problem = expected.problem(with: found[try #require(FactPath(path))]) {
            Issue.record("\(path) \(problem)")
        }
    }
}

/// A context without anything of the environment but what is stated.
func makeContext(_ environment: [String: String] = [:], trusting root: String? = nil) -> ProbeContext {
    var context = ProbeContext(timeout: .seconds(60), retries: 0, userAgent: "gonogo/test") {
        Instant(seconds: Int64(Date().timeIntervalSince1970))
    }
    context.environment = environment
    context.extraTrustAnchors = root
    return context
}
