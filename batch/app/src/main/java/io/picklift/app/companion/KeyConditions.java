package io.picklift.app.companion;

import static io.picklift.schema.tables.rows.SqlNames.quote;

import io.picklift.app.source.SaveKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Asks for rows by their keys, on either side. */
final class KeyConditions {
  private KeyConditions() {}

  /** The key's columns: numbers and bytes as they are, times and text as the server writes them. */
  static String selected(CompanionTable table) {
    return table.key().stream().map(KeyConditions::selected).collect(Collectors.joining(", "));
  }

  private static String selected(CompanionTable.Key key) {
    String name = quote(key.name());
    return switch (key.kind()) {
      case TEXT -> "CAST(" + name + " AS CHAR)";
      case NUMBER -> key.type().base().equals("bit") ? "(" + name + " + 0)" : name;
      case BINARY, CHOICE -> name;
    };
  }

  /** A condition for any of {@code count} keys. */
  static String any(CompanionTable table, int count) {
    String one =
        table.key().stream()
            .map(key -> quote(key.name()) + " = ?")
            .collect(Collectors.joining(" AND ", "(", ")"));
    return "(" + String.join(" OR ", Collections.nCopies(count, one)) + ")";
  }

  /** Sets the condition's parameters; returns the number of the next one. */
  static int bind(
      CompanionTable table, PreparedStatement statement, int first, Collection<SaveKey> keys)
      throws SQLException {
    int parameter = first;
    for (SaveKey key : keys) {
      for (int i = 0; i < table.key().size(); i++) {
        table.key().get(i).kind().bind(statement, parameter++, key.parts().get(i));
      }
    }
    return parameter;
  }

  /** Reads a key from the columns beginning at {@code column}. */
  static SaveKey key(CompanionTable table, ResultSet row, int column) throws SQLException {
    List<String> parts = new ArrayList<>();
    int number = column;
    for (CompanionTable.Key key : table.key()) {
      parts.add(key.kind().read(row, number++));
    }
    return new SaveKey(parts);
  }
}
