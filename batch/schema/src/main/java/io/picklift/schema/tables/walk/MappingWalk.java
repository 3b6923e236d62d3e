package io.picklift.schema.tables.walk;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Contents;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.MemberVisitor;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.Op;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.frames.FrameCells;
import io.picklift.schema.frames.FrameReader;
import io.picklift.schema.residue.ValueNotes;
import io.picklift.schema.tables.values.FrameValues;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a graph under a mapping: which nodes are rows, and which node each cell is of. It looks
 * at structure and names alone, never at a value that a cell may hold, so that it goes the same way
 * through a graph whose values were taken out.
 */
public final class MappingWalk {
  public static final int ABSENT = -1;

  /** The heap that a walk takes for each node, with what a {@code NodeValueReader} takes. */
  public static final int BYTES_A_NODE = 10;

  private final WalkPlan plan;
  private final Meaning meaning;
  private final SaveGraph graph;
  private final Attributes attributes;
  private final NeededNames names;
  private final MemberPlaces memberPlaces;
  private final MemberRows members;
  private final FrameRows frames;

  /** The rules of a save that an earlier build wrote; null where those of today hold. */
  private final @Nullable EarlierContents earlier;

  private final RowNodes[] rows;

  /** For each node with a row of its own its ordinal plus one, else 0. */
  private final int[] ordinals;

  private int[] cells = new int[16];

  /** For each cell the member index ({@link Meaning#member}) that its node was found at, or -1. */
  private int[] places = new int[16];

  private int[] priorities = new int[16];
  private int ordinal;
  private int table;
  private @Nullable NewThings watch;
  private @Nullable Visitor visitor;
  private List<FrameRows.Step> inFrame = List.of();

  /** The table of the save's own row, or -1. */
  private final int rootTable;

  /** Where the paths of that row begin. */
  private final @Nullable PathNode rootPath;

  /**
   * Prepares a walk.
   *
   * @param rootTable the table whose row the save itself is, or -1
   * @param notes of the save: they tell by which build's rules its rows are found, and by which of
   *     the root table's groups of columns
   */
  public MappingWalk(WalkPlan plan, Meaning meaning, int rootTable, ValueNotes notes) {
    this(plan, meaning, rootTable, notes, new int[] {meaning.root()});
  }

  /**
   * Prepares a walk over several saves in one graph.
   *
   * @param roots the saves
   */
  public MappingWalk(WalkPlan plan, Meaning meaning, int rootTable, ValueNotes notes, int[] roots) {
    this.plan = plan;
    this.rootTable = rootTable;
    rootPath = rootTable < 0 ? null : plan.rootPath(rootTable, notes.split());
    earlier = notes.isKnown() ? null : new EarlierContents(meaning);
    this.meaning = meaning;
    graph = meaning.graph();
    attributes = meaning.attributes();
    frames = new FrameRows(plan, meaning);
    names = new NeededNames(plan, meaning);
    memberPlaces = new MemberPlaces(meaning, names::need);
    members = new MemberRows(meaning, frames, earlier);
    ordinals = new int[graph.size()];
    rows = new RowNodes[plan.paths.length];
    Arrays.setAll(rows, i -> new RowNodes());
    objects();
    for (int root : rootTable >= 0 ? roots : new int[0]) {
      rows[rootTable].add(root);
    }
  }

  /** Has all that the walk comes by looked at for things that the mapping does not know. */
  public void watch(NewThings things) {
    watch = things;
  }

  /** What a walk finds, table by table, row by row. */
  public interface Visitor {
    /**
     * One row.
     *
     * @param nodes for each stored column the node of its value, or {@link #ABSENT}; only those of
     *     values, references and keys are set; below {@link #ABSENT} for {@link #frameCells}
     * @throws LimitException where what is made of the row takes more memory than a save may
     */
    void row(int table, int ordinal, int node, int[] nodes) throws LimitException;

    /**
     * A value whose members, if it has any, are rows of a table.
     *
     * @param owner the ordinal of the row that it was found from
     */
    default void container(int table, int owner, int node) {}

    /**
     * A value that paths lead to or through.
     *
     * @param place where it stands, as {@link Meaning#member} takes it; negative where it is none
     */
    default void value(int node, int place) {}
  }

  /** Where the cell of the row at hand was found, as {@link Meaning#member} takes it; or -1. */
  public int cellPlace(int column) {
    return places[column];
  }

  /** Where the path ends by which the cell of the row at hand was found; null where none led. */
  public @Nullable PathNode cellEnd(int column) {
    PathNode[] ends = plan.allEnds[table][column];
    return priorities[column] > ends.length ? null : ends[priorities[column] - 1];
  }

  /** The rows' nodes of a table; complete once the walk is done. */
  public RowNodes rows(int table) {
    return rows[table];
  }

  /** The ordinal of the row that the object has in the table of its class, or -1. */
  public int ordinal(int node) {
    return ordinals[node] - 1;
  }

  /** The number of the table in which the object has a row, or -1. */
  public int table(int node) {
    return ordinals[node] == 0 ? -1 : names.classTable(node);
  }

  /** Whether it goes by the rules of an earlier build, which found fewer members. */
  public boolean isEarlier() {
    return earlier != null;
  }

  /** The container that an object or call was given to hold the members of; else -1. */
  public int argument(int node) {
    return earlier == null ? meaning.contents().argument(node) : earlier.argument(node);
  }

  /** Nodes whose value must stay in the residue: names, and keys that make others the same. */
  public BitSet needed() {
    return names.nodes();
  }

  /** Gives the objects of mapped classes their ordinals, in the order of the pickle. */
  private void objects() {
    for (int node = 0; node < graph.size(); node++) {
      Kind kind = graph.kind(node);
      if (graph.op(node) == Op.STACK_GLOBAL || graph.op(node) == Op.STACK_GLOBAL_FIX) {
        names.need(graph.a(node));
        names.need(graph.b(node));
      } else if ((kind == Kind.OBJECT || kind == Kind.CALL) && meaning.references(node) > 0) {
        names.needClass(meaning.callable(node));
        int table = names.classTable(node);
        if (table >= 0) {
          ordinals[node] = rows[table].size() + 1;
          rows[table].add(node);
        }
      }
    }
  }

  /**
   * Walks all tables, owners first.
   *
   * @throws LimitException as the visitor does
   */
  public void run(Visitor visitor) throws LimitException {
    this.visitor = visitor;
    for (int table : plan.order) {
      int columns = plan.mapping.tables().get(table).stored().size();
      if (cells.length < columns) {
        cells = new int[columns * 2];
        places = new int[columns * 2];
        priorities = new int[columns * 2];
      }
      RowNodes of = rows[table];
      boolean isMember = of.keys.size() > 0;
      int key = isMember ? keyColumn(table) : -1;
      PathNode ofKey = isMember ? plan.keyPaths[table] : null;
      PathNode own = table == rootTable && rootPath != null ? rootPath : plan.paths[table];
      for (int row = 0; row < of.size(); row++) {
        Arrays.fill(cells, 0, columns, ABSENT);
        Arrays.fill(priorities, 0, columns, Integer.MAX_VALUE);
        ordinal = row;
        this.table = table;
        int node = of.nodes.get(row);
        if (of.isInFrame(row)) {
          cellsOf(own, node, of.positions.get(row));
        } else {
          visit(own, node, isMember ? of.places.get(row) : ABSENT);
        }
        if (ofKey != null && of.keys.get(row) >= 0) {
          visit(ofKey, of.keys.get(row), of.places.get(row) - 1);
        }
        if (key >= 0) {
          cells[key] = of.keys.get(row);
          places[key] = Math.max(ABSENT, of.places.get(row) - 1);
        }
        visitor.row(table, row, node, cells);
      }
    }
  }

  /** Follows paths from a row of a table of pandas or numpy. */
  private void cellsOf(PathNode path, int node, int row) {
    List<FrameRows.Step> steps = frames.steps(path, node);
    if (watch != null && row == 0) {
      watch.labels(table, path, frames.reader().frame(node));
    }
    for (int i = 0; i < steps.size(); i++) {
      FrameRows.Step step = steps.get(i);
      if (step.cells() instanceof FrameCells.Members members) {
        int member = FrameValues.memberIndex(meaning, members, row);
        if (member >= 0) {
          NewThings things = watch;
          // A mark of what is not there is of no type.
          watch = things != null && isMissing(member) ? null : things;
          visit(step.next(), meaning.member(member), member);
          watch = things;
        }
      } else {
        end(step.next(), ABSENT - 1 - i, ABSENT);
      }
    }
    inFrame = steps;
  }

  private boolean isMissing(int member) {
    return frames.reader().isMissing(meaning.member(member));
  }

  /** Notes what stands where paths end. */
  private void end(PathNode path, int node, int at) {
    int[] columns = path.columns;
    for (int i = 0; i < columns.length; i += 2) {
      if (columns[i + 1] < priorities[columns[i]]) {
        priorities[columns[i]] = columns[i + 1];
        cells[columns[i]] = node;
        places[columns[i]] = at;
      }
    }
  }

  /**
   * Where a cell is that is no node of its own: one of a row of a table of pandas or numpy.
   *
   * @param node that the visitor was given for it, which is below {@link #ABSENT}
   */
  public FrameCells frameCells(int node) {
    return inFrame.get(ABSENT - 1 - node).cells();
  }

  /** Which tables of pandas and numpy it came by. */
  public FrameReader frames() {
    return frames.reader();
  }

  private int keyColumn(int table) {
    var stored = plan.mapping.tables().get(table).stored();
    for (int i = 0; i < stored.size(); i++) {
      if (stored.get(i).role() == io.picklift.schema.mapping.StoredColumn.Role.KEY) {
        return i;
      }
    }
    return -1;
  }

  /** Follows paths from a value; as deep as the mapping's paths are. */
  private void visit(PathNode path, int node, int at) {
    if (watch != null) {
      watch.at(table, path, node, table(node));
    }
    end(path, node, at);
    Visitor to = visitor;
    if (to != null) {
      to.value(node, at);
    }
    for (int table : path.tables) {
      if (to != null) {
        to.container(table, ordinal, node);
      }
      members.add(rows[table], ordinal, node);
    }
    if (path.isEnd()) {
      return;
    }
    if (path.hasNames()) {
      named(path, node);
    }
    if (path.placeCount() > 0) {
      places(path, node);
    }
  }

  private void places(PathNode path, int node) {
    long tuple = earlier == null ? meaning.contents().places(node) : Contents.NO_PLACES;
    boolean isTuple = tuple != Contents.NO_PLACES;
    for (int i = 0; i < path.placeCount(); i++) {
      int place = path.place(i);
      boolean isArgument =
          isTuple && path.placeNode(i).leadsToPlacesAlone() && !memberPlaces.isNested(tuple);
      int member =
          isTuple && !isArgument ? MemberPlaces.at(tuple, place) : memberPlaces.of(node, place);
      if (member >= 0) {
        visit(path.placeNode(i), meaning.member(member), member);
      }
    }
  }

  private void places(PathNode path, long members) {
    for (int i = 0; i < path.placeCount(); i++) {
      int member = MemberPlaces.at(members, path.place(i));
      if (member >= 0) {
        visit(path.placeNode(i), meaning.member(member), member);
      }
    }
  }

  private void named(PathNode path, int node) {
    switch (graph.kind(node)) {
      case DICT -> pairs(path, node, meaning.itemSpan(node));
      case PERSID -> {
        PathNode next = path.name(plan.persidName);
        if (next != null) {
          int value = meaning.persidValue(node);
          visit(next, value < 0 ? node : value, ABSENT);
        }
      }
      case OBJECT, CALL -> {
        if (meaning.wellKnown(node) instanceof WellKnown.Container container) {
          if (container.isKeyed()) {
            pairs(path, node, container.members());
          }
          return;
        }
        attributes(path, node);
        if (earlier != null) {
          if (attributes.form(node) == Attributes.Form.NONE) {
            earlier.visit(node, new NamedMembers(path));
          }
        } else if (mayHold(node)) {
          meaning.contents().visit(node, new NamedMembers(path));
          PathNode arguments = path.name(plan.argumentsName);
          if (arguments != null) {
            places(arguments, meaning.argumentSpan(node));
          }
        }
      }
      default -> {}
    }
  }

  /** Whether an object may have been given members beside its state: most were given none. */
  private boolean mayHold(int node) {
    int state = meaning.plainState(node);
    return state < 0 || graph.kind(state) == Kind.TUPLE;
  }

  private void attributes(PathNode path, int node) {
    switch (attributes.form(node)) {
      case NONE -> {}
      case DICT -> pairs(path, attributes.state(node), attributes.dictPairs(node));
      case SLOTS -> {
        int slots = attributes.state(node);
        int dict = meaning.member(MemberSpan.start(meaning.itemSpan(slots)));
        if (graph.kind(dict) == Kind.DICT) {
          pairs(path, node, meaning.itemSpan(dict));
        }
        pairs(path, slots, attributes.slotPairs(node));
      }
      case STATE -> {
        names.needStates(node);
        PathNode next = path.name(plan.stateName);
        if (next != null) {
          visit(next, attributes.state(node), MemberSpan.start(meaning.stateSpan(node)));
        }
      }
      case STATES -> names.needStates(node);
    }
  }

  /** Follows a path into the entries of a dict that is an object. */
  private final class NamedMembers implements MemberVisitor {
    private final PathNode path;

    NamedMembers(PathNode path) {
      this.path = path;
    }

    @Override
    public void items(int holder, long items) {}

    @Override
    public void pairs(int holder, long pairs) {
      MappingWalk.this.pairs(path, holder, pairs);
    }
  }

  /** Notes that the walk looks at the keys of an object's states. */
  public void needStates(int node) {
    names.needStates(node);
  }

  /**
   * Notes that the walk looks at the keys of {@code pairs}, which are those of {@code container}.
   */
  public void needKeys(int container, long pairs) {
    names.needKeys(container, pairs);
  }

  private void pairs(PathNode path, int container, long pairs) {
    int start = MemberSpan.start(pairs);
    int end = start + MemberSpan.count(pairs);
    names.needKeys(container, pairs);
    for (int i = start; i < end; i += 2) {
      int name = names.number(meaning.member(i));
      PathNode next = name < 0 ? null : path.name(name);
      if (next != null) {
        visit(next, meaning.member(i + 1), i + 1);
      }
    }
  }
}
