import AuditModel

/// A sentence whose untrusted parts are marked, so that each format can make them harmless in its own way.
///
/// Interpolated text counts as untrusted: `"waived by \(name)"` quotes the name. What the program itself words
/// goes in as `\(words: …)`, a number, an instant, or another sentence.
struct Sentence: Sendable, Equatable, ExpressibleByStringInterpolation {
    enum Part: Sendable, Equatable {
        case words(String)
        case quoted(String)
    }

    var parts: [Part]

    init(stringLiteral words: String) { parts = [.words(words)] }

    init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// The sentence as text of which nothing has been made harmless.
    var plain: String {
        parts.reduce(into: "") { text, part in
            switch part {
            case .words(let words), .quoted(let words): text += words
            }
        }
    }

    static func + (left: Sentence, right: Sentence) -> Sentence {
        var sentence = left
        sentence.parts += right.parts
        return sentence
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(2 * interpolationCount + 1) }

        mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.words(literal)) }
        }

        mutating func appendInterpolation(_ untrusted: String) { parts.append(.quoted(untrusted)) }

        mutating func appendInterpolation(words: String) { parts.append(.words(words)) }

        mutating func appendInterpolation(_ number: Int) { parts.append(.words(String(number))) }

        mutating func appendInterpolation(_ instant: Instant) { parts.append(.words(instant.forPeople)) }

        mutating func appendInterpolation(_ sentence: Sentence) { parts += sentence.parts }
    }
}

extension [Sentence] {
    /// The sentences in one, with the words between them.
    func joined(_ words: String) -> Sentence {
        var sentence: Sentence = ""
        for (index, part) in enumerated() {
            if index > 0 { sentence.parts.append(.words(words)) }
            sentence.parts += part.parts
        }
        return sentence
    }
}
