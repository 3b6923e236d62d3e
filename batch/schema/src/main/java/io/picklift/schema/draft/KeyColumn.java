package io.picklift.schema.draft;

import io.picklift.schema.draft.types.TypeChoice;
import io.picklift.schema.draft.types.TypeChooser;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import org.jspecify.annotations.Nullable;

/** The column of a map's keys in the table of its members. */
final class KeyColumn {
  private KeyColumn() {}

  /** The column; null where no single one holds nearly all keys. */
  static @Nullable ColumnDraft of(@Nullable ValueProfile keys, TableBuilder builder) {
    if (keys == null) {
      return null;
    }
    TypeChoice choice = TypeChooser.choose(keys);
    boolean areMixed = TypeChooser.chooseAll(keys).size() > 1;
    if (choice == null || areMixed || choice.fits() * 10 < keys.count() * 9) {
      return null;
    }
    ColumnType type = choice.type();
    String name = type.base().isText() ? "name" : type.base().isInteger() ? "number" : "item_key";
    ColumnDraft key = new ColumnDraft(name, ValuePath.SELF, type, null, choice.comment());
    key.unique = areUnique(keys, type, builder) && !builder.isSample();
    return key;
  }

  /** Whether keys that differ to Python differ to the server, too. */
  private static boolean areUnique(ValueProfile keys, ColumnType type, TableBuilder builder) {
    boolean areNumbers =
        type.base().isInteger()
            && keys.count(ValueKind.DURATION) == 0
            && keys.count(ValueKind.INT) == keys.count();
    boolean areUuids =
        type.base() == ColumnType.Base.BINARY && keys.count(ValueKind.UUID) == keys.count();
    // Members of two enums may be one text.
    boolean areTexts =
        type.isIndexable()
            && keys.count(ValueKind.TEXT) == keys.count()
            && keys.classes().isEmpty()
            && builder.profile().exactCollation() != null;
    return areNumbers || areUuids || areTexts;
  }
}
