import Testing
import WireFormats

struct StrictTransportSecurityTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let value: String
        let isValid: Bool
        let maxAge: Int64?
        var subdomains = false
        var preload = false
        var quoted = false
        var testDescription: String { value }
    }

    @Test(
        "Directives are read by the grammar of RFC 6797 §6.1",
        arguments: [
            Case(value: "max-age=31536000", isValid: true, maxAge: 31_536_000),
            Case(value: "max-age=31536000; includeSubDomains", isValid: true, maxAge: 31_536_000, subdomains: true),
            Case(
                value: "includesubdomains;MAX-AGE=1;Preload", isValid: true, maxAge: 1, subdomains: true, preload: true),
            Case(value: #"max-age="31536000""#, isValid: true, maxAge: 31_536_000, quoted: true),
            Case(value: "; max-age=0 ;;", isValid: true, maxAge: 0),
            Case(value: "max-age=1; future=x", isValid: true, maxAge: 1),
            Case(value: "max-age=1; max-age=2", isValid: false, maxAge: 1),
            Case(value: "max-age=abc", isValid: false, maxAge: nil),
            Case(value: "max-age=-1", isValid: false, maxAge: nil),
            Case(value: "max-age", isValid: false, maxAge: nil),
            Case(value: "includeSubDomains", isValid: false, maxAge: nil, subdomains: true),
            Case(value: "max-age=1; includeSubDomains=1", isValid: false, maxAge: 1),
            Case(value: "max-age=1, includeSubDomains", isValid: false, maxAge: nil),
            Case(value: "max-age=1; not a token", isValid: false, maxAge: 1),
            Case(value: "xmax-age=31536000", isValid: false, maxAge: nil),
            Case(value: #"max-age="1; includeSubDomains"#, isValid: false, maxAge: nil),
            Case(value: "", isValid: false, maxAge: nil)
        ])
    func value(_ expected: Case) {
        let field = StrictTransportSecurity(expected.value)
        #expect(field.isValid == expected.isValid)
        #expect(field.maxAge == expected.maxAge)
        #expect(field.includesSubdomains == expected.subdomains)
        #expect(field.allowsPreload == expected.preload)
        #expect(field.isMaxAgeQuoted == expected.quoted)
    }

    @Test("Unknown and repeated directives are named once, in lower case")
    func oddDirectives() {
        let field = StrictTransportSecurity("max-age=1; A=1; b; a; B; a")
        #expect(field.unknownDirectives == ["a", "b"])
        #expect(field.duplicateDirectives == ["a", "b"])
    }
}
