package io.picklift.schema.draft;

import io.picklift.schema.draft.types.TypeChoice;
import io.picklift.schema.draft.types.TypeChooser;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of one place's single values. */
final class ScalarColumns {
  private static final int SPECIAL_SIZE = 16;

  private final TableDraft table;
  private final String name;
  private final ValuePath path;

  ScalarColumns(TableDraft table, String name, ValuePath path) {
    this.table = table;
    this.name = name.isEmpty() ? "value" : name;
    this.path = path;
  }

  List<ColumnDraft> of(List<TypeChoice> choices) {
    if (choices.size() == 1) {
      TypeChoice one = choices.get(0);
      return List.of(
          column(name, one, new ColumnOptions(one.isUtc(), null, null, null, null, null, false)));
    }
    boolean areTimes =
        choices.stream()
            .allMatch(c -> c.kind() == ScalarKind.DATETIME || c.kind() == ScalarKind.INSTANT);
    String kind = areTimes ? null : NameMaker.column(name + "_kind", table.names);
    List<ColumnDraft> columns = new ArrayList<>();
    for (TypeChoice choice : choices) {
      columns.add(column(name(choice, areTimes), choice, options(choice, kind)));
    }
    return columns;
  }

  /** The column of object ids of ZODB, as the key of its storages is. */
  ColumnDraft objectId() {
    ColumnDraft column =
        new ColumnDraft(
            NameMaker.column(name.replaceFirst("_0$", "") + "_oid", table.names),
            path,
            ColumnType.of(ColumnType.Base.BIGINT),
            null,
            "an object id of ZODB: joins the key of that object's record");
    column.options = new ColumnOptions(false, null, ScalarKind.BYTES, null, null, null, false);
    column.index = true;
    return column;
  }

  /**
   * The column of the numbers that are none to a server: nan, infinities, -0.0. Without it a NULL
   * would stand for them, and no query could ask for them.
   */
  ColumnDraft specials() {
    ColumnDraft column =
        new ColumnDraft(
            NameMaker.column(name + "_special", table.names),
            path,
            ColumnType.of(ColumnType.Base.VARCHAR, SPECIAL_SIZE),
            null,
            "nan, inf, -inf, -0.0");
    column.options = new ColumnOptions(false, null, ScalarKind.SPECIAL, null, null, null, false);
    return column;
  }

  /** The column of the bytes of numpy arrays. */
  ColumnDraft packed(long most) {
    ColumnDraft column =
        new ColumnDraft(
            NameMaker.column(name, table.names),
            path,
            TypeChooser.bytes(most * 2),
            null,
            "the elements of numpy arrays");
    column.options =
        new ColumnOptions(
            false,
            null,
            null,
            null,
            NameMaker.column(name + "_dtype", table.names),
            NameMaker.column(name + "_shape", table.names),
            false);
    return column;
  }

  private String name(TypeChoice choice, boolean areTimes) {
    if (areTimes) {
      return choice.isUtc() ? name + "_utc" : name;
    }
    ScalarKind kind = choice.kind();
    return kind == null ? name : name + "_" + kind.label();
  }

  private static ColumnOptions options(TypeChoice choice, @Nullable String kind) {
    boolean isTypes = choice.kind() == ScalarKind.of(choice.type(), choice.isUtc());
    return new ColumnOptions(
        choice.isUtc(), null, isTypes ? null : choice.kind(), kind, null, null, false);
  }

  private ColumnDraft column(String wanted, TypeChoice choice, ColumnOptions options) {
    ColumnDraft column =
        new ColumnDraft(
            NameMaker.column(wanted, table.names), path, choice.type(), null, choice.comment());
    column.options = options;
    return column;
  }
}
