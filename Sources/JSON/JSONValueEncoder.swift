extension JSONValue {
    /// The JSON of a value, members in the order in which its `encode(to:)` writes them.
    package init(encoding value: some Encodable) throws {
        if let json = value as? JSONValue {
            self = json
            return
        }
        let box = Box()
        try value.encode(to: JSONValueEncoder(box: box, codingPath: []))
        self = box.value
    }
}

extension JSONValue: Codable {
    /// Decodes from a JSON source only: an opaque value inside a typed one.
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? JSONValueDecoder else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a JSON value decodes from JSON alone"))
        }
        self = decoder.value
    }

    /// Encodes into a JSON target only.
    package func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? JSONValueEncoder else {
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: "a JSON value encodes to JSON alone"))
        }
        encoder.box.content = .value(self)
    }
}

/// A place for a value that is still being encoded.
private final class Box {
    enum Content {
        case value(JSONValue)
        case object([(name: String, box: Box)])
        case array([Box])
    }

    var content = Content.value(.object([]))
    /// The type of the keys of an object.
    var keyType: ObjectIdentifier?

    var value: JSONValue {
        switch content {
        case .value(let value): value
        // A dictionary has no order of its own: sorted, the same value gives the same bytes.
        case .object(let members) where keyType == Box.dictionaryKey:
            .object(members.sorted { $0.name < $1.name }.map { JSONValue.Member($0.name, $0.box.value) })
        case .object(let members): .object(members.map { JSONValue.Member($0.name, $0.box.value) })
        case .array(let boxes): .array(boxes.map(\.value))
        }
    }

    /// The type of the keys of every dictionary, whose name the standard library keeps to itself.
    private static let dictionaryKey: ObjectIdentifier? = {
        let box = Box()
        try? ["": 0].encode(to: JSONValueEncoder(box: box, codingPath: []))
        return box.keyType
    }()

    func member(_ name: String) -> Box {
        let box = Box()
        guard case .object(var members) = content else {
            content = .object([(name, box)])
            return box
        }
        content = .value(.null)  // so that the array below is not copied
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].box = box
        } else {
            members.append((name, box))
        }
        content = .object(members)
        return box
    }

    func element() -> Box {
        let box = Box()
        guard case .array(var boxes) = content else {
            content = .array([box])
            return box
        }
        content = .value(.null)
        boxes.append(box)
        content = .array(boxes)
        return box
    }

    var count: Int {
        guard case .array(let boxes) = content else { return 0 }
        return boxes.count
    }
}

private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}

private struct JSONValueEncoder: Encoder {
    let box: Box
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<K: CodingKey>(keyedBy type: K.Type) -> KeyedEncodingContainer<K> {
        if case .object = box.content {} else { box.content = .object([]) }
        box.keyType = ObjectIdentifier(K.self)
        return KeyedEncodingContainer(Keyed<K>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .array = box.content {} else { box.content = .array([]) }
        return Unkeyed(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    func write(_ value: some Encodable, to box: Box, key: any CodingKey) throws {
        try value.encode(to: JSONValueEncoder(box: box, codingPath: codingPath + [key]))
    }

    // Types are compared, because a cast to one of several is slower.
    func scalar<T: Encodable>(_ value: T) -> JSONValue? {
        if T.self == String.self { return (value as? String).map(JSONValue.string) }
        if T.self == Bool.self { return (value as? Bool).map(JSONValue.boolean) }
        if T.self == Double.self { return (value as? Double).map(JSONValue.init) }
        if T.self == Float.self { return (value as? Float).map { JSONValue(Double($0)) } }
        return IntegerCoding.of(T.self).map { $0.number(value).map(JSONValue.integer) ?? .null }
    }
}

private struct Keyed<K: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: K) { encoder.box.member(key.stringValue).content = .value(.null) }

    // What most members are, without asking for their type as `scalar` does.
    func encode(_ value: String, forKey key: K) { encoder.box.member(key.stringValue).content = .value(.string(value)) }

    func encode(_ value: Bool, forKey key: K) { encoder.box.member(key.stringValue).content = .value(.boolean(value)) }

    func encode(_ value: Int, forKey key: K) {
        encoder.box.member(key.stringValue).content = .value(.integer(Int64(value)))
    }

    func encode(_ value: some Encodable, forKey key: K) throws {
        let box = encoder.box.member(key.stringValue)
        if let scalar = encoder.scalar(value) {
            box.content = .value(scalar)
        } else {
            try encoder.write(value, to: box, key: key)
        }
    }

    func nestedContainer<N: CodingKey>(keyedBy type: N.Type, forKey key: K) -> KeyedEncodingContainer<N> {
        JSONValueEncoder(box: encoder.box.member(key.stringValue), codingPath: codingPath + [key])
            .container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: K) -> any UnkeyedEncodingContainer {
        JSONValueEncoder(box: encoder.box.member(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        JSONValueEncoder(box: encoder.box.member("super"), codingPath: codingPath)
    }

    func superEncoder(forKey key: K) -> any Encoder {
        JSONValueEncoder(box: encoder.box.member(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct Unkeyed: UnkeyedEncodingContainer {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.box.count }

    func encodeNil() { encoder.box.element().content = .value(.null) }

    func encode(_ value: some Encodable) throws {
        let key = Key(intValue: count)
        let box = encoder.box.element()
        if let scalar = encoder.scalar(value) {
            box.content = .value(scalar)
        } else {
            try encoder.write(value, to: box, key: key)
        }
    }

    func nestedContainer<N: CodingKey>(keyedBy type: N.Type) -> KeyedEncodingContainer<N> {
        JSONValueEncoder(box: encoder.box.element(), codingPath: codingPath).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONValueEncoder(box: encoder.box.element(), codingPath: codingPath).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { JSONValueEncoder(box: encoder.box.element(), codingPath: codingPath) }
}

private struct Single: SingleValueEncodingContainer {
    let encoder: JSONValueEncoder
    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil() { encoder.box.content = .value(.null) }

    func encode(_ value: some Encodable) throws {
        if let scalar = encoder.scalar(value) {
            encoder.box.content = .value(scalar)
        } else {
            try value.encode(to: encoder)
        }
    }
}

extension JSONValue {
    /// A number as it is read again: whole ones are integers; null for what JSON cannot say.
    fileprivate init(_ number: Double) {
        guard number.isFinite else {
            self = .null
            return
        }
        self = Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
    }
}
