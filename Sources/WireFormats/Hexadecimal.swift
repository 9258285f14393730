extension Collection<UInt8> {
    /// Two digits in lower case for each byte.
    package var hexadecimal: String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }
        var output: [UInt8] = []
        output.reserveCapacity(2 * count)
        for byte in self {
            output.append(digit(byte >> 4))
            output.append(digit(byte & 15))
        }
        return String(decoding: output, as: UTF8.self)
    }
}
