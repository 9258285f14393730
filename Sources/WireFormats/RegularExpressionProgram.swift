/// One step of a compiled regular expression.
enum RegularExpressionInstruction: Sendable {
    /// Reads this scalar and goes on with the next instruction.
    case scalar(Unicode.Scalar)
    /// Reads one scalar of the set.
    case set(ScalarSet)
    case assertion(RegularExpressionNode.Assertion)
    case jump(Int)
    /// Goes on at both places.
    case split(Int, Int)
    case match
}

/// The compiler from the parsed pattern to instructions.
struct RegularExpressionProgram {
    private var instructions: [RegularExpressionInstruction] = []

    static func instructions(
        of node: RegularExpressionNode
    ) throws(RegularExpressionError) -> [RegularExpressionInstruction] {
        // The size is known before anything is unrolled, so that `((a{1000}){1000}){1000}` costs nothing.
        guard size(of: node) < RegularExpression.maximumInstructions else {
            throw RegularExpressionError(
                .tooLarge, at: 0,
                "the repeats unroll to more than \(RegularExpression.maximumInstructions) instructions; lower the counts"
            )
        }
        var program = RegularExpressionProgram()
        program.append(node)
        program.instructions.append(.match)
        return program.instructions
    }

    /// The instructions that a node takes, at least 1 so that unrolling nothing has a price; cut off at the maximum.
    private static func size(of node: RegularExpressionNode) -> Int {
        let size =
            switch node {
            case .empty, .scalar, .set, .assertion: 1
            case .sequence(let nodes): nodes.reduce(0) { $0 + self.size(of: $1) }
            case .alternatives(let nodes): nodes.reduce(-2) { $0 + self.size(of: $1) + 2 }
            case .repeated(let node, let least, let most?):
                least * self.size(of: node) + (most - least) * (self.size(of: node) + 1)
            case .repeated(let node, let least, nil): (least + 1) * self.size(of: node) + 2
            }
        return min(max(size, 1), RegularExpression.maximumInstructions)
    }

    private mutating func append(_ node: RegularExpressionNode) {
        switch node {
        case .empty: break
        case .scalar(let scalar): instructions.append(.scalar(scalar))
        case .set(let set): instructions.append(.set(set))
        case .assertion(let assertion): instructions.append(.assertion(assertion))
        case .sequence(let nodes): for node in nodes { append(node) }
        case .alternatives(let nodes): append(alternatives: nodes[...])
        case .repeated(let node, let least, let most):
            for _ in 0..<least { append(node) }
            if let most { append(optional: node, times: most - least) } else { append(loop: node) }
        }
    }

    private mutating func append(alternatives nodes: ArraySlice<RegularExpressionNode>) {
        var ends: [Int] = []
        for node in nodes.dropLast() {
            let split = reserve()
            append(node)
            ends.append(reserve())
            instructions[split] = .split(split + 1, instructions.count)
        }
        if let last = nodes.last { append(last) }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func append(loop node: RegularExpressionNode) {
        let split = reserve()
        append(node)
        instructions.append(.jump(split))
        instructions[split] = .split(split + 1, instructions.count)
    }

    private mutating func append(optional node: RegularExpressionNode, times: Int) {
        var splits: [Int] = []
        for _ in 0..<times {
            splits.append(reserve())
            append(node)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    /// Keeps a place for an instruction whose target is not known yet.
    private mutating func reserve() -> Int {
        instructions.append(.match)
        return instructions.count - 1
    }
}
