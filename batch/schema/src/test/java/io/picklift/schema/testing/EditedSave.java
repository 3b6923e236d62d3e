package io.picklift.schema.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;

/** A save that was taken apart, whose rows a test edits. */
public final class EditedSave {
  private final Mapping mapping;
  private final SplitSave split;
  private final EditableRows rows;

  /**
   * Takes a save apart.
   *
   * @param mapping the text of a mapping file
   * @param hex a pickle
   */
  public EditedSave(String mapping, String hex) throws Exception {
    this.mapping = Mapping.parse("mapping.yaml", mapping);
    split = SaveSplitter.split(this.mapping, Saves.decodeHex(hex), 1, Limits.defaults());
    rows = new EditableRows(this.mapping, split.rows());
  }

  public EditableRows rows() {
    return rows;
  }

  /** The save as its rows have it now. */
  public SaveGraph joined() throws JoinException, CodecException {
    return SaveJoiner.join(mapping, split.residue(), rows.rows(), Limits.defaults());
  }
}
