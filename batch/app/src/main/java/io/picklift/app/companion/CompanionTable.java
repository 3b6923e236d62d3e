package io.picklift.app.companion;

import io.picklift.app.config.CompanionConfig;
import io.picklift.app.source.KeyKind;
import io.picklift.schema.tables.rows.SqlNames;
import java.util.ArrayList;
import java.util.List;

/**
 * A companion whose columns were looked up in the source.
 *
 * @param config what the user wrote
 * @param key the key's columns, which the target has as the source does
 * @param columns the others
 */
record CompanionTable(CompanionConfig config, List<Key> key, List<CompanionColumn> columns) {
  /** The hash of the source's row. */
  static final String ROW_SHA256 = "picklift_sha256";

  /** When the row was copied last, in UTC. */
  static final String COPIED_AT = "picklift_copied_at";

  CompanionTable {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  /** A column of the key. */
  record Key(String name, DeclaredType type, KeyKind kind) {}

  String name() {
    return config.name();
  }

  /** All columns of the target's table in their order, without Picklift's own. */
  List<String> stored() {
    List<String> names = new ArrayList<>(key.stream().map(Key::name).toList());
    for (CompanionColumn column : columns) {
      names.add(column.name());
      if (column.hasBeside()) {
        names.add(column.beside());
      }
    }
    return names;
  }

  String keyList() {
    return SqlNames.quote(key.stream().map(Key::name).toList());
  }
}
