import AuditModel
import WireFormats

extension ImageFile {
    /// What the merged root has at a path, as a capture keeps it.
    ///
    /// - Parameters:
    ///   - file: nil when it was not decided.
    ///   - failures: why layers could not be read, by their index.
    ///   - isAccountFile: whether its second fields may hold password hashes, which are left out.
    package init(_ file: RootFile?, failures: [Int: ProbeFailure], isAccountFile: Bool) {
        switch file {
        case .file(let bytes, true, let layer):
            let text = isAccountFile ? AccountFile.withoutPasswords(bytes) : String(decoding: bytes, as: UTF8.self)
            self.init(layer: layer, text: text)
        case .file(let bytes, false, let layer):
            self.init(layer: layer, failure: ProbeFailure(.tooLarge, "the file is longer than \(bytes.count) bytes"))
        case .directory(let layer), .missing(.some(let layer)): self.init(layer: layer)
        case .missing(nil): self.init()
        case .special(let layer):
            self.init(layer: layer, failure: ProbeFailure(.unsupported, "it is a device, a pipe or a sparse file"))
        case .loop: self.init(failure: ProbeFailure(.tooManyRedirects, "links lead in a circle"))
        case .unreadable(let layer):
            let failure = failures[layer] ?? ProbeFailure(.malformed, "layer \(layer) could not be read")
            self.init(layer: layer, failure: failure)
        case .tangled, nil:
            self.init(failure: ProbeFailure(.tooLarge, "links lead through the layers in too many turns"))
        }
    }

    /// As a runtime sees it that looks for an account: what it cannot open is not there, and links in a circle it cannot.
    var accountSource: AccountSource {
        if let text { return .text(text, layer: layer) }
        guard let failure, failure.code != .tooManyRedirects else { return .missing }
        return .unreadable(failure.reason)
    }
}
