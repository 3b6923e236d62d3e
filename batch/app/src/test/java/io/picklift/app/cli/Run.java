package io.picklift.app.cli;

import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.job.Game;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that was run in this JVM.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Run(int status, String out, String err) {
  @SuppressWarnings("try") // It is held, and not used.
  public static Run of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    Terminal terminal = new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8));
    int status;
    try (FileChannel folder = ofTheFolder(texts)) {
      status = Main.run(terminal, texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /**
   * A verify without a report keeps its state in the folder that it runs in, which the build's JVMs
   * share: each waits for the other's. Null for other commands, which need not wait.
   */
  private static @Nullable FileChannel ofTheFolder(String[] arguments) throws IOException {
    List<String> all = List.of(arguments);
    if (all.isEmpty() || !all.get(0).equals("verify") || all.contains("--report")) {
      return null;
    }
    Path file = Files.createDirectories(Path.of("target")).resolve("verify.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      // Given back with the channel.
      channel.lock();
    } catch (OverlappingFileLockException e) {
      // Another thread of the same test has it: what comes of two at once is what it looks at.
    }
    return channel;
  }

  /** The same with a game's configuration. */
  public static Run on(Game game, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", game.file()));
    return of(all.toArray());
  }
}
