package io.picklift.app.follow.log;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the log's connection as the URL's {@code sslMode} says for all others. The library's own
 * sockets ask for TLS 1.0, which no server speaks any more.
 */
final class Tls {
  private Tls() {}

  /**
   * @param mode of the URL; null for the driver's default
   */
  static void set(BinaryLogClient client, @Nullable String mode) {
    SSLMode wanted =
        mode == null ? SSLMode.PREFERRED : SSLMode.valueOf(mode.toUpperCase(Locale.ROOT));
    client.setSSLMode(wanted);
    boolean isVerified = wanted == SSLMode.VERIFY_CA || wanted == SSLMode.VERIFY_IDENTITY;
    client.setSslSocketFactory(
        socket -> {
          try {
            return encrypted(socket, isVerified);
          } catch (GeneralSecurityException | IOException e) {
            SocketException failed = new SocketException(e.getMessage());
            failed.initCause(e);
            throw failed;
          }
        });
  }

  private static SSLSocket encrypted(Socket socket, boolean isVerified)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, isVerified ? null : new TrustManager[] {new Anyone()}, null);
    return (SSLSocket)
        context
            .getSocketFactory()
            .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
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
