package io.picklift.schema.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A column as the table has it, after {@code save_id} and {@code ordinal}.
 *
 * @param mapping where its values come from, for {@link Role#VALUE} and {@link Role#REFERENCE}; of
 *     a column beside another, where that other's come from
 * @param source what a {@link Role#SOURCE} is of; null for any other
 * @param shown what a {@link Role#DOCUMENT} or {@link Role#GENERATED} shows; null for any other
 */
public record StoredColumn(
    String name,
    ColumnType type,
    Role role,
    UnfitPolicy unfit,
    @Nullable ColumnMapping mapping,
    @Nullable SourceColumn source,
    @Nullable Shown shown) {
  /** A column that holds something of the save. */
  public StoredColumn(
      String name, ColumnType type, Role role, UnfitPolicy unfit, @Nullable ColumnMapping mapping) {
    this(name, type, role, unfit, mapping, null, null);
  }

  /** What a column shows that the save is not restored from. */
  public sealed interface Shown {}

  /**
   * The row's whole value as one document.
   *
   * @param isPlain in plain JSON, which does not say all; else in the forms of {@code decode}
   * @param isBeside whether it stands in the source's table, beside the BLOB
   */
  public record Document(boolean isPlain, boolean isBeside) implements Shown {}

  /**
   * What the server takes out of a document.
   *
   * @param of the document's column
   * @param path in the document
   */
  public record Generated(String of, ValuePath path) implements Shown {}

  /** Whether rows of the mapped table bring it; others are the server's or the source's. */
  public boolean isWritten() {
    return role != Role.GENERATED && !isBeside();
  }

  /** Whether it is a column of the source's table. */
  public boolean isBeside() {
    return shown instanceof Document document && document.isBeside();
  }

  /** Whether each row has something there: the column is NOT NULL. */
  public boolean isRequired() {
    return switch (role) {
      case OWNER, POSITION -> true;
      case VALUE, REFERENCE, CLASS -> mapping != null && mapping.required();
      case KEY, OFFSET, KIND, DTYPE, SHAPE, UNFIT, COMPUTED, SOURCE, DOCUMENT, GENERATED -> false;
    };
  }

  /** What the column holds. */
  public enum Role {
    /** The ordinal of the row whose container this row is a member of. */
    OWNER,
    /** The place in the container. */
    POSITION,
    /** The key in the dict. */
    KEY,
    /** The name of the object's class. */
    CLASS,
    VALUE,
    /** The ordinal of another object's row. */
    REFERENCE,
    /** Beside a date with a zone: how many seconds its own clock is ahead of UTC. */
    OFFSET,
    /** Which kind of value stands at the path that some columns share. */
    KIND,
    /** Beside the bytes of a numpy array: its type, as numpy writes it. */
    DTYPE,
    /** Beside the bytes of a numpy array: its sizes, with commas between. */
    SHAPE,
    /** The names of the row's columns that cannot hold their value. */
    UNFIT,
    /** What an adapter computes of the row's object: no part of the save. */
    COMPUTED,
    /** A column of the source's row, such as its key: no part of the save. */
    SOURCE,
    /** The row's whole value as a document, for show: the save is restored from its residue. */
    DOCUMENT,
    /** What the server takes out of a document. */
    GENERATED;

    /** Whether the save is restored without the column. */
    public boolean isOutside() {
      return this == COMPUTED || this == SOURCE || this == DOCUMENT || this == GENERATED;
    }

    /** Whether the column says something of what others hold, and holds no value itself. */
    public boolean isBeside() {
      return this == OFFSET || this == KIND || this == DTYPE || this == SHAPE || this == UNFIT;
    }
  }
}
