extension JSONValue {
    /// Reads the value as `T`; throws a `JSONError` of code `shape` whose reason names the member that does not fit.
    package func decode<T: Decodable>(_ type: T.Type) throws -> T {
        do {
            return try JSONValueDecoder(value: self, codingPath: []).unwrap(type)
        } catch let error as DecodingError {
            throw JSONError(.shape, JSONValue.describe(error), line: 1, column: 1, path: JSONValue.path(of: error))
        }
    }

    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? context.debugDescription : "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: "the value does not fit"
        }
    }

    private static func path(of error: DecodingError) -> [JSONStep] {
        switch error {
        case .keyNotFound(_, let context), .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath.map { key in key.intValue.map(JSONStep.index) ?? .name(key.stringValue) }
        @unknown default: []
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { text, key in
            text += key.intValue.map { "[\($0)]" } ?? (text.isEmpty ? "" : ".") + key.stringValue
        }
    }
}

struct JSONValueDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<K: CodingKey>(keyedBy type: K.Type) throws -> KeyedDecodingContainer<K> {
        guard let members = value.members else { throw mismatch("an object was expected") }
        var index: [String: JSONValue] = [:]
        for member in members { index[member.name] = member.value }
        return KeyedDecodingContainer(Keyed<K>(index: index, names: members.map(\.name), codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let elements = value.array else { throw mismatch("an array was expected") }
        return Unkeyed(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    func mismatch(_ expected: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: codingPath, debugDescription: expected))
    }

    func unwrap<T: Decodable>(_ type: T.Type) throws -> T {
        if type == String.self {
            guard let text = value.string as? T else { throw mismatch("a string was expected") }
            return text
        }
        if type == Bool.self {
            guard case .boolean(let flag) = value, let result = flag as? T else {
                throw mismatch("true or false was expected")
            }
            return result
        }
        if type == Double.self {
            guard let number = value.double as? T else { throw mismatch("a number was expected") }
            return number
        }
        if let coding = IntegerCoding.of(type) {
            guard case .integer(let number) = value, let result = coding.value(number) as? T else {
                throw mismatch("an integer was expected")
            }
            return result
        }
        return try T(from: self)
    }
}

private struct Keyed<K: CodingKey>: KeyedDecodingContainerProtocol {
    let index: [String: JSONValue]
    let names: [String]
    let codingPath: [any CodingKey]
    var allKeys: [K] { names.compactMap(K.init(stringValue:)) }

    func contains(_ key: K) -> Bool { index[key.stringValue] != nil }

    func decodeNil(forKey key: K) throws -> Bool { try value(key) == .null }

    func decode<T: Decodable>(_ type: T.Type, forKey key: K) throws -> T {
        try decoder(key).unwrap(type)
    }

    func nestedContainer<N: CodingKey>(keyedBy type: N.Type, forKey key: K) throws -> KeyedDecodingContainer<N> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: K) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        JSONValueDecoder(value: index["super"] ?? .null, codingPath: codingPath)
    }

    func superDecoder(forKey key: K) throws -> any Decoder { try decoder(key) }

    private func decoder(_ key: K) throws -> JSONValueDecoder {
        JSONValueDecoder(value: try value(key), codingPath: codingPath + [key])
    }

    private func value(_ key: K) throws -> JSONValue {
        guard let value = index[key.stringValue] else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return value
    }
}

private struct Unkeyed: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let codingPath: [any CodingKey]
    var currentIndex = 0
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    struct Index: CodingKey {
        let intValue: Int?
        var stringValue: String { intValue.map(String.init) ?? "" }
        init(_ index: Int) { intValue = index }
        init?(stringValue: String) { nil }
        init?(intValue: Int) { self.intValue = intValue }
    }

    mutating func decodeNil() throws -> Bool {
        guard try next().value == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let value = try next().unwrap(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<N: CodingKey>(keyedBy type: N.Type) throws -> KeyedDecodingContainer<N> {
        let container = try next().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try next().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try next()
        currentIndex += 1
        return decoder
    }

    private func next() throws -> JSONValueDecoder {
        let path = codingPath + [Index(currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                JSONValue.self, .init(codingPath: path, debugDescription: "the array ends here"))
        }
        return JSONValueDecoder(value: elements[currentIndex], codingPath: path)
    }
}

private struct Single: SingleValueDecodingContainer {
    let decoder: JSONValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value == .null }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.unwrap(type) }
}
