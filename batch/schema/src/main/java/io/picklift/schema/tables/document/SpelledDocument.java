package io.picklift.schema.tables.document;

import io.picklift.schema.tables.values.CellText;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * A given document whose dates, times and Decimals are written as a graph's document has them:
 * {@code 2026-05-01 02:30} as {@code 2026-05-01T02:30:00.000000} where the graph has a date there,
 * and not where it has a text; the number 7.25 as a text where it has a Decimal.
 */
public final class SpelledDocument extends GivenDocument {
  private final NodeValueReader values;
  private final Scalar value = new Scalar();

  private SpelledDocument(JsonDocuments json, NodeValueReader values, Object given) {
    super(json, given);
    this.values = values;
  }

  /**
   * The document so written.
   *
   * @param node of the value that the graph has
   * @param given may be changed
   */
  public static Object of(JsonDocuments json, NodeValueReader values, int node, Object given) {
    SpelledDocument spelled = new SpelledDocument(json, values, given);
    byte[] shown = json.document(node, spelled);
    return shown == null ? given : spelled.given();
  }

  @Override
  protected void leaf(int node, @Nullable Object found) {
    String text = null;
    if (found instanceof String given) {
      text = given;
    } else if (found instanceof Number && values.type(node) == Scalar.Type.DECIMAL) {
      text = CellText.decimal(found);
    }
    if (text != null && values.readText(node, text, value)) {
      replace(CellText.of(value));
    }
  }
}
