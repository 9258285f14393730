/// The sources of one directive, and which of them count.
package struct SourceList: Equatable, Sendable {
    /// What the sources are for: `'strict-dynamic'` means something for scripts only.
    package enum Purpose: Sendable {
        case script, style, other
    }

    /// In the order written, each once.
    package let expressions: [SourceExpression]

    package init(_ values: [String]) { self.init(values.map(SourceExpression.init)) }

    package init(_ expressions: [SourceExpression]) {
        var seen: Set<SourceExpression> = []
        self.expressions = expressions.filter { seen.insert($0).inserted }
    }

    package func has(_ keyword: SourceExpression.Keyword) -> Bool { expressions.contains(.keyword(keyword)) }

    package var nonces: [String] {
        expressions.compactMap { if case .nonce(let nonce) = $0 { nonce } else { nil } }
    }

    package var hashes: [HashSource] {
        expressions.compactMap { if case .hash(let hash) = $0 { hash } else { nil } }
    }

    package var hasNonceOrHash: Bool { !nonces.isEmpty || !hashes.isEmpty }

    /// Whether inline code of any content runs (CSP Level 3 §6.7.3.2).
    package func allowsAllInline(_ purpose: Purpose) -> Bool {
        guard has(.unsafeInline), !hasNonceOrHash else { return false }
        return purpose != .script || !has(.strictDynamic)
    }

    /// What browsers ignore because of the other sources: nonces, hashes and `'strict-dynamic'` overrule.
    package func ignored(_ purpose: Purpose) -> [SourceExpression] {
        let isStrict = purpose == .script && has(.strictDynamic)
        return expressions.filter { expression in
            switch expression {
            case .keyword(.unsafeInline): purpose != .other && !allowsAllInline(purpose)
            case .keyword(.own), .scheme, .host: isStrict
            default: false
            }
        }
    }

    /// The sources that have an effect: neither ignored nor invalid, and no `'none'`.
    package func active(_ purpose: Purpose) -> SourceList {
        let ignored = Set(ignored(purpose))
        return SourceList(
            expressions.filter { expression in
                switch expression {
                case .keyword(.none), .invalid: false
                default: !ignored.contains(expression)
                }
            })
    }

    /// Whether it allows URLs of every host, of at least one scheme.
    package var allowsAnyHost: Bool {
        expressions.contains { expression in
            switch expression {
            case .scheme(let scheme): ["http", "https", "ws", "wss", "ftp"].contains(scheme)
            case .host(let host): host.isAnyHost && host.path.utf8.count <= 1
            default: false
            }
        }
    }

    /// Whether any URL at all may match.
    package var hasURLs: Bool {
        expressions.contains { expression in
            switch expression {
            case .scheme, .host, .keyword(.own): true
            default: false
            }
        }
    }

    /// As browsers read it, sorted; `'none'` when nothing is allowed.
    package var texts: [String] {
        let texts = expressions.filter { expression in
            switch expression {
            case .keyword(.none), .invalid: false
            default: true
            }
        }
        .map(\.text)
        return texts.isEmpty ? [SourceExpression.Keyword.none.rawValue] : Set(texts).sorted()
    }
}
