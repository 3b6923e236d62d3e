package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.input.PickleFile;
import io.picklift.app.job.FailureText;
import io.picklift.app.rights.MissingRight;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.source.SourceRow;
import io.picklift.app.source.Sources;
import io.picklift.codec.Limits;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One save, straight from the source that a configuration describes. */
final class SourceSave {
  private SourceSave() {}

  static PickleFile read(Path file, String text, Limits limits) {
    try {
      return new PickleFile(text, text, text, blob(ConfigReader.read(file), text, limits));
    } catch (ConfigurationException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** The BLOB of one save. */
  static byte[] blob(Config config, String text, Limits limits) {
    Deque<AutoCloseable> open = new ArrayDeque<>();
    try {
      SaveSource source = Sources.open(config.source(), limits, 2, open);
      SaveKey key = SaveKey.parse(text, source.keyColumns());
      List<SourceRow> rows = source.isKey(key) ? source.read(List.of(key), false) : List.of();
      if (rows.isEmpty()) {
        throw CommandException.usage("--key " + text + ": the source has no such row");
      }
      byte[] blob = rows.get(0).blob();
      if (blob == null) {
        throw CommandException.usage("--key " + text + ": the BLOB is NULL");
      }
      return blob;
    } catch (ConfigurationException | IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    } catch (DatabaseException e) {
      throw told(e, config);
    } catch (SQLException e) {
      throw told(e, config, "source: ");
    } finally {
      ResourceCloser.all(open);
    }
  }

  static CommandException told(DatabaseException e, Config config) {
    String right = MissingRight.line(e, config);
    String message = right == null ? String.valueOf(e.getMessage()) : right;
    return right != null || e.isConfiguration()
        ? CommandException.usage(message)
        : CommandException.unfinished(message);
  }

  /**
   * @param role whose server it was
   */
  static CommandException told(SQLException e, Config config, String role) {
    String right = MissingRight.line(e, config);
    return right == null
        ? CommandException.unfinished(role + FailureText.line(e))
        : CommandException.usage(right);
  }
}
