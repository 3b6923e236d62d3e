package io.picklift.app.verify;

import io.picklift.app.report.CopyDifference;
import io.picklift.app.report.Finding;
import io.picklift.app.source.SourceRow;
import io.picklift.app.view.SaveView;
import io.picklift.codec.meaning.Meaning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the copies that stand beside a BLOB in its row, columns and JSON, with the save. */
public final class CopyCheck {
  private final ColumnCheck columns;
  private final boolean isNone;
  private final @Nullable String jsonColumn;

  /**
   * @param columns column to path
   * @param jsonColumn the source's column with a JSON copy; null for none
   */
  public CopyCheck(Map<String, String> columns, @Nullable String jsonColumn) {
    this.columns = new ColumnCheck(columns);
    this.jsonColumn = jsonColumn;
    this.isNone = columns.isEmpty() && jsonColumn == null;
  }

  /** Whether there is nothing to compare. */
  public boolean isNone() {
    return isNone;
  }

  /** Adds what the copies of a save say that the save does not. */
  public void compare(Meaning meaning, SourceRow row, List<Finding> findings) {
    if (isNone) {
      return;
    }
    SaveView view = new SaveView(meaning);
    for (CopyDifference difference : columns.compare(view, row.columns())) {
      findings.add(Finding.copyDiffers(difference));
    }
    String json = row.json();
    if (jsonColumn != null && json != null) {
      try {
        JsonCheck.Differences differences = JsonCheck.compare(view, jsonColumn, json);
        differences.first().forEach(d -> findings.add(Finding.copyDiffers(d)));
        if (differences.more() > 0) {
          findings.add(Finding.copyDiffersMore(jsonColumn, differences.more()));
        }
      } catch (JsonCheck.UnreadableException e) {
        findings.add(Finding.unreadable(jsonColumn, String.valueOf(e.getMessage())));
      }
    }
  }
}
