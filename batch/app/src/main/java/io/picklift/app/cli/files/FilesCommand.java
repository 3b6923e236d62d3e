package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.cli.terminal.EngineOption;
import io.picklift.app.cli.terminal.ExitStatus;
import io.picklift.app.cli.terminal.Terminal;
import io.picklift.app.cli.terminal.TerminalOwner;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodeNotes;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.Unpacker;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.file.WholeFile;
import io.picklift.app.input.InputFiles;
import io.picklift.app.input.PickleFile;
import io.picklift.app.view.SafeText;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.jython.EnginesDisagreeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A command over files: one refused file is named, and the others are still done. */
public abstract class FilesCommand implements Callable<Integer> {
  /** What file systems take, with what a file is called before it is whole. */
  private static final int LONGEST_NAME = 240;

  @ParentCommand private TerminalOwner main;

  @Mixin private final EngineOption engineOption = new EngineOption();

  @Option(
      names = "--repair",
      description =
          "Repairs what text columns and transfers do to pickles, such as CRLF line ends.")
  private boolean isRepair;

  private final Limits limits = Limits.defaults();
  private final Set<Path> written = new HashSet<>();
  private int refused;

  @SuppressWarnings("NullAway.Init") // picocli sets main
  FilesCommand() {}

  /** What this command does with one pickle. */
  abstract void done(PickleFile file, DecodingEngine engine)
      throws CodecException, EncodingException, IOException;

  final int run(List<Path> paths) throws IOException {
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw CommandException.usage("there is no file " + path);
      }
    }
    DecodingEngine engine = DecodingEngine.create(engineOption.name(), limits);
    InputFiles files = new InputFiles(limits);
    for (Path path : paths) {
      files.visit(
          path,
          new InputFiles.Visitor() {
            @Override
            public void pickle(PickleFile file) throws IOException {
              one(file, engine);
            }

            @Override
            public void unreadable(String label, String reason) {
              refuse(label, reason);
            }
          });
    }
    return refused == 0 ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  /** Does it with one pickle that is at hand. */
  final int runOne(PickleFile file) throws IOException {
    one(file, DecodingEngine.create(engineOption.name(), limits));
    return refused == 0 ? ExitStatus.DONE : ExitStatus.LOOK;
  }

  private void one(PickleFile file, DecodingEngine engine) throws IOException {
    try {
      done(file, pickle -> told(file, engine.decode(pickle)));
    } catch (CodecException | EncodingException e) {
      refuse(file.label(), reason(file, e));
    } catch (EnginesDisagreeException e) {
      refuse(file.label(), e.getMessage());
    } catch (RuntimeException e) {
      // A defect of ours must not keep the other files from being done.
      refuse(file.label(), "an error in picklift itself, please report it: " + e);
    } catch (OutOfMemoryError e) {
      // The arrays of one save are all that was asked for; they are free again.
      refuse(file.label(), "needs more memory than there is: give java a larger -Xmx");
    }
  }

  /** Says what stands behind the pickle and is none. */
  private SaveGraph told(PickleFile file, SaveGraph graph) {
    int stray = RecordDecoder.strayBytes(graph);
    if (stray > 0) {
      say(file.label(), stray + " extra bytes after the pickle");
    }
    return graph;
  }

  /** Says something of a file. */
  final void say(String label, String what) {
    terminal().err().println(SafeText.line(label + ": " + what));
  }

  /** Where no pickle was found, what the file looks like; else what the decoder says. */
  private @Nullable String reason(PickleFile file, Exception e) {
    try {
      new BlobDecoder(engineOption.name(), limits, null, isRepair).decode(file.bytes());
    } catch (RefusedException refused) {
      Refusal refusal = refused.refusal();
      return refusal.offset() < 0
          ? refusal.line()
          : e.getMessage() + refusal.message().replace(reasonOf(e), "");
    }
    return e.getMessage();
  }

  /** What is wrong, without where. */
  private static String reasonOf(Exception e) {
    return e instanceof CodecException codec ? codec.reason() : String.valueOf(e.getMessage());
  }

  /** Names a file that nothing was made of. */
  final void refuse(String label, @Nullable String reason) {
    refused++;
    terminal().err().println(SafeText.line(label + ": " + reason));
  }

  final Unpacked unpacked(PickleFile file) throws EncodingException {
    Unpacked unpacked = new Unpacker(limits, isRepair).auto(file.bytes());
    if (!unpacked.suspected().isEmpty()) {
      say(file.label(), DecodeNotes.ofFile(unpacked.suspected()));
    }
    return unpacked;
  }

  final byte[] unpack(PickleFile file) throws EncodingException {
    return unpacked(file).pickle();
  }

  final int refused() {
    return refused;
  }

  final DecodingEngine.Name engineName() {
    return engineOption.name();
  }

  final Limits limits() {
    return limits;
  }

  final Terminal terminal() {
    return main.terminal();
  }

  /** Writes a file whole or not at all. */
  final void write(Path folder, String name, WholeFile.Content<CodecException> content)
      throws CodecException, IOException {
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      refuse(name.substring(0, 40) + "...", "its name is too long for a file");
      return;
    }
    Path target = folder.resolve(name);
    if (!written.add(target)) {
      refuse(target.toString(), "already written from another input of the same name");
      return;
    }
    WholeFile.write(target, content);
  }

  /** Makes the folder for results. */
  public static void makeFolder(String option, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw CommandException.usage(option + " " + folder + ": is a file, not a folder");
    } catch (IOException e) {
      throw CommandException.usage(option + " " + folder + ": cannot be made: " + e.getMessage());
    }
  }
}
