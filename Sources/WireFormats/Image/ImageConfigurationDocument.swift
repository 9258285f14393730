import JSON

/// An image's configuration as it stands there, secrets included: for reading, not for keeping (OCI image-spec, config.md).
package struct ImageConfigurationDocument: Sendable, Equatable {
    package struct HealthCheck: Sendable, Equatable {
        /// `["CMD", …]`, `["CMD-SHELL", …]` or `["NONE"]`; empty inherits.
        package var test: [String]
        /// Nanoseconds; 0 takes Docker's default.
        package var interval: Int64
        package var timeout: Int64
        package var startPeriod: Int64
        package var retries: Int64
    }

    package struct HistoryEntry: Sendable, Equatable {
        package var createdBy: String
        package var isEmptyLayer: Bool
    }

    package var os: String
    package var architecture: String
    package var variant: String?
    package var created: String?
    /// nil when `config` or its `User` is not there.
    package var user: String?
    /// `NAME=VALUE`.
    package var environment: [String]
    /// `8080/tcp`, sorted.
    package var exposedPorts: [String]
    package var healthCheck: HealthCheck?
    package var entryPoint: [String]
    package var command: [String]
    /// Empty for the root.
    package var workingDirectory: String
    package var labels: [String: String]
    package var history: [HistoryEntry]
    /// Digests of the layers' tars, uncompressed, from the bottom up.
    package var diffIDs: [String]

    /// Bytes; longer ones are not read.
    package static let longest = 2 << 20

    package init(_ bytes: [UInt8]) throws(ImageDocumentError) {
        let document = try GoJSONObject(bytes, limit: Self.longest, at: "the configuration")
        os = try document.string("os") ?? ""
        architecture = try document.string("architecture") ?? ""
        variant = try document.string("variant")
        created = try document.string("created")
        let config = try document.object("config") ?? GoJSONObject.empty
        user = try config.string("User")
        environment = try config.strings("Env", atMost: 10_000) ?? []
        exposedPorts = (try config.entries("ExposedPorts", atMost: 100_000) ?? []).map(\.name).sorted()
        if let check = try config.object("Healthcheck") { healthCheck = try HealthCheck(check) }
        entryPoint = try config.strings("Entrypoint", atMost: 10_000, allowingOne: true) ?? []
        command = try config.strings("Cmd", atMost: 10_000, allowingOne: true) ?? []
        workingDirectory = try config.string("WorkingDir") ?? ""
        labels = try config.texts("Labels", atMost: 10_000)
        history = []
        for value in try document.array("history", atMost: 10_000) ?? [] {
            let entry = try GoJSONObject(value, at: "history")
            history.append(
                HistoryEntry(
                    createdBy: try entry.string("created_by") ?? "",
                    isEmptyLayer: try entry.boolean("empty_layer") ?? false))
        }
        diffIDs = try document.object("rootfs")?.strings("diff_ids", atMost: 2000) ?? []
    }

    /// The folders of `PATH` in the environment, in order; the runtime's own when it is not set.
    package var searchPath: [String] {
        let prefix = "PATH="
        let path = environment.last { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        return (path ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").split(separator: ":").map(
            String.init)
    }
}

extension ImageConfigurationDocument.HealthCheck {
    fileprivate init(_ object: GoJSONObject) throws(ImageDocumentError) {
        test = try object.strings("Test", atMost: 10_000, allowingOne: true) ?? []
        interval = try object.integer("Interval") ?? 0
        timeout = try object.integer("Timeout") ?? 0
        startPeriod = try object.integer("StartPeriod") ?? 0
        retries = try object.integer("Retries") ?? 0
    }
}
