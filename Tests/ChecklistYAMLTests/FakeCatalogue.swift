import AuditModel

/// Two probes with a fact of every type, and the matchers of every kind of argument.
let fakeCatalogue = Catalogue(
    kinds: fakeProbes.map(\.kind), describe: { kind in fakeProbes.first { $0.kind == kind } },
    matchers: fakeMatchers, frameworks: { fakeFrameworks })

private let fakeProbes = [
    ProbeDescription(
        kind: .headers, summary: "Response headers",
        parameters: [
            parameter("path", .text), parameter("attempts", .integer, 1...5), parameter("ratio", .number),
            parameter("timeout", .duration), parameter("hosts", .texts), parameter("follow", .boolean)
        ],
        facts: [
            fact("hsts.present", .boolean), fact("hsts.maxAge", .integer, "seconds"),
            fact("hsts.score", .number), fact("server", .text),
            fact("referrerPolicy", .choice(["no-referrer", "same-origin", "strict-origin"])),
            fact("expires", .instant), fact("csp.directives", .list(.text)), fact("csp.sources", .record),
            fact("cookies.*.secure", .boolean), fact("cookies.*.sameSite", .choice(["strict", "lax", "none"]))
        ]),
    ProbeDescription(
        kind: .health, summary: "The health endpoint", parameters: [],
        facts: [
            fact("status", .integer), fact("latency.p95", .number, "seconds"),
            fact("certificate.daysRemaining", .integer, "days")
        ])
]

private let fakeMatchers = [
    matcher("equals", .value), matcher("not", .condition), matcher("atLeast", .bound), matcher("atMost", .bound),
    matcher("between", .range), matcher("oneOf", .values), matcher("noneOf", .values),
    matcher("contains", .element), matcher("containsAll", .elements), matcher("matches", .pattern),
    matcher("startsWith", .text), matcher("count", .countCondition), matcher("each", .elementCondition),
    matcher("any", .elementCondition), matcher("absent", .flag), matcher("present", .flag)
]

private let fakeFrameworks = [
    ControlFramework(
        id: "fake-1", title: "Fake 1", scope: "two families",
        groups: [
            ControlGroup(id: "AC", title: "Access", controls: [Control(id: "AC-1", title: "Policy")]),
            ControlGroup(id: "SC", title: "Systems", controls: [Control(id: "SC-23(5)", title: nil)])
        ]),
    ControlFramework(
        id: "fake-2", title: "Fake 2", scope: "its second level",
        groups: [ControlGroup(id: "1", title: "One", controls: [Control(id: "1.2", title: nil)])],
        acceptsFiner: true)
]

private func fact(_ path: String, _ type: FactType, _ unit: String? = nil) -> FactDeclaration {
    let path = FactPath(path) ?? FactPath(segments: [path])
    return FactDeclaration(path: path, type: type, unit: unit, meaning: "Meaning of \(path.text).", source: "RFC 9110")
}

private func parameter(_ name: String, _ type: ParameterType, _ range: ClosedRange<Int64>? = nil) -> ProbeParameter {
    ProbeParameter(name: name, type: type, defaultValue: nil, unit: nil, range: range, meaning: "Meaning of \(name).")
}

private func matcher(_ name: String, _ argument: MatcherArgument) -> MatcherDescription {
    MatcherDescription(name: name, summary: "Holds for \(name).", argument: argument)
}
