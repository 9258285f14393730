import Audit
import Glibc
import TestSupport

/// The images that are measured.
struct ImageSamples: Sendable {
    /// What mmdebstrap made; `script/bootstrap bench` calls it.
    static let debianTar = LabProgram.repository + "/.build/image-bench/debian.tar"

    /// An image over the base of a distribution.
    struct Debian: Sendable {
        /// A layout with the tag `1.0`.
        let layout: String
        /// The layer's own file.
        let layer: String
        /// Of the layer, in bytes.
        let size: Int
        /// Where it may be unpacked.
        let bundle: String
    }

    /// A reference to a small image whose user is a number.
    let layout: String
    /// nil when there is no root of Debian.
    let debian: Debian?
    let folder: String

    init() async throws {
        let store = LabStore.shared
        folder = store.folder
        let small = TestImage(layers: [try LabAccounts.busyboxLayer()], user: "1001")
        let path = store.newFolder()
        try write(small.layout(), to: path)
        layout = "oci:\(path):1.0"
        debian = access(Self.debianTar, R_OK) == 0 ? try Self.debian(in: store) : nil
    }

    private static func debian(in store: LabStore) throws -> Debian {
        let image = TestImage(layers: [try Files.read(debianTar, limit: 1 << 30)], user: "www-data")
        let path = store.newFolder()
        try write(image.layout(), to: path)
        let layer = image.storedLayers[0]
        return Debian(
            layout: path, layer: "\(path)/blobs/sha256/\(hex(layer))", size: layer.count, bundle: store.newFolder())
    }
}
