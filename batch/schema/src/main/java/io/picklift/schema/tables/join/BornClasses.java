package io.picklift.schema.tables.join;

import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.values.ColumnData;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.values.Scalar;
import io.picklift.schema.tables.walk.PathNode;
import io.picklift.schema.tables.walk.WalkPlan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which of the objects in a place a new one is made like: those of its class. */
final class BornClasses {
  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final NodeValueReader values;
  private final Likes likes;
  private final BornRows rows;
  private final Map<String, Like> elsewhere = new HashMap<>();

  BornClasses(WalkPlan plan, Meaning meaning, NodeValueReader values, Likes likes, BornRows rows) {
    this.plan = plan;
    this.meaning = meaning;
    graph = meaning.graph();
    this.values = values;
    this.likes = likes;
    this.rows = rows;
  }

  boolean isParted(int node) {
    return switch (graph.kind(node)) {
      case DICT, TUPLE -> true;
      case OBJECT, CALL -> values.type(node) == Scalar.Type.OTHER;
      default -> false;
    };
  }

  boolean isAnyParted(Like like) {
    return like.any("parted", this::isParted);
  }

  /** What it is: the name of its class, or of a plain one. */
  String name(int node) {
    return switch (graph.kind(node)) {
      case OBJECT, CALL -> {
        int callable = meaning.callable(node);
        yield meaning.kind(callable) == Kind.GLOBAL ? meaning.globalName(callable) : "?";
      }
      case DICT -> "dict";
      case LIST -> "list";
      default -> "tuple";
    };
  }

  /** Those of the values there that have the class of the new one, the save's own ahead. */
  Like ofClass(PathNode path, int table, int row, Like like) throws JoinException {
    int column = classColumn(path, table);
    String wanted = className(column, table, row);
    if (column >= 0 && wanted == null && !rows.isBorn(plan.mapping.tables().get(table), row)) {
      if (!isAnyParted(like)) {
        likes.none();
      }
      throw rows.refused(
          table,
          row,
          "needs its class in " + columnName(table, column) + ": set it to " + classes(like));
    }
    Like found =
        wanted == null
            ? like.those("parted", this::isParted)
            : like.those(
                List.of("class", wanted), node -> isParted(node) && name(node).equals(wanted));
    if (found.isEmpty() && wanted == null && path.placeCount() > 0) {
      found = like.those("list", node -> graph.kind(node) == Kind.LIST);
    }
    if (found.isEmpty() && wanted != null) {
      found = elsewhere.computeIfAbsent(wanted, this::elsewhere);
    }
    if (found.isEmpty()) {
      likes.none();
      OpenCells cells = new OpenCells(plan, rows);
      String names = cells.names(path, table, row);
      throw rows.refused(
          table,
          row,
          (wanted == null ? "has nothing" : "has no object of class " + wanted)
              + " that "
              + (names.isEmpty() ? "it" : "the value of " + names)
              + " could be made like, in this save or in those that picklift_template has of its"
              + " protocol: "
              + cells.undone(path, table, row)
              + ", or run cutover once a save has one");
    }
    String first = name(found.first());
    if (!likes.first(found).all("of one class", node -> name(node).equals(first))) {
      throw rows.refused(
          table,
          row,
          "does not say of which class it is, and there are several: "
              + (column < 0
                  ? "add a class column"
                  : "set " + columnName(table, column) + " to " + classes(likes.first(found))));
    }
    return found.those(List.of("class", first), node -> name(node).equals(first));
  }

  private String columnName(int table, int column) {
    return plan.mapping.tables().get(table).stored().get(column).name();
  }

  /** The classes that stand there, in words. */
  private String classes(Like like) {
    String names =
        Arrays.stream(like.nodes())
            .filter(this::isParted)
            .mapToObj(node -> "'" + name(node) + "'")
            .distinct()
            .collect(Collectors.joining(" or "));
    return names.isEmpty() ? "the name of its class" : names;
  }

  /** Objects of a class that stand in any other place, the save's own ahead. */
  private Like elsewhere(String wanted) {
    return Like.of(
        IntStream.range(0, graph.size())
            .filter(node -> graph.kind(node) == Kind.OBJECT || graph.kind(node) == Kind.CALL)
            .filter(node -> meaning.references(node) > 0 && !likes.hasRow(node))
            .filter(node -> name(node).equals(wanted) && isParted(node)));
  }

  private int classColumn(PathNode path, int table) {
    TableMapping of = plan.mapping.tables().get(table);
    boolean isOwn = path.equals(plan.paths[table]);
    int column = isOwn ? GivenRows.column(of, StoredColumn.Role.CLASS) : -1;
    for (int i = 0; column < 0 && i < path.columns.length; i += 2) {
      if (of.stored().get(path.columns[i]).role() == StoredColumn.Role.CLASS) {
        column = path.columns[i];
      }
    }
    return column;
  }

  private @Nullable String className(int column, int table, int row) {
    TableRows given = rows.rows(table);
    if (column < 0 || given.column(column).isNull(row)) {
      return null;
    }
    ColumnData cells = given.column(column);
    return new String(
        Arrays.copyOfRange(cells.pool(), cells.start(row), cells.end(row)), StandardCharsets.UTF_8);
  }
}
