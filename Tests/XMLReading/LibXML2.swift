import CLibXML2

/// The one-time preparation of libxml2, shared by everything in this module.
enum LibXML2 {
    /// Reading it prepares libxml2 for all threads; Swift runs the initialiser once.
    ///
    /// The loader refuses everything, so that no entity, no document type, no `xs:import` and no `xsi:schemaLocation`
    /// can make libxml2 open a file or a connection, whatever the parser's options are.
    static let isReady: Bool = {
        xmlInitParser()
        xmlSetExternalEntityLoader { _, _, _ in nil }
        return true
    }()

    /// Without network, without warnings on standard error; never NOENT, DTDLOAD or HUGE.
    static let parserOptions = Int32(
        XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
}
