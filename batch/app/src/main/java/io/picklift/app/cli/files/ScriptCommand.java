package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.cli.terminal.TerminalOwner;
import io.picklift.codec.Limits;
import io.picklift.jython.ScriptRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "script",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a Python script with the module picklift: loads, dumps, to_json.",
      "Exit status: the script's own; 1 if it ends with an exception."
    })
public final class ScriptCommand implements Callable<Integer> {
  @ParentCommand private TerminalOwner main;

  @Parameters(index = "0", paramLabel = "FILE.py", description = "The script; Python 2.7.")
  private Path script = Path.of("");

  @Parameters(index = "1..*", paramLabel = "ARGS", description = "What it finds in sys.argv.")
  private List<String> arguments = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets main
  ScriptCommand() {}

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(script)) {
      throw CommandException.usage("there is no file " + script);
    }
    Terminal terminal = main.terminal();
    return new ScriptRunner(Limits.defaults(), terminal.out(), terminal.err())
        .run(script, arguments);
  }
}
