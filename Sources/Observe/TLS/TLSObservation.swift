import AuditModel
import Facts
import NIOCore
import WireFormats

extension TLSConversation {
    /// Asks everything that the questions need; throws when no TLS stack answers at all.
    private func observe() async throws(ProbeFailure) {
        try await makeContact()
        extendTime()
        await surveyVersions()
        if bestVersion == nil, !isCancelled { await surveyRest() }
        await askQuestions()
        if !isCancelled { await askRefusalsAgain() }
        if isCancelled { throw .cancelled }
    }

    // MARK: Contact

    /// The first hello decides whether there is anybody to talk to; one that TLS 1.2 is lost on is asked otherwise too.
    private func makeContact() async throws(ProbeFailure) {
        let first = await hearFirst(.tls12, as: .plain)
        findings[.tls12] = first
        defer { for found in findings.values { record(found.first, to: found.request) } }
        if first.first.isTLS { return }
        if isCancelled { throw .cancelled }
        let failure = first.first.contactFailure(at: endpoint.route.place)
        switch first.first.answer.kind {
        case .closed, .reset, .timeout: break
        default: throw failure
        }
        guard first.first.failure?.isOwnFault != true, await makeContactOtherwise() else {
            throw isCancelled ? .cancelled : failure
        }
    }

    /// Other versions and other lengths, side by side.
    private func makeContactOtherwise() async -> Bool {
        let lost = findings[.tls12]?.first
        let answered = await withTaskGroup(of: (VersionFindings, HelloForm).self) { group in
            for form in [HelloForm.padded, .short] where lost?.answer.kind == .timeout {
                group.addImmediateTask { (await self.hearFirst(.tls12, tries: 2, as: form), form) }
            }
            for version in [ProtocolVersion.tls13, .tls10] {
                group.addImmediateTask { (await self.hearFirst(version, tries: 2, as: .plain), .plain) }
            }
            var answered: [(found: VersionFindings, form: HelloForm)] = []
            for await (found, form) in group where found.first.isTLS { answered.append((found, form)) }
            return answered
        }
        // Padded hellos offer more than short ones.
        for (found, form) in answered.sorted(by: { $0.form == .short && $1.form != .short }) {
            findings[found.shape.version] = found
            guard found.shape.version == .tls12 else { continue }
            self.form = form
            findings[.tls12]?.first.attempts += lost?.attempts ?? 0
        }
        return !answered.isEmpty
    }

    // MARK: Versions

    private var surveyed: [ProtocolVersion] {
        if !questions.isDisjoint(with: [.versions, .suites, .fallback]) {
            return [.tls13, .tls12, .tls11, .tls10, .ssl3]
        }
        return questions.isDisjoint(with: [.groups, .tolerance]) ? [.tls12] : [.tls13, .tls12]
    }

    private func surveyVersions() async {
        let asksVersions = questions.contains(.versions)
        // Without TLS 1.2, most servers show their chain to a whole handshake alone.
        let asksHandshake = questions.contains(.handshake) || wantsChain && findings[.tls12]?.firstPick == nil
        // Alone, right after the first: back ends that take turns are then two different ones.
        if asksVersions, let contact = findings[.tls12], contact.isAnswered { await askAgain(contact) }
        await withTaskGroup(of: Void.self) { group in
            for version in surveyed { group.addImmediateTask { await self.survey(version) } }
            if asksVersions { group.addImmediateTask { await self.askSSL2() } }
            if asksHandshake { group.addImmediateTask { await self.askHandshake() } }
        }
    }

    /// Without TLS 1.2, questions are asked in what else there is.
    private func surveyRest() async {
        for version in [ProtocolVersion.tls13, .tls11, .tls10, .ssl3] where findings[version] == nil {
            await survey(version)
            if bestVersion != nil { return }
        }
    }

    private func best(_ isIncluded: (ProtocolVersion) -> Bool) -> VersionFindings? {
        findings.values.filter { !$0.accepted.isEmpty && isIncluded($0.shape.version) }
            .max { $0.shape.version < $1.shape.version }
    }

    private var bestVersion: VersionFindings? { best { _ in true } }

    /// The highest version whose flights are in clear.
    private var clearVersion: VersionFindings? { best { $0 < .tls13 } }

    // MARK: Questions

    private func askQuestions() async {
        guard let best = bestVersion, !isCancelled else { return }
        let clear = clearVersion
        if needsHandshake, record.handshakes.isEmpty { await askHandshake() }
        await withTaskGroup(of: Void.self) { group in
            addSuiteQuestions(to: &group, best, clear)
            if questions.contains(.certificates) {
                group.addImmediateTask { await self.askCertificatesByHandshake() }
            }
            if let clear {
                addQuestions(to: &group, inClear: clear)
            } else if best.shape.version == .tls13 {
                if questions.contains(.alpn) { group.addImmediateTask { await self.askProtocolsByHandshake(best) } }
                if questions.contains(.serverName) { group.addImmediateTask { await self.askServerNames(best) } }
            }
        }
    }

    private var wantsChain: Bool { !questions.isDisjoint(with: [.certificate, .certificates, .trust]) }

    /// Whether only a whole handshake shows what was asked for.
    private var needsHandshake: Bool {
        !questions.isDisjoint(with: [.handshake, .certificates])
            || clearVersion == nil && (wantsChain || questions.contains(.alpn))
    }

    private func addSuiteQuestions(
        to group: inout TaskGroup<Void>, _ best: VersionFindings, _ clear: VersionFindings?
    ) {
        if questions.contains(.versions), findings[.tls12]?.isAnswered != true {
            group.addImmediateTask { await self.askAgain(best) }
        }
        if questions.contains(.groups) {
            group.addImmediateTask { await self.askGroupsTLS13() }
            group.addImmediateTask { await self.askCurvesTLS12() }
            group.addImmediateTask { await self.askFiniteFieldsTLS12() }
        }
        if questions.contains(.tolerance) {
            group.addImmediateTask { await self.askTolerance(clear ?? best) }
            if let clear { group.addImmediateTask { await self.askSSL2Format(clear) } }
        }
        let versions = findings.values.filter { !$0.accepted.isEmpty }.sorted { $0.shape.version > $1.shape.version }
        if questions.contains(.fallback), versions.count > 1 {
            group.addImmediateTask { await self.askFallback(versions[1]) }
        }
    }

    private func addQuestions(to group: inout TaskGroup<Void>, inClear found: VersionFindings) {
        if questions.contains(.certificates) { group.addImmediateTask { await self.askCertificates(found) } }
        if questions.contains(.alpn) { group.addImmediateTask { await self.askProtocols(found) } }
        if questions.contains(.compression) { group.addImmediateTask { await self.askCompression(found) } }
        if questions.contains(.serverName) { group.addImmediateTask { await self.askServerNames(found) } }
        if questions.contains(.extensions), !questions.contains(.suites) {
            group.addImmediateTask { await self.askCBC(found) }
        }
    }
}

extension VersionFindings {
    /// Whether the first hello met its version, or a server that does not speak it and says so.
    fileprivate var isAnswered: Bool { firstPick != nil || first.answer.alert == protocolVersionAlert }
}

extension HeardAnswer {
    /// Why the probe ends when nothing but this was heard.
    fileprivate func contactFailure(at place: String) -> ProbeFailure {
        if let failure { return failure }
        switch answer.kind {
        case .notTLS:
            return ProbeFailure(.notTLS, "\(place) does not speak TLS (it begins with \(answer.firstBytes ?? ""))")
        case .malformed: return ProbeFailure(.malformed, "\(place) breaks the grammar of TLS (\(answer.reason ?? ""))")
        default: return ProbeFailure(.closedEarly, "\(place) closed the connection without an answer to a TLS hello")
        }
    }
}

// MARK: Capture

extension TLSConversation {
    /// The capture without trust, and its certificates in DER.
    func result() async -> Result<(capture: TLSCapture, certificates: [[UInt8]]), ProbeFailure> {
        do throws(ProbeFailure) {
            try await observe()
        } catch {
            return .failure(error)
        }
        let record = record.settled(onDefault: defaultChain)
        let capture = TLSCapture(
            host: endpoint.host, port: endpoint.port, address: connectedAddress, serverName: endpoint.serverName,
            questions: TLSQuestion.allCases.filter(questions.contains), exchanges: record.orderedExchanges,
            handshakes: record.handshakes, certificates: record.chains.certificates.map(Base64.encode),
            chains: record.chains.chains, connections: record.connections, retries: record.retries)
        return .success((capture, record.chains.certificates))
    }

    /// That of the first hello of TLS 1.2, whichever version it was answered in; else that of a real handshake.
    private var defaultChain: Int? {
        findings[.tls12]?.first.answer.chain ?? record.handshakes.first?.chain ?? clearVersion?.first.answer.chain
    }
}
