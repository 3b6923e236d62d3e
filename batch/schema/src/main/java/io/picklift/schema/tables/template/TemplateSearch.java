package io.picklift.schema.tables.template;

import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.RowNodes;
import io.picklift.schema.tables.walk.WalkPlan;
import org.jspecify.annotations.Nullable;

/** Finds among many saves the few that show all that any of them shows. For one thread. */
public final class TemplateSearch {
  private final WalkPlan plan;
  private final Limits limits;
  private final KnownShapes known = new KnownShapes();
  private final CallCells calls;
  private boolean needsRows;
  private boolean hasCalls;

  public TemplateSearch(Mapping mapping, Limits limits) {
    plan = WalkPlan.of(mapping);
    calls = new CallCells();
    this.limits = limits;
  }

  private TemplateSearch(TemplateSearch other) {
    plan = other.plan;
    calls = other.calls;
    limits = other.limits;
  }

  /** One among other saves, such as those of another pickler, which looks at the same calls. */
  public TemplateSearch beside() {
    return new TemplateSearch(this);
  }

  /**
   * Why no new save can be made like one; null where one can.
   *
   * @param anew how the user has such a save made anew, where that would help
   * @throws DamagedException if that is no residue
   */
  public static @Nullable String objection(byte[] residue, String anew, Limits limits)
      throws DamagedException, LimitException {
    Residue read = Residue.read(residue, limits);
    if (read.notes().split() != null) {
      return "it goes by the columns of one value of split_by";
    }
    return switch (read.style().records()) {
      case ZODB -> "it is a record of ZODB";
      case SINGLE -> read.notes().isKnown() ? null : "an earlier Picklift migrated it: " + anew;
      default -> "it is of several pickles";
    };
  }

  /** What cells of the saves that were looked at show calls. */
  public CallCells calls() {
    return calls;
  }

  /**
   * Whether a save shows what none before it does. Looks at its calls as well.
   *
   * @param isOwned whether the tables own it, or nobody knows
   * @throws DamagedException if that is no residue
   */
  public boolean isNew(byte[] residue, boolean isOwned) throws DamagedException, LimitException {
    Look look = look(residue, isOwned);
    if (look == null) {
      return false;
    }
    MappingWalk walk = look.walk();
    Shapes shapes = new Shapes(plan, known, look.meaning(), walk, look.save().taken());
    boolean isNew = known.add("root " + Template.rootTable(plan, walk, look.save().graph().root()));
    for (int table = 0; table < plan.paths.length; table++) {
      RowNodes rows = walk.rows(table);
      for (int ordinal = 0; ordinal < rows.size(); ordinal++) {
        isNew |= !rows.isInFrame(ordinal) && shapes.isNew(table, ordinal);
      }
    }
    return isNew;
  }

  /**
   * Looks at the calls alone of a save that no new one is made like.
   *
   * @param isOwned whether the tables own it, or nobody knows
   * @throws DamagedException if that is no residue
   */
  public void lookAtCalls(byte[] residue, boolean isOwned) throws DamagedException, LimitException {
    Look unused = look(residue, isOwned);
  }

  private record Look(BlankSave save, Meaning meaning, MappingWalk walk) {}

  private @Nullable Look look(byte[] residue, boolean isOwned)
      throws DamagedException, LimitException {
    needsRows = false;
    hasCalls = false;
    BlankSave save = BlankSave.read(residue, limits);
    if (save == null) {
      return null;
    }
    Meaning meaning = Meaning.of(save.graph(), limits);
    MappingWalk walk =
        new MappingWalk(plan, meaning, plan.rootTable((String) null), ValueNotes.collecting());
    CallCells.OfSave of = calls.new OfSave(shown(walk, meaning), isOwned);
    walk.run((table, ordinal, node, nodes) -> of.row(plan.mapping.tables().get(table), nodes));
    of.end();
    needsRows = of.needsRows();
    hasCalls = of.hasCalls();
    return new Look(save, meaning, walk);
  }

  private static ShownCalls shown(MappingWalk walk, Meaning meaning) {
    return new ShownCalls(walk, meaning, new NodeValueReader(meaning, ValueNotes.collecting()));
  }

  /**
   * Whether the save that was looked at last has calls whose values only it tells, by its rows:
   * {@link #lookAtValues} wants it.
   */
  public boolean needsRows() {
    return needsRows;
  }

  /** Whether it has any calls, and the source owns it. */
  public boolean hasCalls() {
    return hasCalls;
  }

  /**
   * Looks at the values of calls in a save's documents, and in columns that are {@linkplain
   * CallCells#isNamed named}.
   */
  public void lookAtValues(SaveGraph graph) throws LimitException {
    Meaning meaning = Meaning.of(graph, limits);
    MappingWalk walk =
        new MappingWalk(plan, meaning, plan.rootTable((String) null), ValueNotes.collecting());
    ShownCalls shown = shown(walk, meaning);
    walk.run(
        (table, ordinal, node, nodes) -> {
          TableMapping of = plan.mapping.tables().get(table);
          for (int i = 0; i < of.stored().size(); i++) {
            StoredColumn column = of.stored().get(i);
            if (ShownCalls.isDocument(column) || calls.isNamed(CallCells.Column.of(of, column))) {
              shown.cell(
                  column,
                  nodes[i],
                  (call, name) ->
                      calls.addValue(
                          CallCells.Column.of(of, column), name, String.valueOf(shown.text(call))));
            }
          }
        });
  }
}
