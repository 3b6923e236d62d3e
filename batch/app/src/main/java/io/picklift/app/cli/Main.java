package io.picklift.app.cli;

import io.picklift.app.cli.control.PauseCommand;
import io.picklift.app.cli.control.ResumeCommand;
import io.picklift.app.cli.control.SetCommand;
import io.picklift.app.cli.control.StopCommand;
import io.picklift.app.cli.files.DecodeCommand;
import io.picklift.app.cli.files.DiffCommand;
import io.picklift.app.cli.files.InspectCommand;
import io.picklift.app.cli.files.RepickleCommand;
import io.picklift.app.cli.files.ScriptCommand;
import io.picklift.app.cli.jobs.BackfillCommand;
import io.picklift.app.cli.jobs.CutoverCommand;
import io.picklift.app.cli.jobs.EvolveCommand;
import io.picklift.app.cli.jobs.FinishCommand;
import io.picklift.app.cli.jobs.MigrateCommand;
import io.picklift.app.cli.jobs.PlanCommand;
import io.picklift.app.cli.jobs.QuarantineCommand;
import io.picklift.app.cli.jobs.RepairCommand;
import io.picklift.app.cli.jobs.RestoreCommand;
import io.picklift.app.cli.jobs.StatusCommand;
import io.picklift.app.cli.jobs.VerifyCommand;
import io.picklift.app.cli.jobs.WorkerCommand;
import io.picklift.app.cli.jobs.WritebackCommand;
import io.picklift.app.cli.scans.DetectCommand;
import io.picklift.app.cli.scans.ExportCommand;
import io.picklift.app.cli.scans.InitCommand;
import io.picklift.app.cli.scans.ProfileCommand;
import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.HelpTexts;
import io.picklift.app.cli.terminal.ResultStream;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.cli.terminal.TerminalOwner;
import io.picklift.app.cli.terminal.Termination;
import io.picklift.app.cli.terminal.Version;
import io.picklift.app.database.OutOfMemory;
import io.picklift.app.digest.NativeSha256;
import io.picklift.jython.EndingException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry of {@code picklift.jar}. */
@Command(
    name = "picklift",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Lifts serialized saves out of MySQL and into a schema.",
    footer = {
      "",
      "Exit status: 0 done; 1 done, and there is something to look at; 2 wrong command line or",
      "configuration; 3 not finished: run the same command again to continue."
    },
    subcommands = {
      DecodeCommand.class,
      RepickleCommand.class,
      InspectCommand.class,
      DetectCommand.class,
      InitCommand.class,
      DemoCommand.class,
      MigrateCommand.class,
      BackfillCommand.class,
      QuarantineCommand.class,
      RepairCommand.class,
      CutoverCommand.class,
      WritebackCommand.class,
      PlanCommand.class,
      EvolveCommand.class,
      FinishCommand.class,
      VerifyCommand.class,
      ScriptCommand.class,
      ProfileCommand.class,
      ExportCommand.class,
      RestoreCommand.class,
      StatusCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      StopCommand.class,
      SetCommand.class,
      DiffCommand.class,
      WorkerCommand.class,
      CompletionCommand.class
    })
public final class Main implements Runnable, TerminalOwner {
  private final Terminal terminal;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    NativeSha256.installIfAsked();
    int status = run(Terminal.ofProcess(), args);
    Termination.ended(status);
    System.exit(status);
  }

  public static int run(Terminal given, String... args) {
    Terminal terminal = new Terminal(new ResultStream(given.out()), given.err());
    CommandLine line = new CommandLine(new Main(terminal));
    line.setErr(
        new PrintWriter(new OutputStreamWriter(terminal.err(), StandardCharsets.UTF_8), true));
    line.setParameterExceptionHandler(Main::wrongCommandLine);
    line.setExecutionExceptionHandler((e, command, result) -> failed(terminal, e));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    HelpTexts.addTo(line);
    // What follows a script's name is the script's.
    Objects.requireNonNull(line.getSubcommands().get("script")).setStopAtPositional(true);
    // Help goes to standard output, through the stream that everything else there goes through.
    StringWriter help = new StringWriter();
    line.setOut(new PrintWriter(help, true));
    int status;
    try {
      status = line.execute(args);
    } catch (Error e) {
      // Java itself would end with 1, which says that the command has done its work.
      return failed(terminal, e);
    }
    try {
      terminal.out().write(help.toString().getBytes(StandardCharsets.UTF_8));
      terminal.out().flush();
    } catch (IOException e) {
      return failed(terminal, e);
    }
    return status;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Override
  public Terminal terminal() {
    return terminal;
  }

  private static int wrongCommandLine(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("picklift: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitStatus.USAGE;
  }

  private static int failed(Terminal terminal, Throwable e) {
    if (OutOfMemory.is(e)) {
      terminal.err().println("picklift: not enough memory: give java a larger -Xmx");
      return ExitStatus.UNFINISHED;
    }
    if (e instanceof CommandException known) {
      terminal.err().println("picklift: " + known.getMessage());
      return known.status();
    }
    if (e instanceof IOException) {
      terminal
          .err()
          .println("picklift: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
      return ExitStatus.UNFINISHED;
    }
    if (e instanceof EndingException) {
      terminal.err().println("picklift: stopped; run the same command again");
      return ExitStatus.UNFINISHED;
    }
    // A defect of this program: the trace is what its developers need.
    terminal.err().println("picklift: an error in picklift itself, please report it:");
    e.printStackTrace(terminal.err());
    return ExitStatus.UNFINISHED;
  }
}
