import AuditModel
import WireFormats

extension HeadersFacts {
    /// Which of the browser's features the page and its frames may use.
    static let permissionsPolicy: [FactDefinition<HeadersEvidence>] = [
        FactDefinition(
            "permissionsPolicy.present", .boolean, meaning: "Whether Permissions-Policy was sent.",
            source: "Permissions Policy §5.2"
        ) { .boolean($0.has("permissions-policy")) },
        FactDefinition(
            "permissionsPolicy.valid", .boolean,
            meaning: "Whether it is a structured dictionary, else browsers drop it; absent when it was not sent.",
            source: "RFC 9651 §3.2"
        ) { .boolean(ifPresent: $0.permissionsPolicy?.isValid) },
        FactDefinition(
            "permissionsPolicy.legacySyntax", .boolean,
            meaning: "Whether it is written like the older Feature-Policy; absent when it was not sent.",
            source: "Permissions Policy §5.2"
        ) { .boolean(ifPresent: $0.permissionsPolicy?.isLegacySyntax) },
        FactDefinition(
            "permissionsPolicy.features.*", .list(.text),
            meaning: "Who may use a feature: self, src, * and origins; empty for nobody.",
            source: "Permissions Policy §5.2"
        ) { evidence in
            .keyed(
                (evidence.permissionsPolicy?.features ?? []).map { ($0.name, .list($0.allowed.map(FactValue.text))) })
        },
        FactDefinition(
            "permissionsPolicy.denied", .list(.text),
            meaning: "Features that nobody may use, sorted; absent when it was not sent.",
            source: "Permissions Policy §5.2"
        ) { .texts(ifPresent: $0.permissionsPolicy?.denied.sorted()) },
        FactDefinition(
            "permissionsPolicy.deniedCount", .integer, unit: "features",
            meaning: "How many features nobody may use; absent when it was not sent.",
            source: "Permissions Policy §5.2"
        ) { .integer(ifPresent: $0.permissionsPolicy.map { Int64($0.denied.count) }) },
        FactDefinition(
            "permissionsPolicy.unknownFeatures", .list(.text),
            meaning: "Features that no specification knows, sorted; absent when it was not sent.",
            source: "W3C, policy-controlled features"
        ) { .texts(ifPresent: $0.permissionsPolicy?.unknownFeatures.sorted()) },
        FactDefinition(
            "permissionsPolicy.wildcards", .list(.text),
            meaning: "Features that every frame may use, sorted; absent when it was not sent.",
            source: "Permissions Policy §5.2"
        ) { .texts(ifPresent: $0.permissionsPolicy?.wildcards.sorted()) }
    ]
}

extension HeadersEvidence {
    fileprivate var permissionsPolicy: PermissionsPolicy? { fields["permissions-policy"].map(PermissionsPolicy.init) }
}
