package io.picklift.app.source;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that leave the rows of a range of keys. */
final class KeyBounds {
  private final List<KeyKind> kinds;
  private final List<String> sorted;

  /**
   * @param kinds the kind of each key column
   * @param sorted the same columns as what the keys are sorted by
   */
  KeyBounds(List<KeyKind> kinds, List<String> sorted) {
    this.kinds = List.copyOf(kinds);
    this.sorted = List.copyOf(sorted);
  }

  /** What comes behind one key, up to another, which belongs to it. */
  String within(@Nullable SaveKey after, @Nullable SaveKey upTo) {
    return (after == null ? "" : " AND " + beyond()) + (upTo == null ? "" : " AND NOT " + beyond());
  }

  /** Sets the parameters of {@link #within}, the first ones of a statement. */
  void bind(PreparedStatement statement, @Nullable SaveKey after, @Nullable SaveKey upTo)
      throws SQLException {
    int parameter = 1;
    if (after != null) {
      parameter = bind(statement, parameter, after);
    }
    if (upTo != null) {
      bind(statement, parameter, upTo);
    }
  }

  /**
   * Keys beyond a bound, column by column; MySQL uses an index for this, and does not for {@code
   * (a, b) > (?, ?)}.
   */
  private String beyond() {
    StringBuilder sql = new StringBuilder("(");
    for (int i = 0; i < kinds.size(); i++) {
      sql.append(i == 0 ? "" : " OR ").append('(');
      for (int j = 0; j < i; j++) {
        sql.append(sorted.get(j)).append(" = ? AND ");
      }
      sql.append(sorted.get(i)).append(" > ?)");
    }
    return sql.append(')').toString();
  }

  private int bind(PreparedStatement statement, int first, SaveKey key) throws SQLException {
    int parameter = first;
    for (int i = 0; i < kinds.size(); i++) {
      for (int j = 0; j <= i; j++) {
        kinds.get(j).bind(statement, parameter++, key.parts().get(j));
      }
    }
    return parameter;
  }
}
