import TestSupport

/// Measures one job with every program and compares.
struct TLSMeasurement: Sendable {
    let job: TLSJob
    let program: String
    let ports: [Int]
    let root: String
    let folder: String

    struct Block: Sendable {
        var text: String
        var isMissed: Bool
    }

    func measured() throws -> Block {
        var runs: [TLSTool: [TLSRun]] = [:]
        let most = job.rounds.values.max() ?? 0
        for round in 0..<most {
            for tool in TLSTool.allCases where round < job.rounds[tool] ?? 0 {
                guard let words = try tool.command(program, ports: ports, trusting: root, in: folder) else { continue }
                // What is run often is warmed up.
                if round == 0, most > 1, job.rounds[tool] == most {
                    _ = try TLSRun(words, readsLines: false, in: folder)
                }
                runs[tool, default: []].append(try TLSRun(words, readsLines: tool == .gonogo, in: folder))
            }
        }
        return try block(runs)
    }

    private func block(_ runs: [TLSTool: [TLSRun]]) throws -> Block {
        let medians = runs.mapValues { runs in runs.map(\.milliseconds).sorted()[runs.count / 2] }
        guard let own = medians[.gonogo], let last = runs[.gonogo]?.last else {
            throw Problem(reason: "gonogo did not run")
        }
        var block = Block(text: job.title, isMissed: false)
        for tool in TLSTool.allCases {
            guard let median = medians[tool], let count = runs[tool]?.count else { continue }
            var line = "  \(tool.rawValue.padded(10)) \(median.figure.padded(10, left: true)) ms  median of \(count)"
            if tool == .gonogo {
                line += connections(of: runs[.gonogo] ?? [], &block)
            } else {
                line += "  gonogo takes \((own / median).figure) of it" + bar(own / median, job.ratios[tool], &block)
            }
            block.text += "\n" + line
        }
        if job.samples > 0 {
            let floor = try TLSFloor(port: ports[0], suites: last.suites, samples: job.samples)
            block.text +=
                "\n  floor      \(floor.milliseconds.figure.padded(10, left: true)) ms  \(floor.hellos) hellos one after "
                + "the other; gonogo takes \((own / floor.milliseconds).figure) times that"
        }
        block.text += tarpitBar(own, &block)
        return block
    }

    private func connections(of runs: [TLSRun], _ block: inout Block) -> String {
        guard let most = runs.compactMap(\.connections).max() else { return "" }
        return "  \(most) connections" + bar(Double(most), job.connections.map(Double.init), &block)
    }

    /// The only job without another program's time to beat has a time of its own.
    private func tarpitBar(_ own: Double, _ block: inout Block) -> String {
        guard job.ratios.isEmpty else { return "" }
        return "\n  gonogo's seconds: \((own / 1000).figure)" + bar(own / 1000, 10, &block)
    }

    private func bar(_ value: Double, _ bar: Double?, _ block: inout Block) -> String {
        guard let bar else { return "" }
        guard value > bar else { return " (bar \(bar.figure))" }
        block.isMissed = true
        return " (bar \(bar.figure), MISSED)"
    }
}

extension Double {
    /// Three digits that count.
    var figure: String {
        let scale = self >= 100 ? 1.0 : self >= 10 ? 10 : self >= 0.1 ? 100 : 10_000
        let rounded = (self * scale).rounded() / scale
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

extension String {
    func padded(_ width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: Swift.max(0, width - count))
        return left ? space + self : self + space
    }
}
