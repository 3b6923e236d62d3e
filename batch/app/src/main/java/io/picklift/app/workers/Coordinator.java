package io.picklift.app.workers;

import io.picklift.app.config.MaxRate;
import io.picklift.app.lock.Generation;
import io.picklift.app.workers.broker.BrokerException;
import io.picklift.app.workers.broker.EmbeddedBroker;
import io.picklift.app.workers.lease.Leases;
import io.picklift.app.workers.lease.SharedRun;
import io.picklift.schema.yaml.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.repository.JobRepository;

/** The process that shares its ranges of keys out to workers. It has the target's lock. */
public final class Coordinator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final WorkersOptions options;
  private final Generation generation;
  private final Leases leases;
  private final Offers offers;
  private final Consumer<String> say;
  private final @Nullable EmbeddedBroker broker;
  private final String same;

  private Coordinator(
      WorkersOptions options,
      Generation generation,
      Leases leases,
      Offers offers,
      Consumer<String> say,
      @Nullable EmbeddedBroker broker,
      String same) {
    this.same = same;
    this.options = options;
    this.generation = generation;
    this.leases = leases;
    this.offers = offers;
    this.say = say;
    this.broker = broker;
  }

  /**
   * Starts the broker, or connects to it.
   *
   * @param generation of this run
   * @param same what workers have to have in the same way
   * @param say is told in one line what whoever watches should know
   */
  public static Coordinator open(
      WorkersOptions options,
      DataSource target,
      Generation generation,
      String same,
      Consumer<String> say)
      throws SQLException {
    String queue;
    try (Connection connection = target.getConnection()) {
      OnePrimary.require(connection);
      queue = SharedRun.queueName(connection);
    }
    Leases leases = new Leases(target, generation, options.lease().toMillis());
    leases.clear();
    EmbeddedBroker broker = null;
    try {
      if (options.isEmbedded()) {
        broker = EmbeddedBroker.start(options.broker(), options.journal());
      }
      Offers offers =
          Offers.open(
              options.broker(), queue, generation.number(), leases, say, options.isEmbedded());
      return new Coordinator(options, generation, leases, offers, say, broker, same);
    } catch (BrokerException e) {
      if (broker != null) {
        broker.close();
      }
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /** Runs a step's partitions by workers. */
  public PartitionHandler handler(
      String step, int partitions, JobRepository repository, SharedWork work) {
    return new RemotePartitions(step, partitions, repository, leases, offers, work, say);
  }

  /** The generation of this run. */
  public Generation generation() {
    return generation;
  }

  /** How long a worker may be silent. */
  public int leaseMillis() {
    return (int) options.lease().toMillis();
  }

  /** What workers have to have in the same way. */
  public String same() {
    return same;
  }

  /** Whether it shares out a migration, and no backfill that the same process may do later. */
  public boolean isMigrationAlone() {
    return options.isMigrationAlone();
  }

  /** The fewest saves that a range has. */
  public int leastSaves() {
    return options.leastSaves();
  }

  /** How fast all workers together may go, as {@code --max-rate} has it; null for any rate. */
  public @Nullable String maxRate() {
    MaxRate most = options.maxRate();
    return most == null ? null : most.text();
  }

  @Override
  public void close() {
    try {
      leases.revoke();
    } catch (SQLException e) {
      // The next run's generation ends what workers have under way.
      LOG.info("leases stay in the target until the next run", e);
    }
    offers.close();
    if (broker != null) {
      broker.close();
    }
  }
}
