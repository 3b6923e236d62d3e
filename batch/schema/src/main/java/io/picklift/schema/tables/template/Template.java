package io.picklift.schema.tables.template;

import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.PickleStyle;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.IntList;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a new save is made like: objects of each class and place, of several saves, without the
 * values that rows hold. For one thread.
 */
public final class Template {
  private final WalkPlan plan;
  private final SaveGraph graph;
  private final Meaning meaning;
  private final MappingWalk walk;
  private final int[] roots;
  private final int[][] rows;
  private final Set<Integer> rootTables = new TreeSet<>();
  private final UnmappedValues unmapped;

  /** By table and column; null before anybody asked. */
  private @Nullable Map<List<Integer>, IntList> cells;

  private Template(WalkPlan plan, BlankSave save, int[] roots, Limits limits)
      throws LimitException {
    this.plan = plan;
    this.roots = roots;
    graph = save.graph();
    meaning = Meaning.of(graph, limits);
    walk = walk();
    walk.run((table, ordinal, node, nodes) -> {});
    unmapped = new UnmappedValues(meaning, walk, save.taken());
    Shapes shapes = new Shapes(plan, new KnownShapes(), meaning, walk, save.taken());
    rows = new int[plan.paths.length][];
    for (int table = 0; table < rows.length; table++) {
      List<Integer> kept = new ArrayList<>();
      RowNodes of = walk.rows(table);
      for (int ordinal = 0; ordinal < of.size(); ordinal++) {
        if (!of.isInFrame(ordinal) && shapes.isNew(table, ordinal)) {
          kept.add(ordinal);
        }
      }
      rows[table] = kept.stream().mapToInt(Integer::intValue).toArray();
    }
    for (int root : roots) {
      rootTables.add(rootTable(plan, walk, root));
    }
  }

  /**
   * Makes one of saves that {@link TemplateSearch} found.
   *
   * @param residues at least one; new saves are of the first one's protocol
   * @throws DamagedException if one is no residue
   */
  public static Template of(Mapping mapping, List<byte[]> residues, Limits limits)
      throws DamagedException, LimitException {
    List<BlankSave> saves = new ArrayList<>();
    for (byte[] residue : residues) {
      BlankSave save = BlankSave.read(residue, limits);
      if (save == null) {
        throw new DamagedException("a save of the template is none that others can be made like");
      }
      saves.add(save);
    }
    int[] roots = new int[saves.size()];
    return new Template(WalkPlan.of(mapping), BlankSave.union(saves, roots), roots, limits);
  }

  /** The number of the table that has a save's own row; -1 where none has. */
  static int rootTable(WalkPlan plan, MappingWalk walk, int root) {
    int table = plan.rootTable((String) null);
    return table >= 0 ? table : walk.table(root);
  }

  public SaveGraph graph() {
    return graph;
  }

  public Meaning meaning() {
    return meaning;
  }

  /** A walk over its saves, which was not run. */
  public MappingWalk walk() {
    return new MappingWalk(
        plan, meaning, plan.rootTable((String) null), ValueNotes.collecting(), roots);
  }

  /** The same, done. */
  public MappingWalk walked() {
    return walk;
  }

  /**
   * Whether parts of a save can be made like it: both are of one protocol, and the save is one
   * pickle.
   */
  public boolean isFor(PickleStyle style) {
    return style.protocol() == graph.style().protocol() && style.records() == Records.SINGLE;
  }

  /**
   * A save's graph with that of the template behind it, whose nodes so have numbers that are higher
   * by the save's size. The root is a list of both.
   */
  public SaveGraph beside(SaveGraph save) {
    return GraphUnion.beside(save, graph);
  }

  /** What stands where a column's cells are, in the rows that a new one is made like. */
  public int[] cells(int table, int column) throws LimitException {
    Map<List<Integer>, IntList> known = cells;
    if (known == null) {
      known = new HashMap<>();
      Map<List<Integer>, IntList> found = known;
      walk()
          .run(
              (at, ordinal, node, nodes) -> {
                for (int i = 0; i < plan.ends[at].length; i++) {
                  if (nodes[i] >= 0) {
                    found.computeIfAbsent(List.of(at, i), k -> new IntList()).add(nodes[i]);
                  }
                }
              });
      cells = known;
    }
    IntList of = known.getOrDefault(List.of(table, column), new IntList());
    return IntStream.range(0, of.size()).map(of::get).toArray();
  }

  /** The ordinals of a table's rows that a new one is made like. */
  public int[] rows(int table) {
    return rows[table].clone();
  }

  /** The numbers of the tables that have saves' own rows; -1 among them where some have none. */
  public Set<Integer> rootTables() {
    return Set.copyOf(rootTables);
  }

  /** Whether a value that no column has may be another object's as well. */
  public boolean isDefault(int node) {
    return unmapped.hash(node).isPresent();
  }
}
