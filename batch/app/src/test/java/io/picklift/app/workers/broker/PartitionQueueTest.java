package io.picklift.app.workers.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker within the coordinator, and its queue. */
final class PartitionQueueTest {
  private static final String QUEUE = "picklift.test";

  @TempDir private Path folder = Path.of("");

  private static BrokerAddress address(int port, String password) {
    return BrokerAddress.parse("127.0.0.1:" + port, Map.of(BrokerAddress.PASSWORD, password));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void aMessageArrivesOnceItIsAcknowledgedAndAgainUntilThen() throws Exception {
    BrokerAddress address = address(freePort(), "secret");
    PartitionMessage sent = new PartitionMessage(3, 17, 2);
    try (EmbeddedBroker broker = EmbeddedBroker.start(address, folder);
        PartitionQueue coordinator = PartitionQueue.open(address, QUEUE, false)) {
      coordinator.send(List.of(sent));
      try (PartitionQueue dying = PartitionQueue.open(address, QUEUE, true)) {
        assertThat(Objects.requireNonNull(dying.receive(5_000)).message()).isEqualTo(sent);
      }
      try (PartitionQueue worker = PartitionQueue.open(address, QUEUE, true)) {
        PartitionQueue.Received again = Objects.requireNonNull(worker.receive(5_000));
        assertThat(again.message()).isEqualTo(sent);
        worker.acknowledge(again);
        assertThat(worker.receive(100)).isNull();
      }
      assertThat(broker).isNotNull();
    }
  }

  @Test
  void whatIsNoneOfOursIsDroppedAndCounted() throws Exception {
    BrokerAddress address = address(freePort(), "secret");
    try (EmbeddedBroker broker = EmbeddedBroker.start(address, folder);
        PartitionQueue worker = PartitionQueue.open(address, QUEUE, true);
        ActiveMQConnectionFactory factory =
            new ActiveMQConnectionFactory("tcp://" + address.place() + "?useEpoll=false");
        jakarta.jms.Connection other = factory.createConnection("picklift", "secret")) {
      jakarta.jms.Session session = other.createSession();
      jakarta.jms.MessageProducer producer = session.createProducer(session.createQueue(QUEUE));
      producer.send(session.createTextMessage("picklift/1 1 2 3; DROP TABLE picklift_save"));
      producer.send(session.createObjectMessage(new java.util.ArrayList<>(List.of("x"))));
      producer.send(session.createTextMessage(new PartitionMessage(1, 2, 3).text()));
      long before = PartitionQueue.foreign();
      assertThat(worker.receive(5_000)).isNull();
      assertThat(worker.receive(5_000)).isNull();
      assertThat(Objects.requireNonNull(worker.receive(5_000)).message().leaseId()).isEqualTo(2);
      assertThat(PartitionQueue.foreign() - before).isEqualTo(2);
      assertThat(broker).isNotNull();
    }
  }

  @Test
  void nobodyGetsInWithAnotherPassword() throws Exception {
    int port = freePort();
    try (EmbeddedBroker broker = EmbeddedBroker.start(address(port, "secret"), folder)) {
      assertThatThrownBy(() -> PartitionQueue.open(address(port, "guess"), QUEUE, true))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("AMQ229031")
          .hasMessageNotContaining("guess");
      assertThat(broker).isNotNull();
    }
  }
}
