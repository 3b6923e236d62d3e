package io.picklift.schema.tables.template;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.MappingWalk;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that a save's cells show which are calls of a class of an application with one text or
 * whole number, or attributes of one by name, as members of enums are. A cell of a JSON column may
 * show many.
 */
final class ShownCalls {
  /** Python's own, which are calls of any text or number. */
  private static final Set<String> LIBRARIES =
      Set.of(
          "__builtin__",
          "_codecs",
          "builtins",
          "collections",
          "datetime",
          "decimal",
          "fractions",
          "ipaddress",
          "pathlib",
          "re",
          "uuid");

  /**
   * Behind the name of a class whose members are written by name: one save may have a member as
   * {@code getattr(Rank, 'KING')}, which another, by another Python, has as {@code Rank('king')}.
   */
  static final String BY_NAME = " (by name)";

  private final Meaning meaning;
  private final NodeValueReader values;
  private final JsonDocuments json;
  private final Scalar value = new Scalar();

  ShownCalls(MappingWalk walk, Meaning meaning, NodeValueReader values) {
    this.meaning = meaning;
    this.values = values;
    json = new JsonDocuments(walk, meaning, values);
  }

  /** Takes a call. */
  interface Taker {
    /**
     * One call.
     *
     * @param className with its module, and {@link #BY_NAME} where that is so
     */
    void call(int node, String className);
  }

  /** Gives the calls that a cell shows. */
  void cell(StoredColumn column, int node, Taker taker) {
    boolean isValue =
        column.role() == StoredColumn.Role.VALUE || column.role() == StoredColumn.Role.KEY;
    if (!isValue || node < 0) {
      return;
    }
    if (isDocument(column)) {
      byte[] ignored = json.document(node, (leaf, exact) -> take(leaf, taker));
    } else {
      take(node, taker);
    }
  }

  static boolean isDocument(StoredColumn column) {
    return column.type().base() == ColumnType.Base.JSON;
  }

  /** The path of the call at hand, which a document shows. */
  String path(String document) {
    return json.path(document);
  }

  private void take(int node, Taker taker) {
    if (values.isNamed(node)) {
      int of = values.namedClass(node);
      if (meaning.kind(of) == Kind.GLOBAL) {
        taker.call(node, meaning.globalName(of) + BY_NAME);
      }
      return;
    }
    if (meaning.graph().op(node) != Op.REDUCE) {
      return;
    }
    Scalar.Type type = values.type(node);
    boolean isOne =
        (type == Scalar.Type.TEXT || type == Scalar.Type.INT)
            && values.isCallOf(node, type)
            && meaning.kind(meaning.callable(node)) == Kind.GLOBAL;
    String name = isOne ? meaning.className(meaning.callable(node)) : null;
    int dot = name == null ? -1 : name.indexOf('.');
    if (name != null && dot > 0 && !LIBRARIES.contains(name.substring(0, dot))) {
      taker.call(node, name);
    }
  }

  /**
   * What a call's cell or document shows, as text; null of what is neither text nor a whole number.
   */
  @Nullable String text(int node) {
    values.read(node, value);
    return switch (value.type) {
      case INT -> (value.isBig ? value.big : BigInteger.valueOf(value.number)).toString();
      case TEXT -> new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8);
      default -> null;
    };
  }
}
