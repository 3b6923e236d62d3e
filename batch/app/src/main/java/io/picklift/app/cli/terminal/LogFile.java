package io.picklift.app.cli.terminal;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Sends what libraries log to a file, since the terminal is for Picklift's own lines: {@code
 * picklift.log}, or the file that the variable {@code PICKLIFT_LOG} names. The file is created at
 * the first line, and only its owner may read it.
 */
public final class LogFile extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final FileAttribute<?>[] FOR_ITS_OWNER = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };

  private static volatile boolean isJson;

  private @Nullable Encoder<ILoggingEvent> encoder;
  private @Nullable Encoder<ILoggingEvent> json;
  private @Nullable OutputStream out;
  private boolean isBroken;

  /** Called by the configuration. */
  public void setEncoder(Encoder<ILoggingEvent> newEncoder) {
    encoder = newEncoder;
  }

  /** From now on each line is JSON, for programs that watch the process. */
  public static void writeJson() {
    isJson = true;
  }

  /** The encoder by which the next line is written; null where the configuration names none. */
  private @Nullable Encoder<ILoggingEvent> encoder() {
    if (!isJson || encoder == null) {
      return encoder;
    }
    Encoder<ILoggingEvent> known = json;
    if (known == null) {
      JsonEncoder made = new JsonEncoder();
      made.setContext(getContext());
      made.setWithContext(false);
      made.setWithNanoseconds(false);
      made.start();
      known = made;
      json = made;
    }
    return known;
  }

  @Override
  protected synchronized void append(ILoggingEvent event) {
    Encoder<ILoggingEvent> current = encoder();
    if (isBroken || current == null) {
      return;
    }
    try {
      if (out == null) {
        out = open();
      }
      out.write(current.encode(event));
      out.flush();
    } catch (IOException e) {
      // A disk that is full must not end a run for the sake of its log.
      isBroken = true;
      addError("no log", e);
    }
  }

  private static OutputStream open() throws IOException {
    String name = System.getenv("PICKLIFT_LOG");
    Path file = Path.of(name == null || name.isEmpty() ? "picklift.log" : name);
    if (!Files.exists(file)) {
      boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      Files.createFile(file, isPosix ? FOR_ITS_OWNER : new FileAttribute<?>[0]);
    }
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
