import WireFormats

typealias HealthStatus = HealthBody.Status

/// The names of `HealthBody.Format`, and one for a body that follows none.
enum HealthFormat: RawRepresentable, CaseIterable {
    case recognised(HealthBody.Format)
    case unrecognised

    static let source =
        "draft-inadarei-api-health-check-06; Spring Boot Actuator; MicroProfile Health; ASP.NET Core; "
        + "NestJS Terminus; Kubernetes"

    static var allCases: [HealthFormat] { HealthBody.Format.allCases.map(HealthFormat.recognised) + [.unrecognised] }

    init(_ format: HealthBody.Format?) { self = format.map(HealthFormat.recognised) ?? .unrecognised }

    init?(rawValue: String) {
        guard let match = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = match
    }

    var rawValue: String {
        switch self {
        case .recognised(let format): format.rawValue
        case .unrecognised: "unrecognised"
        }
    }
}
