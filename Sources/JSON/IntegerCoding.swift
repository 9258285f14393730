/// How the values of one integer type become a number of JSON and are read again.
///
/// A table, because asking whether a type conforms to `FixedWidthInteger` looks through all conformances of the
/// program, once for each type that is coded.
struct IntegerCoding: Sendable {
    /// The number of a value of the type; nil when 64 bits with a sign do not hold it.
    let number: @Sendable (Any) -> Int64?
    /// The value of a number; nil when the type does not hold it.
    let value: @Sendable (Int64) -> Any?

    /// The coding of a type; nil for a type that is no integer of up to 64 bits.
    static func of<T>(_ type: T.Type) -> IntegerCoding? { all[ObjectIdentifier(type)] }

    private static let all: [ObjectIdentifier: IntegerCoding] = Dictionary(
        uniqueKeysWithValues: [
            entry(Int.self), entry(Int64.self), entry(Int32.self), entry(Int16.self), entry(Int8.self),
            entry(UInt.self), entry(UInt64.self), entry(UInt32.self), entry(UInt16.self), entry(UInt8.self)
        ])

    private static func entry<I: FixedWidthInteger & SendableMetatype>(_ type: I.Type) -> (
        ObjectIdentifier, IntegerCoding
    ) {
        let coding = IntegerCoding(
            number: { ($0 as? I).flatMap { Int64(exactly: $0) } }, value: { I(exactly: $0) })
        return (ObjectIdentifier(type), coding)
    }
}
