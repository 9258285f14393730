import AuditModel
import Facts
import JSON
import Observe
import TestSupport
import Testing

/// What the image probe sees, or why it sees nothing; every question is asked.
func observeImage(
    _ reference: String, _ parameters: [String: FactValue] = [:], facts: [FactPath]? = nil,
    in context: ProbeContext = makeContext()
) async throws -> Result<ImageCapture, ProbeFailure> {
    let request = ObservationRequest(probe: .image, target: reference, parameters: parameters, facts: facts)
    let observation = await observe(request, in: context)
    if let failure = observation.failure { return .failure(failure) }
    return .success(try #require(observation.capture).decode(ImageCapture.self))
}

/// The capture of an image in the files of a folder.
func observeLayout(
    _ files: [String: [UInt8]], selector: String = "", _ parameters: [String: FactValue] = [:]
) async throws -> Result<ImageCapture, ProbeFailure> {
    try await withTemporaryFolder { folder in
        try write(files, to: folder)
        return try await observeImage("oci:" + folder + selector, parameters)
    }
}

/// The capture of an image in one file.
func observeArchive(
    _ bytes: [UInt8], selector: String = "", _ parameters: [String: FactValue] = [:]
) async throws -> Result<ImageCapture, ProbeFailure> {
    try await withTemporaryFolder { folder in
        try write(["image.tar": bytes], to: folder)
        return try await observeImage("archive:" + folder + "/image.tar" + selector, parameters)
    }
}

extension Result where Failure == ProbeFailure {
    var failure: ProbeFailure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
