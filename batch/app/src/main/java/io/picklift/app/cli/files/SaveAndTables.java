package io.picklift.app.cli.files;

import io.picklift.app.cli.terminal.CommandException;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.restore.RestoredSaves;
import io.picklift.app.source.SaveKey;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.yaml.ConfigurationException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * What a save means in the source now, and what the target's tables and residue give for it now.
 */
record SaveAndTables(Meaning blob, Meaning tables) {
  /** Reads both; the target first, so that a save that changes meanwhile is told as changed. */
  static SaveAndTables read(Path file, String text, DecodingEngine.Name engine, Limits limits)
      throws CodecException {
    try {
      Config config = ConfigReader.read(file);
      Meaning tables = tables(config, text, limits);
      byte[] blob = SourceSave.blob(config, text, limits);
      return new SaveAndTables(
          BlobDecoder.of(engine, limits, config.source()).decode(blob).meaning(), tables);
    } catch (ConfigurationException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    } catch (RefusedException e) {
      throw CommandException.look("--key " + text + ": the BLOB: " + e.refusal().line());
    }
  }

  private static Meaning tables(Config config, String text, Limits limits) throws CodecException {
    try (RestoredSaves saves = RestoredSaves.open(config, limits)) {
      RebuiltSave save = saves.rebuilt(SaveKey.parse(text, config.source().key().size()));
      if (save == null) {
        throw CommandException.usage(
            "--key " + text + ": the target has no such save, or has it in quarantine");
      }
      return save.meaning();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--key " + text + ": " + e.getMessage());
    } catch (RebuildException e) {
      throw CommandException.look("--key " + text + ": the tables give no save: " + e.getMessage());
    } catch (DatabaseException e) {
      throw SourceSave.told(e, config);
    } catch (SQLException e) {
      throw SourceSave.told(e, config, "target: ");
    }
  }
}
