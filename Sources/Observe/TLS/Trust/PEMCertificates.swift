/// The certificates of a PEM text (RFC 7468 §5), in DER; anything between them is comment.
///
/// Blocks that are not Base64 are left out. A system's store has 200 KB and is read in every run, so bytes are decoded as
/// they come.
func certificates(inPEM text: [UInt8]) -> [[UInt8]] {
    let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"].map { Array("-----BEGIN \($0)-----".utf8) }
    let dash = UInt8(ascii: "-")
    var certificates: [[UInt8]] = []
    var decoder = Base64Decoder()
    var isInside = false
    var position = 0
    while position < text.count {
        let end = text[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
        let line = text[position..<end]
        position = end + 1
        if line.first == dash {
            if isInside, let der = decoder.finish() { certificates.append(der) }
            decoder = Base64Decoder()
            isInside = labels.contains { line.starts(with: $0) }
        } else if isInside {
            decoder.append(line)
        }
    }
    return certificates
}

/// Base64 over several lines (RFC 4648 §4); blanks are skipped.
private struct Base64Decoder {
    private var decoded: [UInt8] = []
    private var word: UInt32 = 0
    private var digits = 0
    private var padding = 0
    private var isBroken = false
    /// The value of each digit; 255 for what is none.
    private let values = digitValues

    mutating func append(_ line: ArraySlice<UInt8>) {
        for byte in line where byte > 0x20 {
            let value = values[Int(byte)]
            guard value < 64, padding == 0 else {
                padding += 1
                if byte != UInt8(ascii: "=") { isBroken = true }
                continue
            }
            word = word << 6 | UInt32(value)
            digits += 1
            guard digits & 3 == 0 else { continue }
            decoded.append(UInt8(truncatingIfNeeded: word >> 16))
            decoded.append(UInt8(truncatingIfNeeded: word >> 8))
            decoded.append(UInt8(truncatingIfNeeded: word))
        }
    }

    /// nil when it was no Base64.
    mutating func finish() -> [UInt8]? {
        guard !isBroken, digits > 0, padding <= 2, (digits + padding) & 3 == 0 else { return nil }
        if padding > 0 { decoded.append(UInt8(truncatingIfNeeded: padding == 2 ? word >> 4 : word >> 10)) }
        if padding == 1 { decoded.append(UInt8(truncatingIfNeeded: word >> 2)) }
        return decoded
    }
}

private let digitValues: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, digit) in alphabet.utf8.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
}()
