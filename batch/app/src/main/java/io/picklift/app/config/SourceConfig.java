package io.picklift.app.config;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.codec.pickle.RecordRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code source} of a configuration.
 *
 * @param database the server; null where the saves are in files
 * @param files a folder or an archive of pickles; null where they are in a table
 * @param table the table of the saves
 * @param key its primary key
 * @param blob the column of the pickle
 * @param where which rows, as SQL; null for all
 * @param watermark a column that grows with every write; null where the BLOB's hash tells a change
 * @param encoding the encodings around the pickle, outermost first; null where the content tells
 * @param columns columns that hold a copy of a value: column to path in the save
 * @param json a column that holds a JSON copy of the save; null for none
 * @param name what the ledger calls the source; null for the table's name
 * @param overlap how near to the newest watermark rows are compared by hash, in seconds or in steps
 *     of a counter; null for the default
 * @param carry columns of the row, its key apart, that go into the target beside the save
 * @param splitBy the column whose value says which table a row's save goes into, one of the key or
 *     of {@code carry}; null where all go by one rule
 * @param repair whether to mend what text columns did to the pickles
 * @param records what the pickles of a value are taken for
 * @param replica where rows are read; null for {@code database}
 * @param insert what other columns get in rows that {@code writeback} adds: column to value
 */
public record SourceConfig(
    @Nullable Database database,
    @Nullable Path files,
    String table,
    List<String> key,
    String blob,
    @Nullable String where,
    @Nullable String watermark,
    @Nullable List<Encoding> encoding,
    Map<String, String> columns,
    @Nullable String json,
    @Nullable String name,
    @Nullable Long overlap,
    List<String> carry,
    @Nullable String splitBy,
    boolean repair,
    RecordRule records,
    @Nullable Replica replica,
    Map<String, String> insert) {
  /** What the ledger calls the source. */
  public String label() {
    return name == null ? table : name;
  }

  /**
   * The copies whose change is found by their hash: with a watermark, it shows as a change of that.
   */
  public List<String> hashedCopies() {
    List<String> copies = new ArrayList<>();
    if (watermark == null) {
      copies.addAll(columns.keySet());
      if (json != null) {
        copies.add(json);
      }
    }
    return copies;
  }

  /** The same with a column that is read with each row, as a JSON copy is. */
  public SourceConfig withJson(String column) {
    return new SourceConfig(
        database, files, table, key, blob, where, watermark, encoding, columns, column, name,
        overlap, carry, splitBy, repair, records, replica, insert);
  }
}
