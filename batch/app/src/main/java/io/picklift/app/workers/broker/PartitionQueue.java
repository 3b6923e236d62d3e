package io.picklift.app.workers.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a target's leases on a broker: one connection, one session, for one thread. A
 * message is no more than a hint, since the target says what may be taken: one that is lost is sent
 * again, and one too many does nothing.
 */
public final class PartitionQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionQueue.class);
  private static final long CALL_MILLIS = 10_000;

  /** How long a broker may be silent; by default the client waits a minute. */
  private static final long SILENT_MILLIS = 15_000;

  private static final long PING_MILLIS = 5_000;

  /** To close a connection takes an answer of the broker, which may have fallen silent. */
  private static final long CLOSE_MILLIS = 3_000;

  /** Messages that were none of ours. */
  private static final AtomicLong FOREIGN = new AtomicLong();

  private final BrokerAddress address;
  private final ActiveMQConnectionFactory factory;
  private final Connection connection;
  private final Session session;
  private final MessageProducer producer;
  private final @Nullable MessageConsumer consumer;

  private PartitionQueue(BrokerAddress address, String name, boolean isReceiving)
      throws JMSException {
    this.address = address;
    factory = new ActiveMQConnectionFactory(url(address));
    factory.setCallTimeout(CALL_MILLIS);
    factory.setConnectionTTL(SILENT_MILLIS);
    factory.setClientFailureCheckPeriod(PING_MILLIS);
    // Nothing is taken ahead: what one worker has in hand, another could do.
    factory.setConsumerWindowSize(0);
    // A lost connection is told, and made again by whoever uses it.
    factory.setReconnectAttempts(0);
    // No class may be made of a message; none but texts are looked at.
    factory.setDeserializationAllowList("none.at.all");
    boolean isOpen = false;
    try {
      connection = factory.createConnection(address.username(), address.password());
      session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
      producer = session.createProducer(session.createQueue(name));
      consumer = isReceiving ? session.createConsumer(session.createQueue(name)) : null;
      connection.start();
      isOpen = true;
    } finally {
      if (!isOpen) {
        factory.close();
      }
    }
  }

  /**
   * Connects.
   *
   * @param name of the queue, as the target has it
   * @param isReceiving whether messages are to be received, too
   */
  public static PartitionQueue open(BrokerAddress address, String name, boolean isReceiving)
      throws BrokerException {
    try {
      return new PartitionQueue(address, name, isReceiving);
    } catch (JMSException | RuntimeException e) {
      throw BrokerException.at(address, "no connection to the broker at", e);
    }
  }

  private static String url(BrokerAddress address) {
    StringBuilder url = new StringBuilder("tcp://").append(address.place());
    url.append("?useEpoll=false&useKQueue=false&connectTimeoutMillis=10000");
    if (address.isEncrypted()) {
      url.append("&sslEnabled=true");
      if (address.trustStore() != null) {
        url.append("&trustStorePath=").append(encoded(address.trustStore()));
      }
      if (address.trustStorePassword() != null) {
        url.append("&trustStorePassword=").append(encoded(address.trustStorePassword()));
      }
    }
    return url.toString();
  }

  private static String encoded(String value) {
    return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Says that these leases may be taken. */
  public void send(List<PartitionMessage> messages) throws BrokerException {
    try {
      for (PartitionMessage message : messages) {
        producer.send(session.createTextMessage(message.text()));
      }
    } catch (JMSException | RuntimeException e) {
      throw BrokerException.at(address, "nothing can be sent to the broker at", e);
    }
  }

  /** A message, which the broker gives to another worker unless it is acknowledged. */
  public record Received(PartitionMessage message, Message raw) {}

  /**
   * Waits for a message, for so long: one that waits without end cannot be told to stop. Where the
   * broker falls silent meanwhile, it takes as long as that is found out, since the client asks the
   * broker once more at the end.
   *
   * @return null where there is none, or none of ours
   */
  public @Nullable Received receive(long millis) throws BrokerException {
    MessageConsumer from = consumer;
    if (from == null) {
      throw new IllegalStateException("this end only sends");
    }
    try {
      Message raw = from.receive(millis);
      if (raw == null) {
        return null;
      }
      PartitionMessage message =
          raw instanceof TextMessage text ? PartitionMessage.parse(text.getText()) : null;
      if (message != null) {
        return new Received(message, raw);
      }
      raw.acknowledge();
      LOG.warn(
          "{} messages on the queue were none of Picklift's: dropped", FOREIGN.incrementAndGet());
      return null;
    } catch (JMSException | RuntimeException e) {
      throw BrokerException.at(address, "nothing can be received from the broker at", e);
    }
  }

  /** The lease was taken, or is not to be taken any more. */
  public void acknowledge(Received received) throws BrokerException {
    try {
      received.raw().acknowledge();
    } catch (JMSException | RuntimeException e) {
      throw BrokerException.at(address, "nothing can be told to the broker at", e);
    }
  }

  /** How many messages were none of ours, since the process began. */
  public static long foreign() {
    return FOREIGN.get();
  }

  @Override
  public void close() {
    Thread closing = new Thread(this::closeNow, "broker-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeNow() {
    try {
      connection.close();
    } catch (JMSException | RuntimeException e) {
      LOG.debug("the broker's connection did not close", e);
    } finally {
      factory.close();
    }
  }
}
