package io.picklift.app.export;

import io.picklift.app.decode.RefusedException;
import io.picklift.app.scan.ScannedSave;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What an export's saves become. Any number of threads write at a time. */
public interface ExportForm {
  /** The file in the archive that holds all saves. */
  String entry();

  /**
   * Writes one save.
   *
   * @throws RefusedException if the save cannot have this form
   */
  void write(ScannedSave.Save save, OutputStream out) throws RefusedException, IOException;

  /** By column, how many values were left out of what is written by now. */
  Map<String, Long> left();

  /** The schemas to read them by: name and text. */
  Map<String, String> schemas() throws IOException;
}
