import Facts
import FoundationEssentials
import WireFormats

/// Certificates that are trusted without further reason, found by their subject.
///
/// Only subjects are read when a store is opened: a run looks at one or two of a system's 140 roots.
package struct AnchorStore: Sendable {
    package let kind: TrustAssessment.Store
    private let bySubject: [ArraySlice<UInt8>: [[UInt8]]]

    /// A person's anchors: roots, intermediates or the server's own certificate.
    package init(pem: [UInt8], kind: TrustAssessment.Store = .file) {
        self.kind = kind
        bySubject = Dictionary(grouping: certificates(inPEM: pem)) { X509Certificate.subject(of: $0) ?? [] }
    }

    package var isEmpty: Bool { bySubject.isEmpty }

    /// Anchors with this name, in the store's order.
    func anchors(named subject: [UInt8]) -> [[UInt8]] { bySubject[subject[...]] ?? [] }

    func contains(_ certificate: X509Certificate) -> Bool {
        anchors(named: certificate.subject.der).contains(certificate.der)
    }
}

extension AnchorStore {
    /// The system's store, read once per process; nil when there is none.
    package static let system: AnchorStore? = {
        guard let path = SystemAnchors.found.bundle, let text = try? Data(contentsOf: URL(filePath: path)) else {
            return nil
        }
        let store = AnchorStore(pem: Array(text), kind: .system)
        return store.isEmpty ? nil : store
    }()
}

extension AnchorStore {
    /// The system's store unless it is not wanted, then the anchors that a person gave; without those that are empty.
    package static func stores(system isWanted: Bool = true, extra pem: String?) -> [AnchorStore] {
        let given = pem.map { AnchorStore(pem: [UInt8]($0.utf8)) }
        return [isWanted ? system : nil, given].compactMap { $0 }.filter { !$0.isEmpty }
    }
}
