import ArgumentParser

/// The words of a command line, turned into the command that they name.
package enum CommandWords {
    /// Reads the first word's command alone, where that gives a command; all else is the whole tree's to read or refuse.
    ///
    /// Reading all commands' declarations takes longer than asking a near server a question. A command that names
    /// its super-command is not asked for completion scripts either, which are the whole tree's as well.
    package static func command(_ words: [String]) throws -> any ParsableCommand {
        if let type = Gonogo.configuration.subcommands.first(where: { $0._commandName == words.first }),
            let command = try? type.parseAsRoot(Array(words.dropFirst())), Swift.type(of: command) == type
        {
            return command
        }
        return try commandOfTree(words)
    }

    /// Reads the words by the declarations of all commands.
    package static func commandOfTree(_ words: [String]) throws -> any ParsableCommand {
        try Gonogo.parseAsRoot(words)
    }
}
