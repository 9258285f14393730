import Foundation
import Testing

/// What each module may import; everything else is an arrow in the wrong direction.
private let allowed: [String: Set<String>] = [
    "JSON": [],
    "AuditModel": ["JSON"],
    "WireFormats": ["JSON", "RawStructuredFieldValues"],
    "XML": [],
    "Compression": ["CZlib", "CZstd"],
    "Facts": ["AuditModel", "JSON", "WireFormats"],
    "Judge": ["AuditModel", "JSON", "WireFormats"],
    "SignOff": ["AuditModel"],
    "ChecklistYAML": ["AuditModel", "CLibYAML", "JSON"],
    "Report": ["AuditModel", "JSON", "WireFormats", "XML", "ReportTemplates"],
    "Observe": [
        "AuditModel", "JSON", "Facts", "WireFormats", "XML", "Compression", "Crypto", "NIOCore", "NIOPosix", "NIOHTTP1",
        "NIOHTTP2", "NIOTLS", "NIOSSL", "Glibc", "Synchronization", "FoundationEssentials", "SwiftASN1", "X509",
        "CryptoExtras"
    ],
    "DemoService": [
        "AuditModel", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOSSL", "X509", "SwiftASN1", "Crypto",
        "FoundationEssentials", "Synchronization"
    ],
    "Audit": [
        "AuditModel", "JSON", "WireFormats", "Facts", "Judge", "SignOff", "ChecklistYAML", "Checklists", "Controls",
        "Report",
        "Observe",
        "Crypto", "Glibc", "Synchronization"
    ],
    "gonogo-bench": ["Audit", "AuditModel", "JSON", "TestSupport", "WireFormats", "Glibc"],
    "gonogo": [
        "Audit", "AuditModel", "JSON", "Observe", "DemoService", "ArgumentParser", "Glibc", "Dispatch",
        "FoundationEssentials"
    ]
]

/// Modules that see the world; every other one is pure.
private let impure: Set<String> = ["Observe", "DemoService", "Audit", "gonogo", "gonogo-bench"]

private struct SourceFile: Sendable, CustomTestStringConvertible {
    let module: String
    let path: String
    let text: String
    var testDescription: String { path }

    static func all(below folder: String) throws -> [SourceFile] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: folder)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return try (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.map { url in
            let path = String(url.path.dropFirst(root.path.count + 1))
            return SourceFile(
                module: String(path.prefix { $0 != "/" }), path: path,
                text: try String(contentsOf: url, encoding: .utf8))
        }
    }
}

/// The modules that a source file imports, whatever the access level or attributes of the import.
private func imports(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
        var words = line.split(separator: " ")[...]
        while let word = words.first,
            word.hasPrefix("@") || ["package", "public", "internal", "private", "fileprivate"].contains(word)
        {
            words = words.dropFirst()
        }
        guard words.first == "import", let name = words.dropFirst().first else { return nil }
        return ["struct", "class", "enum", "func", "protocol", "let", "var"].contains(name)
            ? words.dropFirst(2).first.map { String($0.prefix { $0 != "." }) } : String(name.prefix { $0 != "." })
    }
}

/// A sentence for each import that its module may not make.
private func violations(in files: [SourceFile]) -> [String] {
    files.flatMap { file -> [String] in
        guard let permitted = allowed[file.module] else {
            return ["\(file.path): the module \(file.module) has no layer"]
        }
        return imports(of: file.text).filter { !permitted.contains($0) }.map { "\(file.path) imports \($0)" }
    }
}

private func modules() throws -> [SourceFile] {
    try SourceFile.all(below: "Sources").filter { !["EmbedFiles", "embed-files"].contains($0.module) }
}

@Suite struct LayerTests {
    @Test("imports point downwards only")
    func downwards() throws {
        let files = try modules()
        #expect(Set(files.map(\.module)) == Set(allowed.keys))
        #expect(violations(in: files) == [])
    }

    @Test(
        "an import that breaks a layer is found",
        arguments: [
            "import Foundation", "@preconcurrency import NIOCore", "package import Observe",
            "import struct Foundation.Date"
        ])
    func mutation(line: String) throws {
        var files = try modules()
        let index = try #require(files.firstIndex { $0.module == "Judge" })
        files[index] = SourceFile(
            module: "Judge", path: files[index].path, text: files[index].text + "\n" + line + "\n")
        #expect(violations(in: files).count == 1)
    }

    @Test("a module without a layer is found")
    func unknownModule() {
        let file = SourceFile(module: "Helpers", path: "Helpers/Helpers.swift", text: "")
        #expect(violations(in: [file]) == ["Helpers/Helpers.swift: the module Helpers has no layer"])
    }

    @Test("only the command line reads the time of day")
    func clock() throws {
        let reads = [
            "Date()", "Date.now", "clock_gettime", "gettimeofday", "SystemClock", "time(nil)", "CLOCK_REALTIME"
        ]
        let offenders = try modules().filter { file in
            // The demo's certificate needs a validity that begins before it is shown.
            !["gonogo", "DemoService"].contains(file.module) && reads.contains { file.text.contains($0) }
        }
        #expect(offenders.map(\.path) == [])
    }

    @Test("pure modules neither open files nor sockets nor start processes")
    func pure() throws {
        let words = ["fopen(", "FileManager", "Process(", "URLSession", "socket(", "getenv", "ProcessInfo"]
        let offenders = try modules().filter { file in
            !impure.contains(file.module) && words.contains { file.text.contains($0) }
        }
        #expect(offenders.map(\.path) == [])
    }

    @Test("nothing ends the process on input")
    func noTraps() throws {
        let words = ["fatalError(", "try!", "as!"]
        let offenders = try modules().filter { file in words.contains { file.text.contains($0) } }
        #expect(offenders.map(\.path) == [])
    }

    @Test("every unchecked promise to the compiler has its reason beside it")
    func uncheckedReasons() throws {
        for file in try modules() where file.text.contains("@unchecked Sendable") {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where line.contains("@unchecked Sendable") {
                let before = lines[max(0, index - 4)..<index]
                #expect(line.contains("//") || before.contains { $0.contains("//") }, "\(file.path):\(index + 1)")
            }
        }
    }
}

@Suite struct RegistrationTests {
    @Test(
        "a file for each entry of a list",
        arguments: [
            ("Judge/Matchers", "Judge/Matcher.swift", "package static let all: [Matcher] = ["),
            ("Report/Formats", "Report/ReportFormat.swift", "all: [ReportFormat] = [")
        ])
    func listed(folder: String, list: String, start: String) throws {
        let files = try SourceFile.all(below: "Sources")
        let text = try #require(files.first { $0.path == list }?.text)
        let opening = try #require(text.range(of: start))
        let entries = text[opening.upperBound...].prefix { $0 != "]" }.split(separator: ",").filter { $0.contains(".") }
        #expect(files.filter { $0.path.hasPrefix(folder + "/") }.count == entries.count)
    }
}
