package io.picklift.app.follow.log;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the log's connection as the URL says for all others: by {@code sslMode}, and with the
 * stores of {@code trustCertificateKeyStoreUrl} and {@code clientCertificateKeyStoreUrl}, each with
 * its {@code ...Type} and {@code ...Password} (Connector/J's manual, "Security"). The library's own
 * sockets ask for TLS 1.0, which no server speaks any more.
 */
final class Tls {
  private final Map<String, String> properties;
  private final SSLMode mode;

  /**
   * @param properties of the URL
   */
  Tls(Map<String, String> properties) {
    this.properties = properties;
    String given = properties.get("sslMode");
    mode = given == null ? SSLMode.PREFERRED : SSLMode.valueOf(given.toUpperCase(Locale.ROOT));
  }

  void set(BinaryLogClient client) {
    client.setSSLMode(mode);
    client.setSslSocketFactory(
        socket -> {
          try {
            return encrypted(socket);
          } catch (GeneralSecurityException | IOException e) {
            SocketException failed = new SocketException(e.getMessage());
            failed.initCause(e);
            throw failed;
          }
        });
  }

  SSLSocket encrypted(Socket socket) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = keys();
    context.init(keys == null ? null : keys.getKeyManagers(), trusted(), null);
    return (SSLSocket)
        context
            .getSocketFactory()
            .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
  }

  /** Whom to trust; null for Java's own list of authorities. */
  private TrustManager @Nullable [] trusted() throws GeneralSecurityException, IOException {
    if (mode != SSLMode.VERIFY_CA && mode != SSLMode.VERIFY_IDENTITY) {
      return new TrustManager[] {new Anyone()};
    }
    KeyStore store = store("trustCertificateKeyStore");
    if (store == null) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** By what the client says who it is; null where the URL names nothing. */
  private @Nullable KeyManagerFactory keys() throws GeneralSecurityException, IOException {
    KeyStore store = store("clientCertificateKeyStore");
    if (store == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password("clientCertificateKeyStore"));
    return factory;
  }

  private @Nullable KeyStore store(String name) throws GeneralSecurityException, IOException {
    String url = properties.get(name + "Url");
    if (url == null || url.isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance(properties.getOrDefault(name + "Type", "JKS"));
    try (InputStream bytes = URI.create(url).toURL().openStream()) {
      store.load(bytes, password(name));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(name + "Url, " + url + ": " + e.getMessage(), e);
    }
    return store;
  }

  private char @Nullable [] password(String name) {
    String password = properties.get(name + "Password");
    return password == null ? null : password.toCharArray();
  }

  /** As the driver does where the URL asks for encryption alone. */
  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
