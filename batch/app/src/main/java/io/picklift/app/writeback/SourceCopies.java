package io.picklift.app.writeback;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.source.SourceRow;
import io.picklift.app.verify.ColumnCheck;
import io.picklift.app.view.PlainValue;
import io.picklift.app.view.SaveView;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.ValuePath;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to stand beside a BLOB in the source's row: the columns that are copies of its values.
 */
final class SourceCopies {
  private final SourceConfig config;
  private final ColumnCheck check;
  private final boolean isJsonCleared;

  /**
   * @param isJsonCleared whether a JSON copy becomes NULL
   */
  SourceCopies(SourceConfig config, boolean isJsonCleared) {
    this.config = config;
    check = new ColumnCheck(config.columns());
    this.isJsonCleared = isJsonCleared;
  }

  /** Why the copies of a save cannot be written; null where they can. */
  @Nullable String problem(Meaning meaning, SourceRow row) {
    if (row.json() != null && !isJsonCleared) {
      return "the row has a JSON copy in "
          + config.json()
          + ", which would differ from the BLOB: --clear-json sets it to NULL";
    }
    SaveView view = new SaveView(meaning);
    for (var difference : check.compare(view, row.columns())) {
      int node = view.find(ValuePath.parse(difference.path()));
      PlainValue value = node == SaveView.NOTHING ? null : PlainValue.of(meaning, node);
      boolean isPlain =
          node == SaveView.NOTHING
              || (value != null
                  && value.type() != PlainValue.Type.TEXT_PREFIX
                  && value.type() != PlainValue.Type.BYTES);
      if (!isPlain) {
        return difference.path()
            + " is no plain value, which the column "
            + difference.column()
            + " could be a copy of: take it out of source.columns";
      }
    }
    return null;
  }

  /** The columns to be written, those that say something else than the save. */
  Map<String, @Nullable String> changed(Meaning meaning, SourceRow row) {
    Map<String, @Nullable String> changed = new LinkedHashMap<>();
    SaveView view = new SaveView(meaning);
    for (var difference : check.compare(view, row.columns())) {
      int node = view.find(ValuePath.parse(difference.path()));
      PlainValue value = node == SaveView.NOTHING ? null : PlainValue.of(meaning, node);
      changed.put(difference.column(), value == null ? null : text(value));
    }
    String json = config.json();
    if (json != null && row.json() != null) {
      changed.put(json, null);
    }
    return changed;
  }

  private static @Nullable String text(PlainValue value) {
    return switch (value.type()) {
      case NONE -> null;
      case BOOL -> value.text().equalsIgnoreCase("true") ? "1" : "0";
      default -> value.text();
    };
  }

  /** The first column that does not hold its value; null where all do. */
  @Nullable String unheld(Meaning meaning, SourceRow row) {
    return check.compare(new SaveView(meaning), row.columns()).stream()
        .map(difference -> difference.column())
        .findFirst()
        .orElse(null);
  }
}
