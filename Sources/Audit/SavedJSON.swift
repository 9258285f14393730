import AuditModel
import JSON

/// A JSON file that this program wrote earlier, read back with suspicion.
struct SavedJSON {
    /// As messages name it.
    let file: String
    let bytes: [UInt8]
    let value: JSONValue

    /// Throws a mistake with its place when it is no JSON of the schema.
    init(_ bytes: [UInt8], of file: String, schema: String) throws(AuditError) {
        do {
            value = try JSONValue.parse(bytes, limits: Recordings.limits)
        } catch {
            let place = SourceLocation(file: file, line: error.line, column: error.column)
            throw .malformed([Diagnostic("malformed-json", error.reason, at: place)])
        }
        (self.file, self.bytes) = (file, bytes)
        let found = value["schema"]?.string
        guard found != schema else { return }
        throw mistake(
            "wrong-schema",
            "the schema \(schema) was expected, found \(found.map { "\"\($0.prefix(60))\"" } ?? "none")",
            at: found == nil ? [] : [.name("schema")],
            suggestion: found.flatMap { nearestName(to: $0, among: [schema]) })
    }

    /// A mistake at the value that the way leads to.
    func mistake(_ code: String, _ message: String, at path: [JSONStep], suggestion: String? = nil) -> AuditError {
        let place = JSONValue.position(of: path, in: bytes, limits: Recordings.limits) ?? (1, 1)
        return .malformed([
            Diagnostic(
                code, message, at: SourceLocation(file: file, line: place.0, column: place.1), suggestion: suggestion)
        ])
    }

    static func read<Value: Decodable>(_ path: String, as type: Value.Type, schema: String) throws(AuditError) -> Value
    {
        let start = SourceLocation(file: path, line: 1, column: 1)
        var bytes: [UInt8] = []
        do throws(FileProblem) {
            bytes = try Files.read(path, limit: Recordings.limits.bytes)
        } catch {
            throw .malformed([Diagnostic("unreadable", "the file cannot be read: \(error.reason)", at: start)])
        }
        let saved = try SavedJSON(bytes, of: path, schema: schema)
        do {
            return try saved.value.decode(type)
        } catch let error as JSONError where error.code == .shape {
            throw saved.mistake("malformed-json", error.reason, at: error.path)
        } catch let error as JSONError {
            let place = SourceLocation(file: path, line: error.line, column: error.column)
            throw .malformed([Diagnostic("malformed-json", error.reason, at: place)])
        } catch {
            throw .malformed([Diagnostic("malformed-json", "\(error)", at: start)])
        }
    }
}
