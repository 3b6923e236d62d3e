package io.picklift.app.target;

import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.input.LeftOut;
import io.picklift.app.source.SourceRow;
import io.picklift.codec.Limits;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.OnNew;
import io.picklift.schema.mapping.RowSource;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.residue.Residue;
import io.picklift.schema.tables.join.JoinException;
import io.picklift.schema.tables.join.JoinedSave;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.rows.RowReader;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.TableRows;
import io.picklift.schema.tables.split.FrozenException;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.tables.split.OuterCells;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitException;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.template.KnownMembers;
import io.picklift.schema.tables.template.Template;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes saves apart into the rows of a mapping's tables, and puts them together again. */
public final class MappedTables {
  private static final int MOST_NAMES = 100;

  private final Mapping mapping;
  private final RowComputer computer;
  private final Limits limits;

  /** The columns of the source's key, and its name. */
  private List<String> key = List.of();

  private String source = "";

  /** The column whose value says which table a row's save goes into; or null. */
  private @Nullable String splitBy;

  /**
   * For one mapping.
   *
   * @param computer of the columns that are not in the saves
   * @param limits of each save, in every step
   */
  public MappedTables(Mapping mapping, RowComputer computer, Limits limits) {
    this.mapping = mapping;
    this.computer = computer;
    this.limits = limits;
  }

  /** Says what the source's rows are, for columns that hold something of them. */
  MappedTables of(String source, List<String> key, @Nullable String splitBy) {
    this.source = source;
    this.key = key;
    this.splitBy = splitBy;
    return this;
  }

  /** The same tables under other limits. */
  public MappedTables within(Limits other) {
    return new MappedTables(mapping, computer, other).of(source, key, splitBy);
  }

  Mapping mapping() {
    return mapping;
  }

  /** Columns of the source's row that say something else in these rows than the row does. */
  public Set<String> outerDifferences(SaveRows rows, Meaning meaning, SourceRow row) {
    return SourceCells.areIn(mapping)
        ? OuterCells.differences(
            mapping, rows, meaning, new SourceCells(computer, mapping, key, source, row))
        : Set.of();
  }

  /**
   * Documents that say something else than the save does, in the target or beside the BLOB.
   *
   * @throws RefusedException also where there was not enough memory to read the document
   */
  public Set<String> documentDifferences(SaveRows rows, Meaning meaning, SourceRow row)
      throws RefusedException {
    LeftOut leftOut = row.leftOut();
    if (leftOut != null && DocumentCells.beside(mapping) != null) {
      throw new RefusedException(Refusal.tooLongToRead(leftOut.bytes()));
    }
    return DocumentCells.areIn(mapping)
        ? DocumentCells.differences(mapping, rows, split(meaning, row).rows(), row)
        : Set.of();
  }

  /**
   * The adapters' columns that hold something else in these rows than the adapters compute now.
   *
   * @throws RefusedException where an adapter fails
   */
  public Set<String> computedDifferences(SaveRows rows, Meaning meaning, SourceRow row)
      throws RefusedException {
    Set<String> differences = new TreeSet<>();
    if (computer == RowComputer.NONE) {
      return differences;
    }
    SaveRows anew = split(meaning, row).rows();
    for (TableMapping table : mapping.tables()) {
      for (int i = 0; i < table.stored().size(); i++) {
        if (table.stored().get(i).role() == StoredColumn.Role.COMPUTED
            && !isSame(rows.table(table.number()), anew.table(table.number()), i)) {
          differences.add(table.name() + "." + table.stored().get(i).name());
        }
      }
    }
    return differences;
  }

  private static boolean isSame(TableRows some, TableRows others, int column) {
    boolean isSame = some.size() == others.size();
    for (int row = 0; isSame && row < some.size(); row++) {
      isSame = some.column(column).sameCell(row, others.column(column), row);
    }
    return isSame;
  }

  /** Takes the save of a row apart; its rows have no {@code save_id} yet. */
  public SplitSave split(Meaning meaning, SourceRow row) throws RefusedException {
    return split(meaning, row, splitBy == null ? null : row.outer(key, splitBy));
  }

  /**
   * The same of a save that was migrated before.
   *
   * @param value that its row had in the column that the source is split by; null for none
   */
  public SplitSave split(Meaning meaning, SourceRow row, @Nullable String value)
      throws RefusedException {
    return split(
        meaning,
        SourceCells.areIn(mapping)
            ? new SourceCells(computer, mapping, key, source, row)
            : computer,
        value,
        row.key().toString(),
        null);
  }

  public Limits limits() {
    return limits;
  }

  /**
   * Takes a save apart for its residue: of its row in the source nothing is known, and nothing is
   * computed.
   */
  public SplitSave split(Meaning meaning) throws RefusedException {
    return split(meaning, RowComputer.NONE, null, null, null);
  }

  /**
   * Makes the rows of a save, for a reader of them alone; they have no {@code save_id}.
   *
   * @param value that its row has in the column that the source is split by; null for none
   * @param nulls is told why cells are NULL
   * @throws RefusedException if the save is not for this mapping
   */
  public SplitSave split(SaveGraph graph, @Nullable String value, NullCells nulls)
      throws RefusedException {
    try {
      return split(Meaning.of(graph, limits), computer, value, null, nulls);
    } catch (LimitException e) {
      throw new RefusedException(Refusal.of(e));
    }
  }

  /**
   * Takes a save apart.
   *
   * @param value of the column that the source is split by
   * @param written the key of a save that is about to be written, before which a run may be stopped
   */
  private SplitSave split(
      Meaning meaning,
      RowComputer computer,
      @Nullable String value,
      @Nullable String written,
      @Nullable NullCells nulls)
      throws RefusedException {
    try {
      SplitSave split =
          SaveSplitter.split(mapping, meaning, SaveRows.NO_ID, computer, value, nulls);
      if (split.rows().size() == 0) {
        throw new RefusedException(Refusal.wrongRoot(names(meaning)));
      }
      return split;
    } catch (SplitException e) {
      String message = String.valueOf(e.getMessage());
      if (e.onNew() == OnNew.FREEZE && written != null) {
        throw new FrozenException(written, message);
      }
      if (e.onNew() != null) {
        throw new RefusedException(Refusal.ofNew(message));
      }
      throw new RefusedException(
          e.isComputed() ? Refusal.ofAdapter(message) : Refusal.unfit(message));
    } catch (LimitException e) {
      throw new RefusedException(Refusal.of(e));
    }
  }

  /** What the save names; nothing of it was imported or called. */
  private static List<String> names(Meaning meaning) {
    Set<String> names = new TreeSet<>();
    for (int node = 0; node < meaning.graph().size() && names.size() < MOST_NAMES; node++) {
      if (meaning.kind(node) == Kind.GLOBAL) {
        names.add(meaning.globalName(node));
      }
    }
    return List.copyOf(names);
  }

  /** Columns whose path leads to something in this save, like {@code person.age}. */
  public Set<String> foundColumns(SplitSave split) {
    Set<String> found = new TreeSet<>();
    for (TableMapping table : mapping.tables()) {
      for (int i = 0; i < table.stored().size(); i++) {
        if (split.counts().found(table.number(), i) > 0) {
          found.add(table.name() + "." + table.stored().get(i).name());
        }
      }
    }
    return found;
  }

  /** Columns that could not hold some of their values in this save, and how many. */
  public Map<String, Long> unfitColumns(SplitSave split) {
    Map<String, Long> unfit = new TreeMap<>();
    for (TableMapping table : mapping.tables()) {
      for (int i = 0; i < table.stored().size(); i++) {
        long count = split.counts().unfit(table.number(), i);
        if (count > 0) {
          unfit.put(table.name() + "." + table.stored().get(i).name(), count);
        }
      }
    }
    return unfit;
  }

  /**
   * Puts a save together from its rows in the target and its residue.
   *
   * @throws RestoreException if they do not fit together; it names the path
   * @throws LimitException if that takes more memory than a save may
   */
  public SaveGraph read(Connection connection, long saveId, byte[] residue)
      throws SQLException, RestoreException, LimitException {
    return join(residue, new RowReader(connection, mapping, limits).read(saveId)).graph();
  }

  /**
   * Puts a save together from its rows and its residue.
   *
   * @throws RestoreException if they do not fit together; it names the path
   * @throws LimitException if that takes more memory than a save may
   */
  public JoinedSave join(byte[] residue, SaveRows rows) throws RestoreException, LimitException {
    try {
      return SaveJoiner.joined(mapping, residue, rows, limits);
    } catch (JoinException e) {
      throw new RestoreException(e.path(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The same of a save that needs no other; null where the rows have a new value that the save has
   * nothing like.
   */
  public @Nullable JoinedSave joinAlone(byte[] residue, SaveRows rows)
      throws RestoreException, LimitException {
    try {
      return SaveJoiner.joinedAlone(mapping, residue, rows, limits);
    } catch (JoinException e) {
      throw new RestoreException(e.path(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The same.
   *
   * @param template what other saves are like
   */
  public JoinedSave join(byte[] residue, SaveRows rows, Template template)
      throws RestoreException, LimitException {
    try {
      return SaveJoiner.joined(mapping, residue, rows, limits, template);
    } catch (JoinException e) {
      throw new RestoreException(e.path(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Looks at what Python could not make of a save that was edited.
   *
   * @throws RestoreException if Python could not have one of them; it names the path
   */
  public void checkLoadable(Meaning meaning) throws RestoreException {
    try {
      SaveJoiner.checkLoadable(mapping, meaning);
    } catch (JoinException e) {
      throw new RestoreException(e.path(), String.valueOf(e.getMessage()));
    }
  }

  /** The first member of an enum in a save that it is not known to have; null where all are. */
  public KnownMembers.@Nullable Unknown unknownMember(KnownMembers known, Meaning meaning)
      throws LimitException {
    return known.first(mapping, meaning);
  }

  /**
   * What saves are like that were born in the tables.
   *
   * @param residues of saves that together show all that new ones may have
   */
  public Template template(List<byte[]> residues) throws DamagedException, LimitException {
    return Template.of(mapping, residues, limits);
  }

  /**
   * By which value of the source's split column the save of a residue was taken apart; null where
   * the mapping has no columns for its value.
   */
  public @Nullable String group(byte[] residue) throws DamagedException, LimitException {
    return mapping.groups().isEmpty() ? null : Residue.read(residue, limits).notes().split();
  }

  /** Whether a table has a row of what the save of a residue itself is, and not of parts alone. */
  public boolean hasRootRow(byte[] residue) throws DamagedException, LimitException {
    return mapping.tables().stream().anyMatch(table -> table.source() instanceof RowSource.Root)
        || !template(List.of(residue)).rootTables().contains(-1);
  }

  /**
   * Puts a save together that was born in the tables.
   *
   * @throws RestoreException if its rows give none; it names the path
   * @throws LimitException if that takes more memory than a save may
   */
  public JoinedSave born(Template template, SaveRows rows) throws RestoreException, LimitException {
    try {
      return SaveJoiner.born(mapping, template, rows, limits);
    } catch (JoinException e) {
      throw new RestoreException(e.path(), String.valueOf(e.getMessage()));
    }
  }

  /** Rows and residue that do not fit together. */
  public static final class RestoreException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String path;

    RestoreException(String path, String message) {
      super(message, null, false, false);
      this.path = path;
    }

    public String path() {
      return path;
    }
  }
}
