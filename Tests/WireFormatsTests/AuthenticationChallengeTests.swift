import Testing
import WireFormats

struct AuthenticationChallengeTests {
    @Test(
        "challenges are read with their parameters, one list or many",
        arguments: [
            ("Basic", [.init(scheme: "basic")]),
            ("basic realm=x", [.init(scheme: "basic", parameters: ["realm": "x"])]),
            ("Basic realm=\"a \\\"b\\\", c\"", [.init(scheme: "basic", parameters: ["realm": "a \"b\", c"])]),
            (
                "Bearer realm=\"https://auth.test/token\",service=\"r\",scope=\"repository:a/b:pull,push\"",
                [
                    .init(
                        scheme: "bearer",
                        parameters: [
                            "realm": "https://auth.test/token", "service": "r", "scope": "repository:a/b:pull,push"
                        ])
                ]
            ),
            (
                "Negotiate YWJj==, Bearer realm=\"r\", Basic realm = \"s\" , charset=UTF-8",
                [
                    .init(scheme: "negotiate"), .init(scheme: "bearer", parameters: ["realm": "r"]),
                    .init(scheme: "basic", parameters: ["realm": "s", "charset": "UTF-8"])
                ]
            ), ("Basic REALM=a, Realm=b", [.init(scheme: "basic", parameters: ["realm": "a"])]),
            (", ,Basic", [.init(scheme: "basic")]), ("", []), (" ", []), ("\"quoted\"", []),
            ("Basic realm=\"open", [.init(scheme: "basic")])
        ] as [(String, [AuthenticationChallenge])])
    func list(_ text: String, _ challenges: [AuthenticationChallenge]) {
        #expect(AuthenticationChallenge.list(text) == challenges)
    }

    @Test("hostile values never trap and never hang")
    func hostile() {
        let pieces = ["Basic", "=", "\"", "\\", ",", " ", "realm", "\u{0}", "é", "a=b", "=\"", "/"]
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    let text = String(repeating: first + second + third, count: 40)
                    #expect(AuthenticationChallenge.list(text).count <= text.utf8.count)
                }
            }
        }
    }
}
