package io.picklift.schema.report;

import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;

/**
 * The tables of a mapping as a drawing: solid lines lead to child rows, dashed ones are references.
 */
final class TableDiagram {
  private TableDiagram() {}

  static BoxDiagram of(Mapping mapping) {
    BoxDiagram diagram = new BoxDiagram("The proposed tables");
    for (TableMapping table : mapping.tables()) {
      int columns = table.stored().size() + 2;
      diagram.box(
          table.name(),
          new BoxDiagram.Box(
              table.name(),
              table.name(),
              ProfileHtml.lineAnchor(table.line()),
              columns + " columns",
              columns));
      if (table.source() instanceof RowSource.Each each) {
        String title = table.name() + ": the members of " + each.ownerTable() + "." + each.path();
        diagram.arrow(each.ownerTable(), table.name(), new BoxDiagram.Arrow(title, true, 1));
      } else {
        diagram.arrow("", table.name(), new BoxDiagram.Arrow("", true, 1));
      }
    }
    for (TableMapping table : mapping.tables()) {
      for (StoredColumn column : table.stored()) {
        ColumnMapping from = column.mapping();
        if (from != null && from.references() != null) {
          String title = table.name() + "." + column.name() + " refers to " + from.references();
          diagram.arrow(table.name(), from.references(), new BoxDiagram.Arrow(title, false, 1));
        }
      }
    }
    return diagram;
  }
}
