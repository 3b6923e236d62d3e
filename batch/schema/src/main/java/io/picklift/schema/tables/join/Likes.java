package io.picklift.schema.tables.join;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What new values are made like: those of the save's own rows, and where it has none, those of a
 * template, which stands behind the save in one graph.
 */
final class Likes {
  /**
   * Whether new parts of a migrated save may be made like those of other saves.
   *
   * @param found what others have; null where nothing is known of them
   * @param mayAsk whether that was not looked for yet
   */
  record Use(@Nullable Template found, boolean mayAsk) {
    static final Use UNASKED = new Use(null, true);
    static final Use NONE = new Use(null, false);

    static Use of(Template found) {
      return new Use(found, false);
    }

    /** The template, where it is one for a save of that style. */
    @Nullable Template template(PickleStyle style) {
      return found != null && found.isFor(style) ? found : null;
    }
  }

  private static final RowNodes NONE = new RowNodes();

  private final @Nullable MappingWalk own;
  private final @Nullable Template template;

  /** The number of the template's first node. */
  private final int offset;

  private final boolean mayAsk;
  private final int root;

  /** By table the object that owns the row of each member. */
  private final Map<Integer, Map<Integer, Integer>> owned = new HashMap<>();

  private final Map<Integer, Like> values = new HashMap<>();
  private final Map<Integer, Like> keys = new HashMap<>();
  private final Map<List<Integer>, Like> cells = new HashMap<>();
  private final int tables;
  private @Nullable BitSet members;

  private Likes(
      @Nullable MappingWalk own,
      @Nullable Template template,
      int offset,
      int root,
      int tables,
      boolean mayAsk) {
    this.own = own;
    this.tables = tables;
    this.root = root;
    this.template = template;
    this.offset = offset;
    this.mayAsk = mayAsk;
  }

  /**
   * For a save that was migrated.
   *
   * @param own a walk over the save alone
   */
  static Likes ofSave(WalkPlan plan, MappingWalk own, SaveGraph save, Use use) {
    Template template = use.template(save.style());
    return new Likes(own, template, save.size(), save.root(), plan.paths.length, use.mayAsk());
  }

  /** For a save that has nothing of its own. */
  static Likes ofTemplate(WalkPlan plan, Template template) {
    return new Likes(null, template, 0, -1, plan.paths.length, false);
  }

  /** The rows of a table that the save had. */
  RowNodes kept(int table) {
    return own == null ? NONE : own.rows(table);
  }

  /** The values of a table's rows, the save's own ahead. */
  Like values(int table) {
    return values.computeIfAbsent(table, k -> of(table, (rows, i) -> rows.nodes.get(i)));
  }

  /** The keys of a table's rows in their dicts, the save's own ahead. */
  Like keys(int table) {
    return keys.computeIfAbsent(table, k -> of(table, RowNodes::key));
  }

  /** A node of a row; negative for none. */
  private interface OfRow {
    int node(RowNodes rows, int ordinal);
  }

  private Like of(int table, OfRow of) {
    RowNodes kept = kept(table);
    IntStream own = IntStream.range(0, kept.size()).map(i -> of.node(kept, i));
    if (template == null) {
      return Like.of(own.filter(node -> node >= 0));
    }
    RowNodes others = template.walked().rows(table);
    IntStream theirs = Arrays.stream(template.rows(table)).map(i -> of.node(others, i));
    return Like.of(
        IntStream.concat(
            own.filter(node -> node >= 0),
            theirs.filter(node -> node >= 0).map(node -> node + offset)));
  }

  /** What the template has where a column's cells are. */
  Like templateCells(int table, int column) throws LimitException {
    if (template == null) {
      return Like.none();
    }
    Like known = cells.get(List.of(table, column));
    if (known == null) {
      known = Like.of(Arrays.stream(template.cells(table, column)).map(node -> node + offset));
      cells.put(List.of(table, column), known);
    }
    return known;
  }

  /** The save itself; negative where it is new. */
  int root() {
    return root;
  }

  /** The object that owns the row of one of a table's own; negative where there is none. */
  int owner(TableMapping table, TableMapping owners, int node) {
    Map<Integer, Integer> known = owned.get(table.number());
    if (known == null) {
      known = new HashMap<>();
      RowNodes rows = kept(table.number());
      for (int i = 0; i < rows.size() && rows.owners.size() > 0; i++) {
        known.put(rows.nodes.get(i), kept(owners.number()).nodes.get(rows.owners.get(i)));
      }
      owned.put(table.number(), known);
    }
    return known.getOrDefault(node, -1);
  }

  boolean isOwn(int node) {
    return own != null && node < offset;
  }

  /** The save's own values among these; all of them where it has none. */
  Like first(Like like) {
    if (template == null || own == null) {
      return like;
    }
    Like found = like.those("own", this::isOwn);
    return found.isEmpty() ? like : found;
  }

  /** What {@link #first} leaves out. */
  Like others(Like like) {
    return first(like) == like ? Like.none() : like.those("others", node -> !isOwn(node));
  }

  /** Whether an object has a row of its own. */
  boolean hasRow(int node) {
    MappingWalk walk = isOwn(node) ? own : template == null ? null : template.walked();
    return walk != null && walk.table(isOwn(node) ? node : node - offset) >= 0;
  }

  /** Whether a value is the save itself, or has a row that is not one of its class. */
  boolean isMember(int node) {
    BitSet known = members;
    if (known == null) {
      known = new BitSet();
      note(known, own, 0);
      note(known, template == null ? null : template.walked(), offset);
      if (root >= 0) {
        known.set(root);
      }
      members = known;
    }
    return known.get(node);
  }

  private void note(BitSet members, @Nullable MappingWalk walk, int from) {
    for (int table = 0; walk != null && table < tables; table++) {
      RowNodes rows = walk.rows(table);
      for (int i = 0; i < rows.size(); i++) {
        members.set(rows.nodes.get(i) + from);
      }
    }
  }

  /** Whether a value that no column has may be another object's as well. */
  boolean isDefault(int node) {
    return isOwn(node) || template == null || template.isDefault(node - offset);
  }

  /**
   * Notes that the save has nothing that a new value could be made like.
   *
   * @throws TemplateWanted where others may have
   */
  void none() throws TemplateWanted {
    if (mayAsk) {
      throw new TemplateWanted();
    }
  }
}
