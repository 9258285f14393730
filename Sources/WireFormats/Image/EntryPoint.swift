/// What an image starts, as far as it tells whether the rights of root are dropped on the way.
package enum EntryPoint: Sendable, Equatable {
    /// The command itself names a tool that does.
    case drops(tool: String)
    /// A script may do it; it is the first of these paths that is there.
    case script([RootPath])
    case nothing

    /// Bytes of a script that are searched.
    package static let longestScript = 64 << 10

    /// - Parameter configuration: its entry point and command, working directory and search path.
    package init(_ configuration: ImageConfigurationDocument) {
        let words = Self.started(configuration.entryPoint + configuration.command)
        guard let program = words.first, !program.isEmpty else {
            self = .nothing
            return
        }
        if Self.tools.contains(Self.name(program)) {
            self = .drops(tool: Self.name(program))
        } else if Self.shells.contains(Self.name(program)) {
            self = Self.shellCommand(words, configuration)
        } else {
            self = .script(Self.paths(of: program, configuration))
        }
    }

    /// The command behind programs that only start another: `env` and those that stand for init.
    private static func started(_ words: [String]) -> [String] {
        var words = words[...]
        while let program = words.first {
            let isEnvironment = name(program) == "env"
            guard isEnvironment || initPrograms.contains(name(program)) else { break }
            words = words.dropFirst()
            while let word = words.first, word.hasPrefix("-") || isEnvironment && word.contains("=") {
                words = words.dropFirst(valuedOptions.contains(word) ? 2 : 1)
                if word == "--" { break }
            }
        }
        return Array(words)
    }

    /// The tool that a script calls to drop its rights; nil when it calls none, or is no script.
    ///
    /// - Parameter content: the file from its beginning.
    package static func tool(inScript content: [UInt8]) -> String? {
        guard content.starts(with: "#!".utf8) else { return nil }
        return tool(in: String(decoding: content.prefix(longestScript), as: UTF8.self))
    }

    /// `sh -c TEXT` and `sh FILE`.
    private static func shellCommand(_ words: [String], _ configuration: ImageConfigurationDocument) -> EntryPoint {
        let arguments = words.dropFirst()
        if let flag = arguments.firstIndex(where: { $0.hasPrefix("-") && $0.hasSuffix("c") }), flag + 1 < words.endIndex
        {
            let text = words[flag + 1]
            if let tool = tool(in: text) { return .drops(tool: tool) }
            let program = text.split(separator: " ").first { $0 != "exec" }
            return program.map { .script(paths(of: String($0), configuration)) } ?? .nothing
        }
        guard let file = arguments.first(where: { !$0.hasPrefix("-") }) else { return .nothing }
        return .script(paths(of: file, configuration))
    }

    /// The first tool that stands where a command begins, comments left out.
    private static func tool(in text: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            var isCommand = true
            for word in line.split(whereSeparator: { " \t;()`".contains($0) }) {
                if word.hasPrefix("#") { break }
                let name = name(String(word))
                if isCommand, tools.contains(name) { return name }
                isCommand = leaders.contains(String(word)) || word.hasSuffix("&&") || word.contains("=") && isCommand
            }
        }
        return nil
    }

    private static func paths(of program: String, _ configuration: ImageConfigurationDocument) -> [RootPath] {
        if program.hasPrefix("/") { return [RootPath(program)].compactMap(\.self) }
        if program.contains("/") {
            return [RootPath("/\(configuration.workingDirectory)/\(program)")].compactMap(\.self)
        }
        return configuration.searchPath.prefix(16).compactMap { RootPath("/\($0)/\(program)") }
    }

    private static func name(_ word: String) -> String { word.split(separator: "/").last.map(String.init) ?? word }

    /// Programs whose purpose is to start another as another user.
    private static let tools: Set<String> = [
        "gosu", "su-exec", "setpriv", "runuser", "su", "sudo", "chpst", "setuidgid", "s6-setuidgid", "capsh"
    ]
    private static let initPrograms: Set<String> = ["tini", "tini-static", "dumb-init", "catatonit", "docker-init"]
    /// Options of those and of `env` whose value is a word of its own.
    private static let valuedOptions: Set<String> = ["-p", "-e", "-r", "--rewrite", "-u", "--unset", "-C", "--chdir"]
    private static let shells: Set<String> = ["sh", "bash", "ash", "dash"]
    /// Words behind which a command begins; `set -- gosu app` is one that is started later.
    private static let leaders: Set<String> = ["exec", "then", "else", "do", "&&", "||", "|", "!", "{", "if", "--"]
}
