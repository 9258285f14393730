/// Keeps the YAML parser's recursion, and its work per token, to what a small stack bears.
///
/// libyaml has a bound of 1000, which takes more than 1 MiB of stack, and a way to lower it that Yams hides. It is one
/// for the whole process, so it is set once, before the first parser; `YAMLTree` counts exactly.
enum NestingLimit {
    /// Sets the bound; only the first use does anything.
    static let isSet: Bool = {
        setMaximumNesting(Int32(2 * YAMLTree.maximumDepth))
        return true
    }()
}

// One integer in a register: the same for Swift's calling convention and for C's.
@_silgen_name("yaml_set_max_nest_level")
private func setMaximumNesting(_ level: Int32)
