package io.picklift.schema.tables.split;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.values.ColumnData;
import java.util.Arrays;

/**
 * A save in plain JSON, as a document's column has it with {@code document: plain}.
 *
 * @param lost how many values do not show as what they are
 */
public record PlainJson(byte[] json, int lost) {
  private static final Mapping MAPPING =
      Mapping.parse(
          "plain JSON",
          """
          version: 1
          tables:
            save:
              root: true
              columns:
                json: {document: plain, unfit: quarantine}
          """);

  /**
   * Writes a save.
   *
   * @throws SplitException where it has no such form; the message says where and why
   */
  public static PlainJson of(Meaning meaning) throws SplitException, LimitException {
    SplitSave split = SaveSplitter.split(MAPPING, meaning, SaveRows.NO_ID);
    ColumnData cells = split.rows().table(0).column(0);
    return new PlainJson(
        Arrays.copyOfRange(cells.pool(), cells.start(0), cells.end(0)), split.counts().unfit());
  }
}
