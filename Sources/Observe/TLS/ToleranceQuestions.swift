import Facts
import WireFormats

extension TLSConversation {
    /// Hellos that are right but unusual: GREASE, more than 512 bytes, more than 127 suites.
    ///
    /// One hello that is all three at once answers for all; only when it fails is each asked by itself.
    func askTolerance(_ found: VersionFindings) async {
        var shape = found.shape.plain
        shape.suites = known(found)
        shape.isUnbounded = true
        let grease = HelloRequest(tolerance: .grease, greased(shape))
        let long = HelloRequest(tolerance: .longHello, shape.padded(to: 1024))
        let many = HelloRequest(tolerance: .manySuites, withManySuites(shape))
        let all = HelloRequest(tolerance: .grease, withManySuites(greased(shape)).padded(to: 1024))
        let heard = await hear(all)
        if heard.verdict == .accepted {
            for request in [grease, long, many] { record(heard, to: request) }
            return
        }
        var answers: [(HelloRequest, HeardAnswer)] = []
        await withTaskGroup(of: (HelloRequest, HeardAnswer).self) { group in
            for request in [grease, long, many] {
                group.addImmediateTask {
                    var alone = await self.hear(request)
                    // The hello that was all three at once was an attempt too.
                    if alone.verdict != .accepted { alone.attempts += heard.attempts }
                    return (request, alone)
                }
            }
            for await answer in group { answers.append(answer) }
        }
        // What refuses an ordinary hello by now says nothing about the unusual ones.
        var ordinary = HelloRequest(tolerance: .grease, shape)
        ordinary.mayHang = false
        let isAnswering = await hear(ordinary).verdict == .accepted
        for (request, answer) in answers where isAnswering || answer.verdict == .accepted {
            record(answer, to: request)
        }
    }

    /// Values that mean nothing, in every list that may hold them (RFC 8701 §3).
    private func greased(_ base: HelloShape) -> HelloShape {
        var shape = base
        shape.suites = [GREASE.values[0]] + shape.suites
        shape.groups = [GREASE.values[1]] + shape.groups
        shape.schemes.append(GREASE.values[2])
        shape.extras = [.grease(GREASE.values[3]), .grease(GREASE.values[4], body: [0])]
        // A server that does not bear the list of versions at all must not look as if it did not bear GREASE.
        if findings[.tls13]?.firstPick != nil {
            var versions = [GREASE.values[5], ProtocolVersion.tls13.code]
            if shape.version != .tls13 { versions.append(shape.version.code) }
            shape.supportedVersions = versions
            if shape.version != .tls13 { shape.suites.insert(contentsOf: [0x1301, 0x1302, 0x1303], at: 1) }
            shape.keyShares = HelloLists.keyShares() + [KeyShareEntry(group: GREASE.values[1], key: [0])]
        }
        return shape
    }

    /// What the server accepts first, then suites that it need not know, 200 in all.
    private func withManySuites(_ base: HelloShape) -> HelloShape {
        var shape = base
        let others = HelloLists.suites(base.version) + HelloLists.suites(.tls12)
        var seen = Set(shape.suites)
        shape.suites += others.filter { seen.insert($0).inserted }
        shape.suites = Array(shape.suites.prefix(200))
        return shape
    }
}

extension HelloRequest {
    /// A server that hangs on such a hello is asked once more at most.
    fileprivate init(tolerance purpose: TLSExchange.Purpose, _ shape: HelloShape) {
        self.init(purpose, shape)
        triesForms = false
        mayHang = true
    }
}

extension HelloShape {
    fileprivate func padded(to size: Int) -> HelloShape {
        var shape = self
        shape.paddedTo = size
        return shape
    }
}
