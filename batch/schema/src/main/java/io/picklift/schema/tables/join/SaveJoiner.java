package io.picklift.schema.tables.join;

import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.edit.DanglingReferences;
import io.picklift.schema.tables.edit.EqualMembers;
import io.picklift.schema.tables.edit.UnloadableCalls;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.template.Template;
import io.picklift.schema.tables.values.NodeValueReader;
import io.picklift.schema.tables.walk.MappingWalk;
import io.picklift.schema.tables.walk.ObjectPaths;
import io.picklift.schema.tables.walk.WalkPlan;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Makes a save of its rows and its residue again. */
public final class SaveJoiner {
  private SaveJoiner() {}

  /**
   * Joins what {@link SaveSplitter} took apart under the same mapping. From rows as they were, the
   * same graph: node by node, written the same way. A value that was changed in a row is changed in
   * the graph.
   *
   * @param limits of the save
   * @throws JoinException if rows are missing or too many, or a cell was changed to what cannot
   *     stand there
   * @throws LimitException if joining takes more memory than a save may
   */
  public static SaveGraph join(Mapping mapping, byte[] residue, SaveRows rows, Limits limits)
      throws JoinException, LimitException {
    return joined(mapping, residue, rows, limits).graph();
  }

  /**
   * Makes a save that was never taken apart, of its rows alone.
   *
   * @param template what saves of the mapping are like
   * @throws JoinException if the rows give no save, or one that is not all that they say
   */
  public static JoinedSave born(Mapping mapping, Template template, SaveRows rows, Limits limits)
      throws JoinException, LimitException {
    checkReadable(rows);
    ValueNotes notes = ValueNotes.collecting();
    WalkPlan plan = WalkPlan.of(mapping);
    DanglingReferences missing = DanglingReferences.of(plan, rows, limits);
    return new RowEdits(
            plan,
            template.graph(),
            missing,
            notes,
            new BitSet(),
            new KindCells(mapping),
            Likes.Use.NONE,
            limits)
        .born(template);
  }

  /** The same, with what was found out on the way. */
  public static JoinedSave joined(Mapping mapping, byte[] residue, SaveRows rows, Limits limits)
      throws JoinException, LimitException {
    return joined(mapping, residue, rows, limits, Likes.Use.NONE);
  }

  /**
   * The same of a save that needs no other; null where the rows have a new value that the save has
   * nothing like.
   */
  public static @Nullable JoinedSave joinedAlone(
      Mapping mapping, byte[] residue, SaveRows rows, Limits limits)
      throws JoinException, LimitException {
    try {
      return joined(mapping, residue, rows, limits, Likes.Use.UNASKED);
    } catch (TemplateWanted e) {
      return null;
    }
  }

  /**
   * The same.
   *
   * @param template what other saves of the mapping are like, for new values that the save has
   *     nothing like: its nodes are in the graph, which nothing leads to
   */
  public static JoinedSave joined(
      Mapping mapping, byte[] residue, SaveRows rows, Limits limits, Template template)
      throws JoinException, LimitException {
    return joined(mapping, residue, rows, limits, Likes.Use.of(template));
  }

  /**
   * Looks at what Python could not make of a save that was edited: sets and dicts with equal
   * members or keys, and fractions.
   *
   * @throws JoinException if two members are equal, of which Python would keep one, or one is a
   *     list or dict, which Python cannot have there
   */
  public static void checkLoadable(Mapping mapping, Meaning meaning) throws JoinException {
    WalkPlan plan = WalkPlan.of(mapping);
    ValueNotes notes = ValueNotes.collecting();
    MappingWalk walk = new MappingWalk(plan, meaning, plan.rootTable((String) null), notes);
    EqualMembers.Wrong wrong =
        new EqualMembers(
                meaning, new NodeValueReader(meaning, notes), new ObjectPaths(plan, meaning, walk))
            .first();
    if (wrong == null) {
      wrong = new UnloadableCalls(meaning, new ObjectPaths(plan, meaning, walk)).first();
    }
    if (wrong != null) {
      throw new JoinException(JoinException.Reason.CELL, RowEdits.shown(wrong.path()), wrong.why());
    }
  }

  private static JoinedSave joined(
      Mapping mapping, byte[] residue, SaveRows rows, Limits limits, Likes.Use use)
      throws JoinException, LimitException {
    checkReadable(rows);
    try {
      Residue unpacked = Residue.read(residue, limits);
      WalkPlan plan = WalkPlan.of(mapping);
      DanglingReferences missing = DanglingReferences.of(plan, rows, limits);
      return new GraphJoin(plan, unpacked, missing, use, limits).run();
    } catch (DamagedException e) {
      throw new JoinException(JoinException.Reason.RESIDUE, "", String.valueOf(e.getMessage()));
    }
  }

  private static void checkReadable(SaveRows rows) throws JoinException {
    String cell = rows.unreadable();
    if (cell != null) {
      throw new JoinException(JoinException.Reason.CELL, "", cell + ": set it to one, or to NULL");
    }
  }
}
