package io.picklift.app.cli;

import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.job.Game;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that was run in this JVM.
 *
 * @param status its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Run(int status, String out, String err) {
  public static Run of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int status =
        Main.run(new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8)), texts);
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The same with a game's configuration. */
  public static Run on(Game game, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", game.file()));
    return of(all.toArray());
  }
}
