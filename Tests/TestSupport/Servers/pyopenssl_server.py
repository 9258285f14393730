"""The OpenSSL that the cryptography wheel carries: pyopenssl_server.py PORT CHAIN.pem KEY.pem"""

import socket
import sys
import threading

from OpenSSL import SSL


def answer(context, client):
    client.settimeout(10)
    try:
        connection = SSL.Connection(context, client)
        client.setblocking(True)
        connection.set_accept_state()
        connection.do_handshake()
        connection.recv(4096)
        connection.send(b"HTTP/1.1 204 No Content\r\n\r\n")
        connection.shutdown()
    except (SSL.Error, OSError):
        pass  # Most hellos end here: the client only wanted to see the answer.
    finally:
        client.close()


def main():
    port, chain, key = sys.argv[1:4]
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.use_certificate_chain_file(chain)
    context.use_privatekey_file(key)
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(port)))
    listener.listen(256)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=answer, args=(context, client), daemon=True).start()


main()
