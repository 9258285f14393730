import Facts
import WireFormats

extension TLSConversation {
    /// Two accepted suites in the order opposite to the server's first pick: picked again, the server decides.
    ///
    /// ChaCha20 is left out if possible: servers prefer it for clients that do.
    func askOrder(_ found: VersionFindings) async {
        guard let first = found.accepted.first, found.accepted.count > 1 else { return }
        // What another hello offered has not lost to the first pick yet: the server may prefer it.
        let losers = found.accepted.dropFirst().filter { found.firstPick == nil || found.first.suites.contains($0) }
        let others = losers.isEmpty ? Array(found.accepted.dropFirst()) : losers
        let other = others.last { !HelloLists.traits($0).isChaCha } ?? others.last
        guard let other else { return }
        var shape = found.shape.plain
        shape.suites = [other, first]
        await askOrder(shape)
        guard losers.isEmpty else { return }
        shape.suites = [first, other]
        await ask(HelloRequest(.order, shape))
    }

    private func askOrder(_ shape: HelloShape) async {
        if shape.version == .tls12, questions.contains(.compression) {
            // The choice of a compression method is another: one hello answers for both.
            var compressing = shape
            compressing.compressionMethods = [1, 0]
            let heard = await hear(HelloRequest(.compression, compressing))
            if heard.verdict == .accepted {
                record(heard, to: HelloRequest(.order, compressing))
                return record(heard, to: HelloRequest(.compression, compressing))
            }
        }
        await ask(HelloRequest(.order, shape))
    }

    /// The first hello of a version once more: back ends that differ show here.
    func askAgain(_ found: VersionFindings) async {
        await ask(HelloRequest(.again, found.shape, reading: .flight))
    }

    /// Suites in CBC mode alone, to see encrypt_then_mac (RFC 7366); an elimination of suites shows it by itself.
    func askCBC(_ found: VersionFindings) async {
        var shape = found.shape.plain
        shape.suites = HelloLists.suites(shape.version).filter { HelloLists.traits($0).isCBC }
        await ask(HelloRequest(.cbc, shape))
    }

    /// SSLv2's own hello (draft-hickman-netscape-ssl-00).
    func askSSL2() async {
        await ask(HelloRequest(.suites, SSL2ClientHello(challenge: randomBytes(16)), offering: .ssl2))
    }

    /// A hello of TLS in SSLv2's framing (RFC 5246 §E.2).
    func askSSL2Format(_ found: VersionFindings) async {
        let hello = SSL2ClientHello(
            version: found.shape.version, suites: known(found) + [CipherSuite.renegotiationSignal],
            challenge: randomBytes(32))
        await ask(HelloRequest(.ssl2Format, hello, offering: found.shape.version))
    }

    /// What a hello offers that is about something else: what the server accepts, or the usual suites.
    func known(_ found: VersionFindings) -> [UInt16] {
        questions.contains(.suites) ? found.accepted : Array(found.shape.suites.prefix(64))
    }
}

extension HelloShape {
    /// Without what only a first hello asks for.
    var plain: HelloShape {
        var shape = self
        shape.protocols = []
        shape.extras = []
        return shape
    }
}
