import JSON

/// `manifest.json` of what `docker save` writes: an array of images, always complete (moby image-spec v1.2).
package struct DockerArchiveManifest: Sendable, Equatable {
    package struct Image: Sendable, Equatable {
        /// Names inside the archive, from its root.
        package var configuration: RootPath
        /// `name:tag`, in full.
        package var tags: [String]
        /// From the bottom up.
        package var layers: [RootPath]
    }

    package var images: [Image]

    package init(_ bytes: [UInt8]) throws(ImageDocumentError) {
        let place = "manifest.json"
        let value = try GoJSONObject.parse(bytes, limit: ImageManifestDocument.longest, at: place)
        guard let elements = value.array else { throw .init(.malformed, "\(place) is no array") }
        guard elements.count <= ImageManifestDocument.mostEntries else {
            throw .init(.tooLarge, "\(place) has too many images")
        }
        images = []
        for element in elements {
            let object = try GoJSONObject(element, at: place)
            guard let configuration = try object.string("Config") else {
                throw .init(.malformed, "\(place) names no configuration")
            }
            var layers: [RootPath] = []
            for layer in try object.strings("Layers", atMost: ImageManifestDocument.mostEntries) ?? [] {
                layers.append(try Self.path(layer))
            }
            images.append(
                Image(
                    configuration: try Self.path(configuration),
                    tags: try object.strings("RepoTags", atMost: 1000) ?? [],
                    layers: layers))
        }
    }

    private static func path(_ text: String) throws(ImageDocumentError) -> RootPath {
        guard let path = RootPath(text), path != .root else {
            throw .init(.malformed, "manifest.json names a file outside the archive")
        }
        return path
    }
}
