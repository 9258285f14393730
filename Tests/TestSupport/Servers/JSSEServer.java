import java.io.FileInputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.Security;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Java's TLS with every version and suite that it knows: java JSSEServer.java PORT KEYSTORE.p12 */
class JSSEServer {
    public static void main(String[] arguments) throws Exception {
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        Security.setProperty("jdk.certpath.disabledAlgorithms", "");
        Security.setProperty("jdk.tls.legacyAlgorithms", "");
        char[] password = "lab".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (FileInputStream file = new FileInputStream(arguments[1])) {
            store.load(file, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
            .createServerSocket(Integer.parseInt(arguments[0]), 256, InetAddress.getByName("127.0.0.1"));
        server.setEnabledProtocols(server.getSupportedProtocols());
        server.setEnabledCipherSuites(server.getSupportedCipherSuites());
        while (true) {
            SSLSocket client = (SSLSocket) server.accept();
            Thread thread = new Thread(() -> answer(client));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void answer(SSLSocket client) {
        try (client) {
            client.setSoTimeout(10_000);
            client.startHandshake();
            client.getInputStream().read(new byte[4096]);
            client.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes());
        } catch (Exception ended) {
            // Most hellos end here: the client only wanted to see the answer.
        }
    }
}
