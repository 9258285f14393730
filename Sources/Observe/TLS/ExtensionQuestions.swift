import Facts
import WireFormats

extension TLSConversation {
    /// Each protocol without the others, as far as the first hello has not answered for it, and one that nobody knows.
    func askProtocols(_ found: VersionFindings) async {
        let chosen = found.first.answer.alpn
        var rest = ["h2", "http/1.1"]
        if found.firstPick != nil, !found.shape.protocols.isEmpty {
            // Without an answer there, it takes none of those that were offered.
            let answered = rest.filter { chosen == nil || chosen == $0 }
            for name in answered { record(found.first, to: HelloRequest(.alpn, found.shape, detail: name)) }
            rest.removeAll(where: answered.contains)
        }
        var shape = found.shape.plain
        shape.suites = known(found)
        let unknown = "x-unknown"
        // A server that takes none of these turns all of them away at once.
        shape.protocols = rest + [unknown]
        let heard = await hear(HelloRequest(.alpn, shape))
        if heard.answer.alpn == nil {
            for name in shape.protocols { record(heard, to: HelloRequest(.alpn, shape, detail: name)) }
            return
        }
        await withTaskGroup(of: Void.self) { group in
            for name in shape.protocols {
                let request = HelloRequest(.alpn, shape.offering(protocol: name), detail: name)
                if heard.answer.alpn == name {
                    record(heard, to: request)
                } else {
                    group.addImmediateTask { await self.ask(request) }
                }
            }
        }
    }

    /// DEFLATE beside no compression (RFC 3749), unless the question for the order has answered it already.
    func askCompression(_ found: VersionFindings) async {
        guard !record.hasExchange(.compression, found.shape.version) else { return }
        var shape = found.shape.plain
        shape.suites = known(found)
        shape.compressionMethods = [1, 0]
        await ask(HelloRequest(.compression, shape))
    }

    /// The second-best version with TLS_FALLBACK_SCSV, which a server that has a better one must turn away (RFC 7507).
    func askFallback(_ found: VersionFindings) async {
        var shape = found.shape.plain
        shape.suites = known(found)
        shape.signals.append(CipherSuite.fallbackSignal)
        await ask(HelloRequest(.fallback, shape))
    }

    /// No name, and one that no server has (RFC 6761 §6.4); an address has no name to leave out.
    func askServerNames(_ found: VersionFindings) async {
        guard endpoint.serverName != nil else { return }
        var shape = found.shape
        // A hello that is cut to its first suites must keep those that are accepted.
        shape.suites = found.accepted + shape.suites.filter { !found.accepted.contains($0) }
        shape.serverName = nil
        let without = HelloRequest(.withoutServerName, shape, reading: .flight)
        shape.serverName = "gonogo-probe.invalid"
        let unknown = HelloRequest(.unknownServerName, shape, reading: .flight)
        async let first = ask(without)
        async let second = ask(unknown)
        _ = await (first, second)
    }
}

extension HelloShape {
    fileprivate func offering(protocol name: String) -> HelloShape {
        var shape = self
        shape.protocols = [name]
        return shape
    }
}
