import AuditModel

/// What the image probe saw: manifests, configurations and what layers hold; no secret value is in it.
package struct ImageCapture: ProbeCapture {
    package static let probe = ProbeKind.image

    package enum Form: String, Sendable, Codable, CaseIterable {
        case ociLayout = "oci-layout"
        case ociArchive = "oci-archive"
        case dockerArchive = "docker-archive"
        case registry
        case engine
    }

    /// As it was asked for.
    package var reference: String
    package var form: Form
    /// nil when the reference names none, and for a registry when it names a digest alone.
    package var tag: String?
    /// The digest that the reference names; nil when it names none.
    package var pinnedDigest: String?
    /// What the reference led to: an index or a manifest.
    package var target: ImageDescriptor
    /// What was asked; a fact that needs another question is unobserved.
    package var questions: [ImageQuestion]
    /// Every image of the index that has a platform, or the single one.
    package var images: [PlatformImage]
    /// Entries of the index that are no image: attestations, artifacts, what nobody knows.
    package var others: [OtherEntry]

    package init(
        reference: String, form: Form, tag: String? = nil, pinnedDigest: String? = nil, target: ImageDescriptor,
        questions: [ImageQuestion], images: [PlatformImage], others: [OtherEntry] = []
    ) {
        self.reference = reference
        self.form = form
        self.tag = tag
        self.pinnedDigest = pinnedDigest
        self.target = target
        self.questions = questions
        self.images = images
        self.others = others
    }
}

/// A part of the probe's work; facts say which they need, and only those are done.
package enum ImageQuestion: String, Sendable, Codable, CaseIterable, Hashable {
    /// Manifests and configurations; always asked.
    case configuration
    /// The image's own `/etc/passwd` and `/etc/group`, read only where a name needs them.
    case user
    /// The group of a user that states none: `/etc/passwd` even where the user is a number.
    case group
    /// Every file of every layer: set-user-ID files, secrets, deleted files.
    case files
    /// `/etc/os-release`.
    case release
    /// The script that the entry point names.
    case entryPoint = "entry-point"
    /// The attestation manifests of the index.
    case attestations
}

/// A content descriptor (OCI image-spec, descriptor.md).
package struct ImageDescriptor: Sendable, Equatable, Codable {
    package var mediaType: String
    /// `sha256:…`
    package var digest: String
    /// Bytes.
    package var size: Int64

    package init(mediaType: String, digest: String, size: Int64) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
    }
}

/// An entry of an index, or a manifest, that is no image to run.
package struct OtherEntry: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// BuildKit's attestation manifest.
        case attestation
        /// A configuration of another media type: a Helm chart, a signature, wasm.
        case artifact
        case unknown
    }

    package var kind: Kind
    package var descriptor: ImageDescriptor
    /// The `in-toto.io/predicate-type` of an attestation's layers, where they were read.
    package var predicateTypes: [String]

    package init(kind: Kind, descriptor: ImageDescriptor, predicateTypes: [String] = []) {
        self.kind = kind
        self.descriptor = descriptor
        self.predicateTypes = predicateTypes
    }
}

/// One image for one platform.
package struct PlatformImage: Sendable, Equatable, Codable {
    /// `linux`, `windows`, …; `linux` where the index or the configuration says so, else the configuration's word.
    package var os: String
    package var architecture: String
    package var variant: String?
    package var manifest: ImageDescriptor
    package var configurationDescriptor: ImageDescriptor?
    /// nil when it could not be read; `failure` says why.
    package var configuration: ImageConfiguration?
    package var layers: [ImageDescriptor]
    /// What layers were found to hold; nil when none had to be read.
    package var contents: ImageContents?
    /// Why the image could not be read, or not to the end: a missing blob, a wrong digest, a broken stream.
    package var failure: ProbeFailure?
    /// Digests that did not match what was read, as `sha256:…`.
    package var mismatches: [String]
    /// Blobs that were not there.
    package var missing: [String]

    package init(
        os: String, architecture: String, variant: String? = nil, manifest: ImageDescriptor,
        configurationDescriptor: ImageDescriptor? = nil, configuration: ImageConfiguration? = nil,
        layers: [ImageDescriptor] = [], contents: ImageContents? = nil, failure: ProbeFailure? = nil,
        mismatches: [String] = [], missing: [String] = []
    ) {
        self.os = os
        self.architecture = architecture
        self.variant = variant
        self.manifest = manifest
        self.configurationDescriptor = configurationDescriptor
        self.configuration = configuration
        self.layers = layers
        self.contents = contents
        self.failure = failure
        self.mismatches = mismatches
        self.missing = missing
    }
}

/// What an image's configuration says (OCI image-spec, config.md; Docker image-spec v1.2), values of secrets left out.
package struct ImageConfiguration: Sendable, Equatable, Codable {
    /// ISO 8601 as it stands there; nil when absent.
    package var created: String?
    /// `config.User` as it stands there; nil when absent.
    package var user: String?
    /// Names of environment variables, in order.
    package var environment: [String]
    /// As they stand there: `8080/tcp`.
    package var exposedPorts: [String]
    /// `config.Healthcheck.Test`; nil when there is no health check.
    package var healthcheck: [String]?
    /// How often and how long the health check runs; nil when there is none.
    package var healthTiming: ImageHealthTiming?
    package var entryPoint: [String]
    package var command: [String]
    /// Values are redacted where they look like secrets.
    package var labels: [String: String]
    package var history: [ImageHistoryEntry]
    /// Secrets in the environment and in the history: rule and place, never the value.
    package var secrets: [ImageSecret]

    package init(
        created: String? = nil, user: String? = nil, environment: [String] = [], exposedPorts: [String] = [],
        healthcheck: [String]? = nil, healthTiming: ImageHealthTiming? = nil, entryPoint: [String] = [],
        command: [String] = [], labels: [String: String] = [:], history: [ImageHistoryEntry] = [],
        secrets: [ImageSecret] = []
    ) {
        self.created = created
        self.user = user
        self.environment = environment
        self.exposedPorts = exposedPorts
        self.healthcheck = healthcheck
        self.healthTiming = healthTiming
        self.entryPoint = entryPoint
        self.command = command
        self.labels = labels
        self.history = history
        self.secrets = secrets
    }
}

/// The times of `config.Healthcheck` in seconds and its count; 0 takes the engine's default.
package struct ImageHealthTiming: Sendable, Equatable, Codable {
    package var interval: Double
    package var timeout: Double
    package var startPeriod: Double
    /// Failures in a row that make a container unhealthy.
    package var retries: Int

    package init(interval: Double = 0, timeout: Double = 0, startPeriod: Double = 0, retries: Int = 0) {
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.retries = retries
    }
}

/// A step of an image's build.
package struct ImageHistoryEntry: Sendable, Equatable, Codable {
    /// The command, redacted, at most 1,024 characters.
    package var createdBy: String
    package var isEmptyLayer: Bool

    package init(createdBy: String, isEmptyLayer: Bool) {
        self.createdBy = createdBy
        self.isEmptyLayer = isEmptyLayer
    }
}

/// Where a secret lies, and which rule found it.
package struct ImageSecret: Sendable, Equatable, Hashable, Codable {
    package enum Place: String, Sendable, Codable, CaseIterable {
        case environment = "env"
        case history
        case file
        /// A file that a later layer deletes: the layer still holds it.
        case deletedFile = "deleted-file"
    }

    package var place: Place
    /// The variable, the build argument, or the path.
    package var name: String
    /// The kebab-case name of the rule.
    package var rule: String
    /// The index of the layer, of files.
    package var layer: Int?

    package init(place: Place, name: String, rule: String, layer: Int? = nil) {
        self.place = place
        self.name = name
        self.rule = rule
        self.layer = layer
    }
}

/// What the layers of an image hold, as far as it was asked for.
package struct ImageContents: Sendable, Equatable, Codable {
    /// How many layers were opened.
    package var layersRead: Int
    /// nil when it was not looked for.
    package var passwd: ImageFile?
    package var group: ImageFile?
    package var release: ImageFile?
    /// Set-user-ID and set-group-ID files of the merged root, at most 1,000; nil when files were not looked at.
    package var privileged: [PrivilegedFile]?
    /// Secrets in files and deleted files; nil when files were not looked at.
    package var secrets: [ImageSecret]?
    /// What the entry point's script calls to drop its rights: `gosu`, `su-exec`, `setpriv`; nil when none was seen.
    package var dropsPrivilegesWith: String?

    package init(
        layersRead: Int = 0, passwd: ImageFile? = nil, group: ImageFile? = nil, release: ImageFile? = nil,
        privileged: [PrivilegedFile]? = nil, secrets: [ImageSecret]? = nil, dropsPrivilegesWith: String? = nil
    ) {
        self.layersRead = layersRead
        self.passwd = passwd
        self.group = group
        self.release = release
        self.privileged = privileged
        self.secrets = secrets
        self.dropsPrivilegesWith = dropsPrivilegesWith
    }
}

/// A file of the image's merged root, resolved inside the image.
package struct ImageFile: Sendable, Equatable, Codable {
    /// The index of the layer that decides about it, from 0 at the bottom; nil when no layer has it.
    package var layer: Int?
    /// Its text without password hashes; nil when it is not there or could not be read.
    package var text: String?
    /// Why it could not be read: a loop of links (`too-many-redirects`), a layer that broke, a file that is too large.
    package var failure: ProbeFailure?

    package init(layer: Int? = nil, text: String? = nil, failure: ProbeFailure? = nil) {
        self.layer = layer
        self.text = text
        self.failure = failure
    }
}

/// A file that runs with the rights of its owner or group.
package struct PrivilegedFile: Sendable, Equatable, Hashable, Codable {
    package var path: String
    /// The permission bits, such as 0o4755.
    package var mode: Int
    package var layer: Int

    package init(path: String, mode: Int, layer: Int) {
        self.path = path
        self.mode = mode
        self.layer = layer
    }
}
