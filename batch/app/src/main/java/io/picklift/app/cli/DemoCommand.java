package io.picklift.app.cli;

import io.picklift.app.cli.terminal.AccountOptions;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.ProgressLine;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.cli.terminal.TerminalOwner;
import io.picklift.app.demo.Demo;
import io.picklift.app.demo.DemoException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Migrates and verifies sample saves on a database of its own, and shows what SQL can ask"
          + " then.",
      "Needs nothing installed and leaves only its report."
    })
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private TerminalOwner main;

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".picklift/demo",
      description = "Where it works and leaves its report; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("");

  @Option(
      names = "--database",
      paramLabel = "DIR",
      description =
          "The embedded database's programs; default: the folder 'database' beside picklift.jar.")
  private @Nullable Path database;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "The embedded database's port; default: a free one.")
  private int port;

  @Option(
      names = "--stay",
      description =
          "Keeps the database running after the summary until Enter is pressed, to try more SQL.")
  private boolean stay;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "A MySQL or MariaDB server to use instead, jdbc:mysql://host:3306/.",
        "The demo makes two schemas there, picklift_demo and picklift_demo_v2, and drops them at"
            + " the end."
      })
  private @Nullable String url;

  @Option(
      names = "--pack",
      paramLabel = "DIR",
      description = "An application's sample, such as samples/celery; default: the game's saves.")
  private @Nullable Path pack;

  @Mixin private final AccountOptions account = new AccountOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets main and spec
  DemoCommand() {}

  @Override
  public Integer call() throws IOException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port: from 1 to 65535");
    }
    Terminal terminal = main.terminal();
    PrintStream out = new PrintStream(terminal.out(), true, StandardCharsets.UTF_8);
    Demo demo =
        new Demo(
            new Demo.Options(
                folder, database, port, url, account.username(), account.password(), pack),
            out);
    Thread ending = new Thread(() -> end(demo, terminal), "demo-end");
    // Ctrl-C: whatever the demo is at, its database goes.
    Runtime.getRuntime().addShutdownHook(ending);
    try (demo) {
      demo.load();
      // Nothing else is written while the bar is there.
      try (ProgressLine progress = ProgressLine.on(terminal.err())) {
        demo.work(progress);
      }
      demo.show();
      if (stay) {
        terminal.err().println(demo.invitation());
        waitForEnter();
      }
      return ExitStatus.DONE;
    } catch (DemoException e) {
      throw CommandException.unfinished(String.valueOf(e.getMessage()));
    } finally {
      out.flush();
    }
  }

  private static void waitForEnter() throws IOException {
    int read = System.in.read();
    while (read >= 0 && read != '\n') {
      read = System.in.read();
    }
  }

  private static void end(Demo demo, Terminal terminal) {
    try {
      demo.close();
    } catch (DemoException e) {
      terminal.err().println("picklift: " + e.getMessage());
    }
  }
}
