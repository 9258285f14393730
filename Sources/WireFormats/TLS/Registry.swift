extension Array {
    /// Where the row with a code stands in a registry's table, which is sorted by code, by halving.
    func position<Code: Comparable>(of code: Code, _ codeOf: (Element) -> Code) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if codeOf(self[middle]) < code { low = middle + 1 } else { high = middle }
        }
        return low < count && codeOf(self[low]) == code ? low : nil
    }

    /// The row with a code.
    func row<Code: Comparable>(of code: Code, _ codeOf: (Element) -> Code) -> Element? {
        position(of: code, codeOf).map { self[$0] }
    }
}

extension FixedWidthInteger {
    /// A code that has no name: `0x` and its digits in upper case, with zeros in front up to a count.
    func codeText(digits: Int) -> String {
        let text = String(self, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: Swift.max(0, digits - text.utf8.count)) + text
    }
}
