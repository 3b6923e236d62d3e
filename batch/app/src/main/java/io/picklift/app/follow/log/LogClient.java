package io.picklift.app.follow.log;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import com.github.shyiko.mysql.binlog.network.ServerException;
import com.mysql.cj.conf.ConnectionUrl;
import com.mysql.cj.conf.HostInfo;
import io.picklift.app.config.Database;
import java.io.EOFException;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a server that sends its binary log, as it sends it to a replica. The client
 * library logs in and asks for the log; what the packets hold is read here, since the library holds
 * whole events in memory and passes over what it cannot read.
 */
public final class LogClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogClient.class);

  /** The library's own logger, which says of each connection that it was made. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger(BinaryLogClient.class.getName());

  static {
    LIBRARY.setLevel(java.util.logging.Level.OFF);
  }

  private static final long CONNECT_MILLIS = 15_000;
  private static final long HEARTBEAT_MILLIS = 500;

  /** Ids of replicas that people set are small. */
  private static final long FIRST_ID = 1_000_000_000L;

  private final BinaryLogClient client;
  private final CountDownLatch began = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;
  private volatile boolean isClosed;

  private LogClient(Database server, LogStart start, LogEvents events) {
    HostInfo host =
        ConnectionUrl.getConnectionUrlInstance(server.url(), new Properties()).getMainHost();
    client =
        new BinaryLogClient(host.getHost(), host.getPort(), server.username(), server.password());
    client.setServerId(FIRST_ID + ThreadLocalRandom.current().nextLong(FIRST_ID));
    client.setKeepAlive(false);
    client.setConnectTimeout(CONNECT_MILLIS);
    client.setHeartbeatInterval(HEARTBEAT_MILLIS);
    new Tls(host.getHostProperties()).set(client);
    if (start.isByGtid()) {
      client.setGtidSetFallbackToPurged(false);
      client.setGtidSet(String.valueOf(start.gtids()));
    } else {
      client.setBinlogFilename(start.file());
      client.setBinlogPosition(start.offset());
    }
    client.setEventDeserializer(new Reading(events));
    client.registerLifecycleListener(new Ending());
  }

  /**
   * Connects, and has the sink told from then on.
   *
   * @throws IOException if the server does not send its log from there; a {@link
   *     LogRefusedException} where it says why
   */
  public static LogClient open(
      Database server, TableLayout layout, Beside beside, LogStart start, LogSink sink)
      throws IOException {
    LogEvents events = new LogEvents(layout, beside, start, sink);
    LogClient opened = new LogClient(server, start, events);
    Thread thread = new Thread(opened::run, "log");
    thread.setDaemon(true);
    thread.start();
    opened.await();
    return opened;
  }

  private void run() {
    try {
      client.connect();
    } catch (IOException | RuntimeException e) {
      fail(e);
    } finally {
      ended.countDown();
      began.countDown();
    }
  }

  private void await() throws IOException {
    try {
      if (!began.await(2 * CONNECT_MILLIS, TimeUnit.MILLISECONDS)) {
        close();
        throw new IOException("no event of the log in " + 2 * CONNECT_MILLIS + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("interrupted while the log was opened", e);
    }
    check();
  }

  /**
   * Does nothing as long as the log is being sent.
   *
   * @throws IOException what ended it
   */
  public void check() throws IOException {
    if (ended.getCount() > 0) {
      return;
    }
    Throwable e = failure;
    if (e instanceof LogRefusedException refused) {
      throw refused;
    }
    if (e instanceof ServerException refused) {
      throw new LogRefusedException(
          refused.getErrorCode(), String.valueOf(refused.getMessage()), e);
    }
    throw new IOException(e == null ? "the server ended the log" : e.getMessage(), e);
  }

  private void fail(Throwable e) {
    if (failure == null && !isClosed) {
      failure = e;
    }
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      client.disconnect();
    } catch (IOException e) {
      LOG.debug("the log's connection could not be closed", e);
    }
  }

  /** Hands the packets on, and tells the library of no event. */
  private final class Reading extends EventDeserializer {
    private final LogEvents events;

    Reading(LogEvents events) {
      this.events = events;
    }

    // The library calls it, and says so to nobody else.
    @SuppressWarnings("deprecation")
    @Override
    public void setChecksumType(ChecksumType type) {
      super.setChecksumType(type);
      events.checksum(type != ChecksumType.NONE);
    }

    /**
     * Reads all events to the end. The library would put an event that is longer than a packet
     * together in memory, and go on after one that cannot be read as if it had not been.
     */
    @Override
    public Event nextEvent(ByteArrayInputStream in) throws IOException {
      try {
        // The library has read the first packet's head.
        events.event(in);
        PacketInput packets = new PacketInput(in);
        while (packets.next()) {
          began.countDown();
          events.event(packets);
        }
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        fail(e);
      }
      throw new EOFException("the log has ended");
    }
  }

  private final class Ending extends BinaryLogClient.AbstractLifecycleListener {
    @Override
    public void onCommunicationFailure(BinaryLogClient from, Exception e) {
      fail(e);
    }

    @Override
    public void onEventDeserializationFailure(BinaryLogClient from, Exception e) {
      fail(e);
    }
  }
}
