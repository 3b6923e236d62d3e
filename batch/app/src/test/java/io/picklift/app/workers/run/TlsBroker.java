package io.picklift.app.workers.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/**
 * A broker as a user may have one: Artemis with TLS, by a key made for the test, and an account.
 */
final class TlsBroker implements AutoCloseable {
  static final String STORE_PASSWORD = "of-the-store";
  private static final String ALIAS = "broker";
  private static final String ROLE = "workers";

  private final EmbeddedActiveMQ broker;
  private final int port;
  private final Path trustStore;

  private TlsBroker(EmbeddedActiveMQ broker, int port, Path trustStore) {
    this.broker = broker;
    this.port = port;
    this.trustStore = trustStore;
  }

  static TlsBroker start(Path folder, String password) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Path trust = folder.resolve("trust.p12");
    makeKeys(keys, trust);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Configuration configuration = new ConfigurationImpl();
    configuration.setPersistenceEnabled(false);
    configuration.setJMXManagementEnabled(false);
    configuration.addAcceptorConfiguration(
        new TransportConfiguration(
            NettyAcceptorFactory.class.getName(),
            Map.of(
                TransportConstants.HOST_PROP_NAME,
                "127.0.0.1",
                TransportConstants.PORT_PROP_NAME,
                port,
                TransportConstants.SSL_ENABLED_PROP_NAME,
                true,
                TransportConstants.KEYSTORE_PATH_PROP_NAME,
                keys.toString(),
                TransportConstants.KEYSTORE_PASSWORD_PROP_NAME,
                STORE_PASSWORD,
                TransportConstants.KEYSTORE_TYPE_PROP_NAME,
                "PKCS12")));
    configuration.putSecurityRoles(
        "#",
        Set.of(
            new Role(
                ROLE, true, true, true, true, true, true, false, true, true, true, false, false)));
    SecurityConfiguration accounts = new SecurityConfiguration();
    accounts.addUser("picklift", password);
    accounts.addRole("picklift", ROLE);
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setSecurityManager(
        new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), accounts));
    broker.setConfiguration(configuration);
    broker.start();
    return new TlsBroker(broker, port, trust);
  }

  private static void makeKeys(Path keys, Path trust) throws Exception {
    int status =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                STORE_PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("keytool ended with " + status);
    }
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      made.load(in, STORE_PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, made.getCertificate(ALIAS));
    try (OutputStream out = Files.newOutputStream(trust)) {
      trusted.store(out, STORE_PASSWORD.toCharArray());
    }
  }

  int port() {
    return port;
  }

  Path trustStore() {
    return trustStore;
  }

  @Override
  public void close() throws IOException {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
