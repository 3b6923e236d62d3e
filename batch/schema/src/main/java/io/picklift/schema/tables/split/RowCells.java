package io.picklift.schema.tables.split;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.SourceColumn;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.UnfitPolicy;
import io.picklift.schema.tables.document.JsonDocuments;
import io.picklift.schema.tables.document.WholeDocuments;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.WalkPlan;

/** Cells that are made of a row's whole value: documents of it, and what is computed. */
final class RowCells {
  private final WalkPlan plan;
  private final Meaning meaning;
  private final JsonDocuments json;
  private final RowComputer computer;
  private final SplitTally tally;
  private final Scalar value = new Scalar();

  RowCells(
      WalkPlan plan, Meaning meaning, JsonDocuments json, RowComputer computer, SplitTally tally) {
    this.plan = plan;
    this.meaning = meaning;
    this.json = json;
    this.computer = computer;
    this.tally = tally;
  }

  /** Adds the row's whole value as a document. */
  void document(int table, int number, int ordinal, StoredColumn column, int node, ColumnData cells)
      throws LimitException {
    boolean isPlain = column.shown() instanceof StoredColumn.Document of && of.isPlain();
    WholeDocuments.Document document =
        isPlain ? WholeDocuments.plain(json, meaning, node) : WholeDocuments.forms(meaning, node);
    byte[] text = document.json();
    tally.unfit(table, number, document.lost());
    if (text != null) {
      tally.found(table, number);
      cells.add(text);
      return;
    }
    cells.addNull();
    if (column.unfit() == UnfitPolicy.QUARANTINE && !tally.isRefused()) {
      String name = plan.mapping.tables().get(table).name();
      tally.refuse(
          SplitException.ofDocument(
              name, column.name(), ordinal, String.valueOf(document.problem())));
    }
  }

  /** Adds a computed cell; false where it is NULL and counts as a value that does not fit. */
  boolean computed(
      int table, int number, int ordinal, StoredColumn column, int node, ColumnData cells) {
    String message = null;
    try {
      Object given = computer.cell(table, number, meaning, node);
      boolean isThere = given != RowComputer.NOTHING;
      if (isThere) {
        tally.found(table, number);
      }
      if (!ComputedCells.add(isThere ? given : null, plan.codecs[table][number], value, cells)) {
        String where = computer.where(table, number);
        message =
            (where.isEmpty() ? "" : where + ": ")
                + "the computed value does not fit into a "
                + column.type().sql();
      }
    } catch (RowComputer.Failure e) {
      message = e.getMessage();
    }
    if (message == null) {
      return true;
    }
    cells.addNull();
    if (!computer.refuses(table, number)) {
      tally.unfit(table, number, 1);
      computer.failed(table, number, message);
      return false;
    }
    String name = plan.mapping.tables().get(table).name();
    SourceColumn source = column.source();
    tally.refuse(
        source == null
            ? new SplitException(
                name, column.name(), ordinal, name + "." + column.name() + ": " + message)
            : new SplitException(
                name,
                column.name(),
                ordinal,
                "the source's " + source.column(),
                column.type().sql()));
    return true;
  }
}
