import Testing
import WireFormats

struct SmallGrammarTests {
    @Test(
        "Server names products with versions, comments left out",
        arguments: [
            ("nginx/1.22.1", "nginx", "1.22.1"), ("nginx", "nginx", nil),
            ("Apache/2.4.57 (Debian) OpenSSL/3.0.11", "Apache", "2.4.57"), ("(a (b) c/1) Caddy", "Caddy", nil),
            ("Microsoft-IIS/10.0", "Microsoft-IIS", "10.0"), ("a/", "a", nil), ("a/b/c", "a", nil)
        ] as [(String, String, String?)])
    func products(value: String, name: String, version: String?) {
        #expect(ProductList(value).products.first?.name == name)
        #expect(ProductList(value).products.first?.version == version)
    }

    @Test("What names no product gives none", arguments: ["", "(comment)", "\"quoted\"", "((("])
    func noProduct(value: String) { #expect(ProductList(value).products.isEmpty) }

    @Test(
        "An HTTP date has one form",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Mon, 01 Jan 2026 00:00:00 GMT", "2026-01-01T00:00:00Z"),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil), ("0", nil), ("", nil),
            ("Sun, 06 Nov 1994 08:49:37 UTC", nil), ("Sun, 6  Nov 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 08:4x:37 GMT", nil), ("Sun, 06 nov 1994 08:49:37 GMT", nil)
        ] as [(String, String?)])
    func date(text: String, iso8601: String?) { #expect(HTTPDate.iso8601(text) == iso8601) }

    @Test(
        "Durations are read in the forms that programs print",
        arguments: [
            ("12ms", 12), ("1.5 s", 1500), ("1m2.5s", 62_500), ("00:00:00.0125", 12.5), ("01:00:00", 3_600_000),
            ("250us", 0.25), ("250µs", 0.25), ("", nil), ("12", nil), ("ms", nil), ("1 parsec", nil), ("-1ms", nil),
            ("1.2.3s", nil), ("a:b:c", nil), (String(repeating: "1", count: 50) + "s", nil)
        ] as [(String, Double?)])
    func duration(text: String, milliseconds: Double?) {
        let read = DurationText.milliseconds(text)
        #expect((read == nil) == (milliseconds == nil))
        if let read, let milliseconds { #expect(abs(read - milliseconds) < 1e-6) }
    }

    @Test(
        "Internal addresses and names are found by their form",
        arguments: [
            ("1.1 edge-7.internal", ["edge-7.internal"]), ("refused by 10.1.4.7:5432.", ["10.1.4.7"]),
            ("http://LOCALHOST:8080/x", ["localhost"]), ("[fd12:3456::1]", ["fd12:3456::1"]), ("::1", ["::1"]),
            ("172.16.0.1 172.32.0.1 192.168.1.1", ["172.16.0.1", "192.168.1.1"]),
            ("db.default.svc.cluster.local", ["db.default.svc.cluster.local"]), ("8.8.8.8 300.1.1.1 10.0.0", []),
            ("10:30:00 shop.example internal local", []), ("10.0.0.1, 10.0.0.1", ["10.0.0.1"])
        ])
    func internalAddresses(text: String, found: [String]) {
        #expect(InternalAddress.found(in: text).map(\.text) == found)
    }

    @Test(
        "Words give away what lies inside",
        arguments: [
            ("org.postgresql.util.PSQLException: refused", [.exceptionClass]),
            ("psycopg2.OperationalError", [.exceptionClass]),
            ("NullPointerException", [.exceptionClass]), ("An Exception or Error occurred", []),
            ("Internal Server Error", []),
            ("open /var/lib/app/db failed", [.filesystemPath]), (#"C:\inetpub\x"#, [.filesystemPath]),
            ("GET /health/live", []),
            ("/api/v1/users", []), ("postgres://db/x", [.connectionString]),
            ("Host=db;Password=x", [.connectionString]),
            ("mongodb+srv://x", [.connectionString]), ("https://shop.example/", []),
            ("DATABASE_URL is not set", [.environmentName]),
            ("OUT_OF_SERVICE", []), ("PostgreSQL 14.2 on x86", [.softwareVersion]), ("redis/7.0.1", [.softwareVersion]),
            ("HTTP/1.1 503", []), ("to 8.8.4.4:53", []), ("took 1.5 s", []), ("node v22.1.0", [.softwareVersion]),
            ("x\n\tat com.a.B.c(B.java:12)\n", [.stackTrace]), ("    at /app/x.js:1:2", [.filesystemPath, .stackTrace]),
            ("Traceback (most recent call last):", [.stackTrace]), ("goroutine 1 [running]:", [.stackTrace]),
            ("Traceback (most recent call last):\nValueError: bad", [.exceptionClass, .stackTrace]),
            ("Traceback (most recent call last):\nError: bad", [.stackTrace]), ("ValueError: bad", []),
            ("at noon", [])
        ] as [(String, Set<Disclosure>)])
    func disclosures(text: String, found: Set<Disclosure>) { #expect(Disclosure.found(in: text) == found) }
}
