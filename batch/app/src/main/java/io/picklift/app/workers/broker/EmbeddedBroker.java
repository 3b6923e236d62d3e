package io.picklift.app.workers.broker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.jspecify.annotations.Nullable;

/** Artemis within this process, bound to one address, for one account. */
public final class EmbeddedBroker implements AutoCloseable {
  private static final int MOST_DISK_PERCENT = 99;

  private final EmbeddedActiveMQ broker;

  private EmbeddedBroker(EmbeddedActiveMQ broker) {
    this.broker = broker;
  }

  /**
   * Starts it.
   *
   * @param address where it listens
   * @param folder for its journal
   */
  public static EmbeddedBroker start(BrokerAddress address, Path folder) throws BrokerException {
    EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    broker.setSecurityManager(new OneAccount(address));
    try {
      broker.setConfiguration(configuration(address, folder));
      broker.start();
      if (!broker.getActiveMQServer().getRemotingService().isStarted()) {
        throw new IllegalStateException("it does not listen");
      }
      return new EmbeddedBroker(broker);
    } catch (Exception e) {
      stop(broker);
      throw BrokerException.at(address, "the broker could not be started on", e);
    }
  }

  private static Configuration configuration(BrokerAddress address, Path folder) {
    Configuration configuration = new ConfigurationImpl();
    configuration.setPersistenceEnabled(true);
    configuration.setJournalType(JournalType.NIO);
    configuration.setJournalDirectory(folder.resolve("journal").toString());
    configuration.setBindingsDirectory(folder.resolve("bindings").toString());
    configuration.setPagingDirectory(folder.resolve("paging").toString());
    configuration.setLargeMessagesDirectory(folder.resolve("large").toString());
    configuration.setJournalFileSize(1 << 20);
    configuration.setJournalMinFiles(2);
    configuration.setJournalPoolFiles(2);
    configuration.setSecurityEnabled(true);
    configuration.setJMXManagementEnabled(false);
    configuration.setMaxDiskUsage(MOST_DISK_PERCENT);
    configuration.setGracefulShutdownEnabled(false);
    configuration.addAcceptorConfiguration(
        new TransportConfiguration(
            NettyAcceptorFactory.class.getName(),
            Map.of(
                TransportConstants.HOST_PROP_NAME,
                address.host().replace("[", "").replace("]", ""),
                TransportConstants.PORT_PROP_NAME,
                address.port(),
                TransportConstants.PROTOCOLS_PROP_NAME,
                "CORE",
                TransportConstants.USE_EPOLL_PROP_NAME,
                false)));
    Set<Role> roles = new HashSet<>();
    roles.add(
        new Role(
            "worker", true, true, true, true, true, true, false, true, true, true, false, false));
    configuration.putSecurityRoles("#", roles);
    return configuration;
  }

  private static void stop(EmbeddedActiveMQ broker) {
    try {
      broker.stop();
    } catch (Exception e) {
      org.slf4j.LoggerFactory.getLogger(EmbeddedBroker.class).debug("it did not stop", e);
    }
  }

  @Override
  public void close() {
    stop(broker);
  }

  /** Whoever has the password may send and receive, and nobody else may do anything. */
  private record OneAccount(BrokerAddress address) implements ActiveMQSecurityManager {
    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
      return user != null
          && password != null
          && user.equals(address.username())
          && MessageDigest.isEqual(
              password.getBytes(StandardCharsets.UTF_8),
              address.password().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean validateUserAndRole(
        @Nullable String user, @Nullable String password, Set<Role> roles, CheckType type) {
      return type != CheckType.MANAGE && type != CheckType.EDIT && validateUser(user, password);
    }

    @Override
    public String toString() {
      return "one account";
    }
  }
}
