import Glibc

/// One question, and the programs that answer it.
struct BenchJob: Sendable {
    struct Contender: Sendable {
        let name: String
        let words: [String]
        /// The most of its time that gonogo may take; nil when there is no bar.
        var ratio: Double?
    }

    let title: String
    let own: [String]
    /// The most that gonogo may take, in milliseconds.
    var bound: Double?
    let others: [Contender]
    let rounds: Int
    /// The exit code that all must end with; nil for any.
    var accepting: Int32? = 0

    /// Prints the medians; whether a bar is missed.
    func measured() throws -> Bool {
        var times = [[Double]](repeating: [], count: others.count + 1)
        // The first round warms up.
        for round in 0...rounds {
            for (index, words) in ([own] + others.map(\.words)).enumerated() {
                let run = try Child.run(words, accepting: accepting)
                if round > 0 { times[index].append(run.milliseconds) }
            }
        }
        let medians = times.map { $0.sorted()[$0.count / 2] }
        var isMissed = false
        func bar(_ value: Double, _ bar: Double?) -> String {
            guard let bar else { return "" }
            isMissed = isMissed || value > bar
            return " (bar \(bar.figure)\(value > bar ? ", MISSED" : ""))"
        }
        print("\(title), median of \(rounds)")
        print("  \("gonogo".padded(32)) \(medians[0].figure.padded(8, left: true)) ms\(bar(medians[0], bound))")
        for (contender, median) in zip(others, medians.dropFirst()) {
            let ratio = medians[0] / median
            print(
                "  \(contender.name.padded(32)) \(median.figure.padded(8, left: true)) ms  gonogo takes "
                    + "\(ratio.figure) of it\(bar(ratio, contender.ratio))")
        }
        fflush(nil)
        return isMissed
    }
}
