package io.picklift.schema.tables.rows;

import io.picklift.codec.Memory;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All mapped rows of one save. */
public final class SaveRows {
  /** Of rows whose save has no {@code save_id} yet. */
  public static final long NO_ID = 0;

  private final long saveId;
  private final TableRows[] tables;

  /**
   * No rows yet, in any table of the mapping.
   *
   * @param memory that the rows may take
   */
  public SaveRows(Mapping mapping, long saveId, Memory memory) {
    this.saveId = saveId;
    tables = new TableRows[mapping.tables().size()];
    for (TableMapping table : mapping.tables()) {
      tables[table.number()] = new TableRows(table, memory);
    }
  }

  private SaveRows(long saveId, TableRows[] tables) {
    this.saveId = saveId;
    this.tables = tables;
  }

  /** The same rows, not a copy, as those of the save with this id. */
  public SaveRows withSaveId(long id) {
    return new SaveRows(id, tables);
  }

  public long saveId() {
    return saveId;
  }

  /** One for each table of the mapping, in its order. */
  public List<TableRows> tables() {
    return List.of(tables);
  }

  /** The rows of the table of that number in the mapping. */
  public TableRows table(int number) {
    return tables[number];
  }

  /** About how many bytes of heap they take. */
  public long footprint() {
    long bytes = 0;
    for (TableRows table : tables) {
      bytes += table.footprint();
    }
    return bytes;
  }

  /** The rows of all tables together. */
  public int size() {
    int size = 0;
    for (TableRows table : tables) {
      size += table.size();
    }
    return size;
  }

  /** What is the first cell that could not be read; null where all could. */
  public @Nullable String unreadable() {
    for (TableRows table : tables) {
      String cell = table.unreadable();
      if (cell != null) {
        return cell;
      }
    }
    return null;
  }

  /** Whether there are rows in the table of that number. */
  public boolean has(int table) {
    return table(table).size() > 0;
  }
}
