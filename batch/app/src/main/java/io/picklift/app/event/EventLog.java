package io.picklift.app.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.picklift.app.watch.Followed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one run, a line each, as {@code event.schema.json} describes them. A disk
 * that is full ends the events and not the run. For any thread.
 */
public final class EventLog implements AutoCloseable {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;
  private final boolean isOwned;
  private final String command;
  private final Clock clock;
  private final Consumer<String> say;
  private final String run = UUID.randomUUID().toString();
  private long sequence;
  private boolean isBroken;

  EventLog(OutputStream out, boolean isOwned, String command, Clock clock, Consumer<String> say) {
    this.out = out;
    this.isOwned = isOwned;
    this.command = command;
    this.clock = clock;
    this.say = say;
  }

  /**
   * Opens it.
   *
   * @param file appended to; {@code -} for {@code standardOutput}
   * @param say is told in one line where events cannot be written any more
   */
  public static EventLog open(
      String file, OutputStream standardOutput, String command, Consumer<String> say)
      throws IOException {
    if (file.equals("-")) {
      return new EventLog(standardOutput, false, command, Clock.systemUTC(), say);
    }
    OutputStream out =
        Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new EventLog(out, true, command, Clock.systemUTC(), say);
  }

  /** A run begins. */
  public void started() {
    write("started", event -> {});
  }

  void phase(String name, long rows) {
    write(
        "phase",
        event -> {
          event.put("phase", name);
          event.put("rows", rows);
        });
  }

  void progress(String phase, long rows, long done, Map<String, Long> partitions) {
    write(
        "progress",
        event -> {
          event.put("phase", phase);
          event.put("rows", rows);
          event.put("done", done);
          ObjectNode each = event.putObject("partitions");
          partitions.forEach(each::put);
        });
  }

  void followed(Followed followed) {
    write(
        "following",
        event -> {
          event.put("lag_seconds", followed.lagSeconds());
          event.put("lag_transactions", followed.lagTransactions());
          event.put("pending_keys", followed.pendingKeys());
        });
  }

  void note(String line) {
    write("note", event -> event.put("reason", line));
  }

  void counted(Map<String, Long> counts) {
    write(
        "counted",
        event -> {
          ObjectNode all = event.putObject("counts");
          counts.forEach(all::put);
        });
  }

  /**
   * A run is over.
   *
   * @param status the exit status
   * @param reason why it could not finish; null where it did
   */
  public void ended(int status, @Nullable String reason) {
    write(
        "ended",
        event -> {
          event.put("status", status);
          if (reason != null) {
            event.put("reason", reason);
          }
        });
  }

  private synchronized void write(String type, Consumer<ObjectNode> rest) {
    if (isBroken) {
      return;
    }
    ObjectNode event = JSON.createObjectNode();
    event.put("version", VERSION);
    event.put("run", run);
    event.put("sequence", sequence++);
    event.put("time", clock.instant().toString());
    event.put("type", type);
    event.put("command", command);
    rest.accept(event);
    try {
      out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      isBroken = true;
      say.accept("no more events, since they cannot be written: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    if (isOwned) {
      out.close();
    }
  }
}
