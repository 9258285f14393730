/// The names by which links point into the page; they stay the same from run to run.
enum HTMLAnchor {
    static func item(_ id: String) -> String { "item-" + encoded(id) }

    static func section(_ section: ReportOutline.Section) -> String {
        "section-\(encoded(section.checklist))-\(encoded(section.id))"
    }

    static func observation(_ index: Int) -> String { "observation-\(index + 1)" }

    static func group(_ group: ReportOutline.Group) -> String { "\(group)" }

    /// The list of all items of a group.
    static func index(_ group: ReportOutline.Group) -> String { "index-\(group)" }

    /// The list of the items that a number counts: those of a mark, of one section or of all.
    static func index(_ mark: ItemMark, _ section: ReportOutline.Section? = nil) -> String {
        "index-\(mark.name)" + (section.map { "-" + HTMLAnchor.section($0) } ?? "")
    }

    /// The name with all but letters, digits, dots and hyphens as `_` and two hexadecimal digits for each byte.
    private static func encoded(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var output: [UInt8] = []
        for byte in name.utf8.prefix(400) {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"): output.append(byte)
            default: output += [UInt8(ascii: "_"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
