import AuditModel
import CLibYAML

/// Reads a text with libyaml, event by event: nothing is built, so that its reader decides what is too much.
struct YAMLEventReader: ~Copyable {
    private let file: String
    /// libyaml's parser points at itself, so it must not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter text: with characters that YAML allows alone.
    init(_ text: YAMLText, file: String) {
        self.file = file
        let bytes = text.text.utf8
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("no memory for a YAML parser") }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event; throws where the text breaks the grammar, and is not to be asked again then.
    func next() throws(Diagnostic) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw mistake }
        defer { yaml_event_delete(&event) }
        // The beginning of the file says nothing.
        if event.type == YAML_STREAM_START_EVENT { return try next() }
        return YAMLEvent(event)
    }

    private var mistake: Diagnostic {
        let parser = parser.pointee
        let place = YAMLPosition(parser.problem_mark)
        if parser.error == YAML_PARSER_ERROR, parser.tokens.head?.pointee.type == YAML_ALIAS_TOKEN {
            return Diagnostic(
                "syntax", "an alias stands alone, with no anchor, tag or text beside it",
                at: SourceLocation(place, in: file))
        }
        let context = parser.context.map { String(cString: $0) }
        return Diagnostic(
            parser.problem.map { String(cString: $0) } ?? "", context: context ?? "", at: place,
            opening: context == nil ? place : YAMLPosition(parser.context_mark), file: file)
    }
}

extension YAMLEvent {
    fileprivate init(_ event: yaml_event_t) {
        position = YAMLPosition(event.start_mark)
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: kind = .document
        case YAML_ALIAS_EVENT: kind = .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = String(decoding: bytes, as: UTF8.self)
            kind = .scalar(value, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            (anchor, tag) = (text(scalar.anchor), text(scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            kind = .list
            (anchor, tag) = (text(event.data.sequence_start.anchor), text(event.data.sequence_start.tag))
        case YAML_MAPPING_START_EVENT:
            kind = .mapping
            (anchor, tag) = (text(event.data.mapping_start.anchor), text(event.data.mapping_start.tag))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT, YAML_DOCUMENT_END_EVENT: kind = .end
        default: kind = .endOfFile
        }
    }
}

extension YAMLPosition {
    fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}

private func text(_ bytes: UnsafePointer<yaml_char_t>?) -> String? { bytes.map { String(cString: $0) } }
