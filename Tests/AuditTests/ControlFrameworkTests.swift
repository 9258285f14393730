import Audit
import AuditModel
import Testing

@Suite struct ControlFrameworkTests {
    // One row is one line.
    // swift-format-ignore
    @Test(
        "a framework holds the controls of its table, each in a group",
        arguments: [
            ("nist-800-53", 424, 20, "AC-2(1)", "AC"), ("owasp-asvs-5", 345, 17, "V3.4.1", "V3"), ("iso-27001", 93, 4, "A.8.24", "A.8"),
            ("soc2", 43, 12, "PI1.5", "PI1"), ("pci-dss-4", 63, 12, "12.10", "12"), ("cis-controls-8", 153, 18, "16.14", "16")
        ])
    func tables(id: String, controls: Int, groups: Int, known: String, group: String) throws {
        let framework = try #require(controlFrameworks.first { $0.id == id })
        #expect(framework.controls.count == controls && Set(framework.controls.map(\.id)).count == controls)
        #expect(framework.groups.count == groups && framework.groups.allSatisfy { !$0.controls.isEmpty })
        #expect(framework.control(known)?.id == known)
        #expect(framework.groups.first { $0.controls.contains { $0.id == known } }?.id == group)
    }

    // One row is one line.
    // swift-format-ignore
    @Test(
        "an id that no table holds means no control; a finer one of PCI DSS means the one above it",
        arguments: [
            ("nist-800-53", "SC-99", nil), ("nist-800-53", "sc-8", nil), ("nist-800-53", "SC-8 ", nil), ("owasp-asvs-5", "V99.1.1", nil),
            ("owasp-asvs-5", "3.4.1", nil), ("pci-dss-4", "4.2.1", "4.2"), ("pci-dss-4", "4.2.1.1", "4.2"), ("pci-dss-4", "4.9.1", nil),
            ("pci-dss-4", "4.2.", nil), ("pci-dss-4", "4.2.1.1.1", nil), ("pci-dss-4", "4", nil), ("cis-controls-8", "4.1.1", nil), ("soc2", "", nil)
        ] as [(String, String, String?)])
    func ids(framework: String, id: String, means: String?) throws {
        #expect(try #require(controlFrameworks.first { $0.id == framework }).control(id)?.id == means)
    }
}
