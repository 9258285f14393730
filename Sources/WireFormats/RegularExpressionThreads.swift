/// The simulation of all paths through a program at once, one step a scalar (Thompson 1968, Pike's virtual machine).
struct RegularExpressionThreads {
    private let program: [RegularExpressionInstruction]
    /// Instructions that wait for the next scalar, each at most once.
    private var waiting: [Int] = []
    /// Where `waiting` goes while it is replaced; kept to allocate only once.
    private var advancing: [Int] = []
    private var stack: [Int] = []
    /// The step in which an instruction was reached last.
    private var reachedIn: [Int]
    private var step = 1
    private(set) var hasMatched = false

    init(program: [RegularExpressionInstruction]) {
        self.program = program
        reachedIn = Array(repeating: 0, count: program.count)
    }

    /// Adds what can be reached from an instruction without reading a scalar, given the scalars on both sides.
    mutating func start(_ instruction: Int, between before: Unicode.Scalar?, and after: Unicode.Scalar?) {
        stack.append(instruction)
        while let index = stack.popLast() {
            guard reachedIn[index] != step else { continue }
            reachedIn[index] = step
            switch program[index] {
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .assertion(let assertion):
                if assertion.holds(between: before, and: after) { stack.append(index + 1) }
            case .match: hasMatched = true
            case .scalar, .set: waiting.append(index)
            }
        }
    }

    /// Moves every waiting thread over the scalar; those that do not accept it end.
    ///
    /// `cased` is given when case is ignored.
    mutating func advance(over scalar: Unicode.Scalar, cased: CaseVariants?, to following: Unicode.Scalar?) {
        swap(&waiting, &advancing)
        waiting.removeAll(keepingCapacity: true)
        step += 1
        for index in advancing where accepts(index, scalar, cased) {
            start(index + 1, between: scalar, and: following)
        }
    }

    private func accepts(_ index: Int, _ scalar: Unicode.Scalar, _ cased: CaseVariants?) -> Bool {
        switch program[index] {
        case .scalar(let expected): expected == cased?.folded ?? scalar
        case .set(let set): set.contains(scalar, cased: cased)
        case .jump, .split, .assertion, .match: false
        }
    }
}
