import Foundation

/// The accounts of most images of the lab, and a root that a runtime can start something in.
package enum LabAccounts {
    package static let passwd = """
        root:x:0:0:root:/root:/bin/sh
        daemon:x:1:1:daemon:/usr/sbin:/bin/sh
        app:x:1001:1001:app:/home/app:/bin/sh
        toor:x:0:0:another root:/root:/bin/sh

        """
    package static let group = """
        root:x:0:
        app:x:1001:
        staff:x:50:app

        """

    /// A layer with account files; nil leaves one out.
    package static func layer(passwd: String? = passwd, group: String? = group) -> [UInt8] {
        TarBuilder.archive { tar in
            tar.directory("etc/")
            if let passwd { tar.file("etc/passwd", passwd) }
            if let group { tar.file("etc/group", group) }
        }
    }

    /// A layer with a shell and `id`, and nothing else.
    package static func busyboxLayer() throws -> [UInt8] {
        TarBuilder.archive { [program = try busybox()] tar in tar.addBusybox(program) }
    }

    /// A root with a shell and accounts, from which images are built.
    static func busyboxRoot() throws -> [UInt8] {
        TarBuilder.archive { [program = try busybox()] tar in
            tar.addBusybox(program)
            for folder in ["etc/", "home/", "home/app/", "root/", "srv/", "tmp/"] { tar.directory(folder) }
            tar.file("etc/passwd", passwd)
            tar.file("etc/group", group)
        }
    }

    /// A shell and `id` as files of a folder.
    static func writeBusybox(to folder: String) throws {
        try write(["busybox": busybox()], to: folder)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/busybox")
        for name in ["sh", "id"] {
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: "busybox")
        }
    }

    private static func busybox() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: LabProgram.busybox.path())))
    }
}

extension TarBuilder {
    fileprivate mutating func addBusybox(_ program: [UInt8]) {
        directory("bin/")
        file("bin/busybox", program, mode: 0o755)
        for name in ["sh", "id", "cat", "chmod", "rm", "sed"] {
            symbolicLink("bin/\(name)", to: "busybox")
        }
    }
}
