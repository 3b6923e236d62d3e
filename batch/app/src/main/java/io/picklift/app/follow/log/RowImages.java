package io.picklift.app.follow.log;

import io.picklift.app.source.SaveKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys from the rows of one table. An image may lack columns; all columns but the key's
 * are skipped.
 */
final class RowImages {
  /** What a row event says has happened to a row. */
  enum Change {
    INSERT,
    UPDATE,
    DELETE
  }

  /** Is told of each key. */
  interface Keys {
    void found(SaveKey key, boolean isInserted);
  }

  private final TableMap map;
  private final List<KeyColumn> key;

  /** Where each column of the table stands in the key; -1 for the others. */
  private final int[] places;

  /**
   * @throws LogFormatException if the table is not what the layout says
   */
  RowImages(TableMap map, TableLayout layout) throws LogFormatException {
    this.map = map;
    key = layout.key();
    places = new int[map.types().size()];
    Arrays.fill(places, -1);
    for (int i = 0; i < key.size(); i++) {
      int place = place(layout, key.get(i));
      if (!key.get(i).isOf(map.types().get(place))) {
        throw new LogFormatException(
            "the log has another type of '"
                + map.table()
                + "."
                + key.get(i).name()
                + "' than "
                + key.get(i).declared());
      }
      places[place] = i;
    }
  }

  private int place(TableLayout layout, KeyColumn column) throws LogFormatException {
    for (int i = 0; i < map.names().size(); i++) {
      if (map.names().get(i).equalsIgnoreCase(column.name())) {
        return i;
      }
    }
    if (!map.names().isEmpty() || map.types().size() != layout.columns()) {
      throw new LogFormatException(
          "the log has "
              + map.types().size()
              + " columns of '"
              + map.table()
              + "', and the table has "
              + layout.columns());
    }
    return column.place();
  }

  /** Reads the rows of an event, whose header was read. */
  void read(LogInput in, Change change, Keys keys) throws IOException {
    int count = (int) in.packed();
    if (count != places.length) {
      throw new LogFormatException("a row has other columns than its table");
    }
    boolean[] first = in.bits(count);
    boolean[] second = change == Change.UPDATE ? in.bits(count) : first;
    while (in.left() > 0) {
      List<@Nullable String> before = image(in, first);
      if (change != Change.UPDATE) {
        keys.found(whole(before), change == Change.INSERT);
        continue;
      }
      List<@Nullable String> after = image(in, second);
      // A key column that a minimal image leaves out is as it was.
      for (int i = 0; i < after.size(); i++) {
        if (after.get(i) == null) {
          after.set(i, before.get(i));
        }
      }
      SaveKey old = whole(before);
      SaveKey now = whole(after);
      keys.found(old, false);
      if (!now.equals(old)) {
        keys.found(now, true);
      }
    }
  }

  private SaveKey whole(List<@Nullable String> parts) throws LogFormatException {
    List<String> known = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part == null) {
        throw new LogFormatException(
            "a row is logged without its key column '" + key.get(i).name() + "'");
      }
      known.add(part);
    }
    return new SaveKey(known);
  }

  /** The key's values in an image; null for those that it lacks. */
  private List<@Nullable String> image(LogInput in, boolean[] present) throws IOException {
    int count = 0;
    for (boolean is : present) {
      count += is ? 1 : 0;
    }
    boolean[] isNull = in.bits(count);
    @Nullable String[] parts = new @Nullable String[key.size()];
    int number = 0;
    for (int i = 0; i < present.length; i++) {
      if (!present[i] || isNull[number++]) {
        continue;
      }
      WireType type = map.types().get(i);
      long length = CellInput.length(in, type);
      if (places[i] < 0) {
        in.pass(length);
      } else {
        parts[places[i]] = key.get(places[i]).read(in, type, length);
      }
    }
    return Arrays.asList(parts);
  }
}
