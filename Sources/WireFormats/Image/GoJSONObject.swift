import JSON

/// Why a document of an image is none that a runtime could use.
package struct ImageDocumentError: Error, Equatable, Sendable {
    package enum Code: String, Sendable, CaseIterable {
        case malformed
        /// A form that is known and not read: schema 1.
        case unsupported
        case tooLarge = "too-large"
    }

    package let code: Code
    /// One sentence fragment in lower case.
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// An object of JSON as Go's `encoding/json` decodes it into a struct, since that is what runtimes do.
///
/// Names are compared without case, so `user` sets `User`: two that differ by case alone are refused, for runtimes would
/// take the last and people see the first. `null` is like a member that is not there.
struct GoJSONObject: Sendable {
    /// Where it stands, for sentences.
    let place: String
    private let members: [String: JSONValue]

    init(_ value: JSONValue, at place: String) throws(ImageDocumentError) {
        guard let all = value.members else { throw .init(.malformed, "\(place) is no object") }
        var members: [String: JSONValue] = [:]
        for member in all where members.updateValue(member.value, forKey: Self.folded(member.name)) != nil {
            throw .init(.malformed, "\(place) has a name twice, in upper and lower case")
        }
        self.place = place
        self.members = members
    }

    private init() { (place, members) = ("", [:]) }

    static let empty = GoJSONObject()

    /// Parses a whole document.
    init(_ bytes: [UInt8], limit: Int, at place: String) throws(ImageDocumentError) {
        try self.init(try Self.parse(bytes, limit: limit, at: place), at: place)
    }

    static func parse(_ bytes: [UInt8], limit: Int, at place: String) throws(ImageDocumentError) -> JSONValue {
        // Go takes a byte order mark for the wrong first character.
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            throw .init(.malformed, "\(place) begins with a byte order mark")
        }
        do throws(JSONError) {
            return try JSONValue.parse(bytes, limits: JSONLimits(bytes: limit))
        } catch {
            let code: ImageDocumentError.Code = error.code == .tooLarge ? .tooLarge : .malformed
            throw ImageDocumentError(code, "\(place) is no JSON, line \(error.line): \(error.reason)")
        }
    }

    /// nil when there is no such member, or `null`.
    func value(_ name: String) -> JSONValue? {
        let value = members[Self.folded(name)]
        return value == .null ? nil : value
    }

    func has(_ name: String) -> Bool { value(name) != nil }

    func string(_ name: String) throws(ImageDocumentError) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw wrong(name, "a string") }
        return text
    }

    func integer(_ name: String) throws(ImageDocumentError) -> Int64? {
        guard let value = value(name) else { return nil }
        guard case .integer(let integer) = value else { throw wrong(name, "an integer") }
        return integer
    }

    func boolean(_ name: String) throws(ImageDocumentError) -> Bool? {
        guard let value = value(name) else { return nil }
        guard case .boolean(let flag) = value else { throw wrong(name, "true or false") }
        return flag
    }

    func object(_ name: String) throws(ImageDocumentError) -> GoJSONObject? {
        guard let value = value(name) else { return nil }
        return try GoJSONObject(value, at: "\(place).\(name)")
    }

    /// The elements; an error when there are more than the bound.
    func array(_ name: String, atMost most: Int) throws(ImageDocumentError) -> [JSONValue]? {
        guard let value = value(name) else { return nil }
        guard let elements = value.array else { throw wrong(name, "an array") }
        guard elements.count <= most else { throw .init(.tooLarge, "\(place).\(name) has more than \(most) elements") }
        return elements
    }

    /// An array of strings, or one string alone, as Docker's `strslice` reads commands.
    func strings(_ name: String, atMost most: Int, allowingOne: Bool = false) throws(ImageDocumentError) -> [String]? {
        if allowingOne, let one = value(name)?.string { return [one] }
        guard let elements = try array(name, atMost: most) else { return nil }
        var strings: [String] = []
        for element in elements {
            guard let text = element == .null ? "" : element.string else { throw wrong(name, "an array of strings") }
            strings.append(text)
        }
        return strings
    }

    /// The members of an object as a target names them, in their order.
    func entries(_ name: String, atMost most: Int) throws(ImageDocumentError) -> [JSONValue.Member]? {
        guard let value = value(name) else { return nil }
        guard let members = value.members else { throw wrong(name, "an object") }
        guard members.count <= most else { throw .init(.tooLarge, "\(place).\(name) has more than \(most) members") }
        return members
    }

    /// An object whose values are strings.
    func texts(_ name: String, atMost most: Int) throws(ImageDocumentError) -> [String: String] {
        var texts: [String: String] = [:]
        for member in try entries(name, atMost: most) ?? [] {
            guard let text = member.value == .null ? "" : member.value.string else {
                throw wrong(name, "an object of strings")
            }
            texts[member.name] = text
        }
        return texts
    }

    private func wrong(_ name: String, _ expected: String) -> ImageDocumentError {
        ImageDocumentError(.malformed, "\(place).\(name) is not \(expected)")
    }

    /// Equal for names that Go takes for one: the Kelvin sign is a k, the long s an s.
    private static func folded(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\u{212A}": text.unicodeScalars.append("k")
            case "\u{17F}": text.unicodeScalars.append("s")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text.asciiLowercased
    }
}
