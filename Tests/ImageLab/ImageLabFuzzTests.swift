import AuditModel
import Facts
import Foundation
import JSON
import Observe
import TestSupport
import Testing

/// Images of the lab with some bytes changed, their digests put right, so that every reader behind them is reached.
@Suite(.serialized)
struct ImageLabFuzzTests {
    /// What of a layout is changed.
    enum Part: String, CaseIterable, Sendable {
        case index, manifest, configuration, layer, stored
    }

    private static let images = LabImage.all.compactMap(\.image).filter { !$0.layers.isEmpty }

    @Test("no layout traps the probe, and none that it cannot read passes", arguments: Part.allCases)
    func layouts(_ part: Part) async throws {
        for seed in UInt64(0)..<40 {
            var numbers = SeededNumbers(seed: seed)
            let image = try #require(Self.images.randomElement(using: &numbers))
            let files = Self.changed(image, part, &numbers)
            try await withTemporaryFolder { folder in
                try write(files, to: folder)
                let request = ObservationRequest(probe: .image, target: "oci:" + folder, parameters: [:])
                let observation = await observe(request, in: makeContext())
                #expect((observation.failure == nil) == (observation.capture != nil))
                guard let capture = observation.capture else { return }
                let facts = try ProbeKind.image.facts(of: capture, at: observation.startedAt)
                let verdict = facts[try #require(FactPath("user.verdict"))]
                let isKnown = ["root", "nonroot", "unstartable", "unknown", "other-os", "not-an-image"].contains {
                    Expected.value(.string($0)).problem(with: verdict) == nil
                }
                #expect(isKnown, "\(part) \(seed)")
            }
        }
    }

    private static func changed(
        _ image: TestImage, _ part: Part, _ numbers: inout SeededNumbers
    ) -> [String: [UInt8]] {
        var image = image
        switch part {
        case .index:
            var files = image.layout()
            files["index.json"] = files["index.json"]?.mutated(&numbers)
            return files
        case .manifest:
            let manifest = image.manifest.mutated(&numbers)
            let index = indexDocument([descriptor(manifest, TestImage.manifestType)])
            return TestImage.layout(
                index: index, blobs: image.blobs.merging([digest(manifest): manifest]) { first, _ in first })
        case .configuration:
            // What is changed stays text: the manifest is made from it.
            let text = String(decoding: image.configuration.mutated(&numbers), as: UTF8.self)
            image.rewriteConfiguration = { _ in text }
        case .layer: image.layers = image.layers.map { $0.mutated(&numbers) }
        case .stored:
            let stored = image.storedLayers.map { $0.mutated(&numbers) }
            let names = Dictionary(zip(image.layers.map(hex), stored)) { first, _ in first }
            image.compress = { names[hex($0)] ?? $0 }
        }
        return image.layout()
    }
}
