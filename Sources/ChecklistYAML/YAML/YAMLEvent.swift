/// What the YAML parser says next of a file: the beginning or the end of a value, with the place where it begins.
struct YAMLEvent {
    enum Kind: Equatable {
        /// A document begins; at the end of the file there is none.
        case document
        case scalar(String, isPlain: Bool)
        case list
        case mapping
        /// The name behind the asterisk.
        case alias(String)
        /// The list, the mapping or the document that is open ends here.
        case end
        case endOfFile
    }

    var kind: Kind
    var position: YAMLPosition
    /// The name behind the ampersand.
    var anchor: String?
    /// As libyaml resolves it, such as `tag:yaml.org,2002:str` for `!!str`.
    var tag: String?
}
