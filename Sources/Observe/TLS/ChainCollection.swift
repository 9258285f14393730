import Facts
import WireFormats

/// The distinct chains that a server presented, and their distinct certificates.
struct ChainCollection {
    /// In DER, in the order in which they were first seen.
    private(set) var certificates: [[UInt8]] = []
    private(set) var chains: [PresentedChain] = []
    private var indices: [[UInt8]: Int] = [:]
    private var byteCount = 0

    /// What one endpoint may make us keep.
    private static let mostBytes = 4 << 20
    private static let mostChains = 32

    /// The index of the chain that a flight carried; nil when it carried none, or more than is kept.
    mutating func add(_ flight: ServerFlight) -> Int? {
        guard let certificates = flight.certificates,
            let version = flight.hello.flatMap({ ProtocolVersion(code: $0.version) })
        else { return nil }
        return add(certificates, in: version, staple: flight.staple, timestamps: flight.hello?.timestamps)
    }

    mutating func add(
        _ presented: [[UInt8]], in version: ProtocolVersion, staple: [UInt8]? = nil, timestamps: [UInt8]? = nil
    ) -> Int? {
        guard !presented.isEmpty, let list = index(presented) else { return nil }
        let known = chains.firstIndex { $0.certificates == list }
        guard let chain = known ?? addChain(list) else { return nil }
        if !chains[chain].versions.contains(version) { chains[chain].versions.append(version) }
        if chains[chain].staple == nil { chains[chain].staple = staple.map(Base64.encode) }
        if chains[chain].timestamps == nil { chains[chain].timestamps = timestamps.map(Base64.encode) }
        return chain
    }

    mutating func moveToFront(_ chain: Int) { chains.insert(chains.remove(at: chain), at: 0) }

    private mutating func addChain(_ list: [Int]) -> Int? {
        guard chains.count < Self.mostChains else { return nil }
        chains.append(PresentedChain(certificates: list, versions: []))
        return chains.count - 1
    }

    private mutating func index(_ presented: [[UInt8]]) -> [Int]? {
        let new = Set(presented.filter { indices[$0] == nil }).reduce(0) { $0 + $1.count }
        guard byteCount + new <= Self.mostBytes else { return nil }
        byteCount += new
        return presented.map { certificate in
            if let index = indices[certificate] { return index }
            indices[certificate] = certificates.count
            certificates.append(certificate)
            return certificates.count - 1
        }
    }
}
