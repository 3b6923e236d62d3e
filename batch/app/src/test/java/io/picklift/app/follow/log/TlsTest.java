package io.picklift.app.follow.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log's connection trusts whom the URL says. */
final class TlsTest {
  private static final String PASSWORD = "secret1";

  @TempDir private Path folder = Path.of("");

  @Test
  void trustsTheStoreOfTheUrlAndNobodyElse() throws Exception {
    Path server = store("server");
    Path other = store("other");
    assertThat(
            connects(
                server,
                Map.of(
                    "sslMode",
                    "VERIFY_CA",
                    "trustCertificateKeyStoreUrl",
                    server.toUri().toString(),
                    "trustCertificateKeyStorePassword",
                    PASSWORD)))
        .isTrue();
    assertThat(
            connects(
                server,
                Map.of(
                    "sslMode",
                    "VERIFY_CA",
                    "trustCertificateKeyStoreUrl",
                    other.toUri().toString(),
                    "trustCertificateKeyStorePassword",
                    PASSWORD)))
        .isFalse();
    assertThat(connects(server, Map.of("sslMode", "VERIFY_CA"))).isFalse();
    assertThat(connects(server, Map.of("sslMode", "REQUIRED"))).isTrue();
    assertThat(connects(server, Map.of())).isTrue();
  }

  @Test
  void saysWhichStoreCannotBeRead() throws Exception {
    Path server = store("server");
    String missing = folder.resolve("missing.jks").toUri().toString();
    assertThatThrownBy(
            () ->
                connects(
                    server, Map.of("sslMode", "VERIFY_CA", "trustCertificateKeyStoreUrl", missing)))
        .hasMessageContaining("trustCertificateKeyStoreUrl, " + missing);
    assertThatThrownBy(
            () ->
                connects(
                    server,
                    Map.of(
                        "clientCertificateKeyStoreUrl",
                        server.toUri().toString(),
                        "clientCertificateKeyStorePassword",
                        "wrong")))
        .hasMessageContaining("clientCertificateKeyStoreUrl, " + server.toUri());
  }

  /** Whether a client with these properties accepts a server that has this store's key. */
  private static boolean connects(Path store, Map<String, String> properties) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      keys.load(bytes, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    context.init(factory.getKeyManagers(), null, null);
    try (SSLServerSocket listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered =
          CompletableFuture.runAsync(
              () -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                  accepted.startHandshake();
                } catch (java.io.IOException e) {
                  // The client says what it did not like.
                }
              });
      try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
          SSLSocket encrypted = new Tls(properties).encrypted(plain)) {
        encrypted.startHandshake();
        return true;
      } catch (SSLException e) {
        return false;
      } finally {
        answered.join();
      }
    }
  }

  /** A key and a certificate that it signed itself, as a server's own authority has. */
  private Path store(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(
        List.of("-genkeypair", "-keyalg", "RSA", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-ext", "BC=ca:true", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return file;
  }
}
