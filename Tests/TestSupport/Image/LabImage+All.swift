extension LabImage {
    /// Every image of the lab that lies on this machine.
    package static let all: [LabImage] =
        users + accounts + roots + layers + platforms + configurations + forms + builds
}
