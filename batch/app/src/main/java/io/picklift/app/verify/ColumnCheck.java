package io.picklift.app.verify;

import io.picklift.app.report.CopyDifference;
import io.picklift.app.view.PlainValue;
import io.picklift.app.view.SaveView;
import io.picklift.schema.mapping.ValuePath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares columns of a source row with the values in its save that they are copies of. */
public final class ColumnCheck {
  /** Zeros at the end of the fraction of a second, and the point if nothing else stays. */
  private static final Pattern FRACTION = Pattern.compile("\\.0+$|(?<=\\.\\d{1,6})0+$");

  private final Map<String, ValuePath> paths = new LinkedHashMap<>();

  /**
   * Of these columns.
   *
   * @param columns column to path
   * @throws IllegalArgumentException if a path is none
   */
  public ColumnCheck(Map<String, String> columns) {
    columns.forEach((column, path) -> paths.put(column, ValuePath.parse(path)));
  }

  /**
   * Compares.
   *
   * @param values column to value as text; absent for NULL
   */
  public List<CopyDifference> compare(SaveView view, Map<String, String> values) {
    List<CopyDifference> differences = new ArrayList<>();
    for (Map.Entry<String, ValuePath> entry : paths.entrySet()) {
      int node = view.find(entry.getValue());
      String copy = values.get(entry.getKey());
      PlainValue blob = node == SaveView.NOTHING ? null : PlainValue.of(view.meaning(), node);
      boolean isSame = node == SaveView.NOTHING ? copy == null : blob != null && isSame(blob, copy);
      if (!isSame) {
        differences.add(
            new CopyDifference(
                entry.getKey(),
                entry.getValue().toString(),
                shown(node, blob),
                copy == null ? "NULL" : PlainValue.quote(copy),
                CopyDifference.identity(blob == null ? "" : blob.text(), copy)));
      }
    }
    return differences;
  }

  private static String shown(int node, @Nullable PlainValue blob) {
    if (node == SaveView.NOTHING) {
      return "nothing";
    }
    return blob == null ? "an object" : blob.shown();
  }

  private static boolean isSame(PlainValue blob, @Nullable String copy) {
    if (copy == null) {
      return blob.type() == PlainValue.Type.NONE;
    }
    if (blob.number() != null) {
      BigDecimal other = PlainValue.decimalOrNull(copy);
      return other != null ? blob.isNumber(other) : blob.text().equalsIgnoreCase(copy);
    }
    return switch (blob.type()) {
      case NONE -> false;
      case TEXT -> blob.text().equals(copy) || time(blob.text()).equals(time(copy));
      case TEXT_PREFIX -> time(copy).startsWith(time(blob.text()));
      default -> blob.text().equalsIgnoreCase(copy);
    };
  }

  /** A time as SQL shows it: a blank for the T, no zeros at the end of the fraction. */
  private static String time(String text) {
    boolean maybe = text.length() >= 8 && text.length() <= 40 && text.indexOf(':') > 0;
    return maybe ? FRACTION.matcher(text.replace('T', ' ')).replaceAll("") : text;
  }
}
