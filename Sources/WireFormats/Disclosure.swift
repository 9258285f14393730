/// What a public answer tells about the inside of a service.
package enum Disclosure: String, Sendable, CaseIterable {
    case componentDetails = "component-details"
    case componentNames = "component-names"
    case connectionString = "connection-string"
    case environmentName = "env-name"
    case errorOutput = "error-output"
    case exceptionClass = "exception-class"
    case filesystemPath = "filesystem-path"
    case internalHost = "internal-host"
    case privateAddress = "private-ip"
    case softwareVersion = "software-version"
    case stackTrace = "stack-trace"
    case vendorMediaType = "vendor-media-type"

    /// What a text gives away by its words alone. It names kinds, so nothing of the text is repeated.
    package static func found(in text: String) -> Set<Disclosure> {
        var found: Set<Disclosure> = []
        for address in InternalAddress.found(in: text) {
            switch address {
            case .address: found.insert(.privateAddress)
            case .host: found.insert(.internalHost)
            }
        }
        let words = text.utf8.split { $0.isASCIIWhitespace || "\"'<>(),;[]{}".utf8.contains($0) }
        let isTrace = hasStackTrace(text)
        for word in words where word.count > 2 {
            if isExceptionClass(word, inTrace: isTrace) { found.insert(.exceptionClass) }
            if isFilesystemPath(word) { found.insert(.filesystemPath) }
            if isConnectionString(word) { found.insert(.connectionString) }
            if isVariableName(word) { found.insert(.environmentName) }
        }
        if hasProductVersion(words) { found.insert(.softwareVersion) }
        if isTrace { found.insert(.stackTrace) }
        return found
    }

    /// `java.net.ConnectException`, `psycopg2.OperationalError:`, `SocketException`; beside a trace `ValueError:` too.
    private static func isExceptionClass(_ word: Substring.UTF8View, inTrace: Bool) -> Bool {
        let name = word.trimmed { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        let isException = ends(name, with: "Exception") && name.count > "Exception".utf8.count
        let isBare = inTrace && word.last == UInt8(ascii: ":") && name.count > "Error".utf8.count
        let isError = ends(name, with: "Error") && (isBare || name.contains(UInt8(ascii: ".")))
        guard isException || isError, name.first?.isASCIILetter == true else { return false }
        return name.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "._$".utf8.contains($0) }
    }

    /// `/srv/app/x` below a usual top folder, or `C:\x`; a URL's path is none.
    private static func isFilesystemPath(_ word: Substring.UTF8View) -> Bool {
        var path = word.trimmed { ":=.".utf8.contains($0) }
        if let equals = path.firstIndex(of: UInt8(ascii: "=")) { path = path[path.index(after: equals)...] }
        let head = Array(path.prefix(3))
        if head.count == 3, head[0].isASCIILetter, head[1] == UInt8(ascii: ":"), head[2] == UInt8(ascii: "\\") {
            return true
        }
        guard head.first == UInt8(ascii: "/") else { return false }
        let parts = path.split(separator: UInt8(ascii: "/"), maxSplits: 2).map { String(Substring($0)) }
        return parts.count >= 2 && topFolders.contains(parts[0])
    }

    private static let topFolders: Set<String> = [
        "app", "bin", "boot", "data", "etc", "home", "lib", "lib64", "mnt", "opt", "private", "proc", "root", "run",
        "sbin", "srv", "sys", "tmp", "usr", "Users", "var", "workspace"
    ]

    /// `postgres://…`, `jdbc:…`, `…;Password=…`.
    private static func isConnectionString(_ word: Substring.UTF8View) -> Bool {
        guard word.contains(UInt8(ascii: ":")) || word.contains(UInt8(ascii: "=")) else { return false }
        let text = String(Substring(word.prefix(64))).asciiLowercased
        if text.hasPrefix("jdbc:") || text.hasPrefix("password=") || text.hasPrefix("pwd=") { return true }
        guard let colon = text.firstRange(of: "://")?.lowerBound else { return false }
        let scheme = text[..<colon].split(separator: "=").last.map(String.init) ?? ""
        return connectionSchemes.contains(scheme.split(separator: "+").first.map(String.init) ?? "")
    }

    private static let connectionSchemes: Set<String> = [
        "amqp", "amqps", "cockroachdb", "kafka", "ldap", "ldaps", "mariadb", "memcached", "mongodb", "mssql", "mysql",
        "nats", "postgres", "postgresql", "redis", "rediss", "sqlite", "sqlserver"
    ]

    /// `DATABASE_URL`, `API_TOKEN=…`: capitals with an ending that settings have.
    private static func isVariableName(_ word: Substring.UTF8View) -> Bool {
        let name = word.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ":") }
        guard name.count <= 64, name.contains(UInt8(ascii: "_")),
            name.allSatisfy({ (0x41...0x5A).contains($0) || $0.isASCIIDigit || $0 == UInt8(ascii: "_") })
        else { return false }
        return ["_URL", "_URI", "_HOST", "_DSN", "_PASSWORD", "_SECRET", "_TOKEN", "_KEY", "_ENV"]
            .contains { ends(name, with: $0) && name.count > $0.utf8.count }
    }

    /// `PostgreSQL 14.2`, `redis/7.0.1`, `node v22.1.0`; a dotted quad is an address, and `took 1.5 s` a duration.
    private static func hasProductVersion(_ words: [Substring.UTF8View]) -> Bool {
        var previousIsName = false
        var previousIsWord = false
        for word in words {
            if let slash = word.firstIndex(of: UInt8(ascii: "/")), word.first?.isASCIILetter == true,
                !word.starts(with: "HTTP/".utf8), isVersion(word[word.index(after: slash)...])
            {
                return true
            }
            if previousIsName, isVersion(word) { return true }
            if previousIsWord, isVersion(word), word.count(where: { $0 == UInt8(ascii: ".") }) == 2 { return true }
            let mayBeName = word.count >= 2 && word.allSatisfy { $0.isASCIILetter || "+#.".utf8.contains($0) }
            previousIsName = mayBeName && (word.first.map { (0x41...0x5A).contains($0) } ?? false)
            previousIsWord = mayBeName
        }
        return false
    }

    /// Whether a text is a version with at least two numbers: `14.2`, `v1.2.3-rc.1`.
    package static func isVersion(_ text: String) -> Bool { isVersion(text[...].utf8) }

    private static func isVersion(_ word: Substring.UTF8View) -> Bool {
        let number = word.first?.asciiLowercased == UInt8(ascii: "v") ? word.dropFirst() : word
        let core = number.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
        let parts = core.split(separator: UInt8(ascii: "."))
        return (2...3).contains(parts.count) && core.first?.isASCIIDigit == true && core.count <= 32
    }

    /// Frames of Java, .NET, JavaScript, Python or Go.
    private static func hasStackTrace(_ text: String) -> Bool {
        text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { line in
            let line = line.trimmed(\.isASCIIWhitespace)
            if line.starts(with: "at ".utf8) {
                return line.contains(UInt8(ascii: "(")) || line.contains(UInt8(ascii: "/")) && line.contains(0x3A)
            }
            return line.starts(with: "Traceback (most recent call last)".utf8)
                || line.starts(with: "goroutine ".utf8) && line.last == UInt8(ascii: ":")
                || line.starts(with: "File \"".utf8)
        }
    }

    private static func ends(_ bytes: Substring.UTF8View, with suffix: String) -> Bool {
        bytes.count >= suffix.utf8.count && bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
}
