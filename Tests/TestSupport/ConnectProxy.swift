/// Proxies on loopback (RFC 9110 §9.3.6).
package enum ConnectProxy {
    /// The script of a proxy that connects its client to a port on loopback, whatever host it is asked for.
    package static func script(toPort port: Int) -> LoopbackServer.Script {
        { connection in
            guard let head = try await connection.readRequest(), head.hasPrefix("CONNECT ") else {
                return try await connection.respond("405 Method Not Allowed")
            }
            try await connection.write("HTTP/1.1 200 Connected\r\n\r\n")
            try await connection.relay(toPort: port)
        }
    }
}
