package io.picklift.app.rebuild;

import io.picklift.app.birth.BirthTemplates;
import io.picklift.app.birth.KnownValues;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.encoding.Recoder;
import io.picklift.app.encoding.Unpacked;
import io.picklift.app.encoding.Unpacker;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.rebuild.RebuildException.Fault;
import io.picklift.app.source.Sha256;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.DamagedException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Records;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.pickle.RecordDecoder;
import io.picklift.schema.tables.join.JoinedSave;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.tables.template.CallCells;
import io.picklift.schema.tables.template.KnownMembers;
import io.picklift.schema.tables.template.Template;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds saves from their rows and their archive, and tells a save that was edited in the tables
 * from one whose archive is damaged. For one thread.
 */
public final class SaveRebuilder {
  private final MappedTables tables;
  private final PickleWriter writer;
  private final Limits limits;
  private final BirthTemplates births;

  /** The members of enums; null before they were asked for. */
  private @Nullable KnownMembers members;

  public SaveRebuilder(MappedTables tables, Limits limits) {
    this.tables = tables;
    births = new BirthTemplates(tables);
    this.limits = limits;
    this.writer = new PickleWriter(limits);
  }

  /**
   * What the ledger says about a save.
   *
   * @param blobSha256 of the BLOB that was migrated, in lower-case hex
   * @param graphSha256 the digest of its graph, in lower-case hex
   */
  public record Migrated(long saveId, @Nullable String blobSha256, @Nullable String graphSha256) {}

  /**
   * Makes a save again.
   *
   * @param stored what the target has of it, read together with what it has of others
   * @throws RebuildException if rows and archive do not give a save, or one that never was
   */
  public RebuiltSave rebuild(StoredSaves stored, Migrated save)
      throws SQLException, RebuildException {
    return rebuild(stored, save, rows -> {});
  }

  /**
   * The same.
   *
   * @param looker is shown the rows
   */
  public RebuiltSave rebuild(StoredSaves stored, Migrated save, Consumer<SaveRows> looker)
      throws SQLException, RebuildException {
    RebuiltSave made = made(stored, save, looker);
    if (made.isEdited()) {
      checkMembers(stored.connection(), save.saveId(), made);
    }
    return made;
  }

  /**
   * Python cannot make a member of an enum that has none of that value. All that a save had that
   * the tables own was known when it was handed over.
   */
  private void checkMembers(Connection connection, long saveId, RebuiltSave made)
      throws SQLException, RebuildException {
    KnownMembers known = members;
    if (known == null) {
      known = KnownValues.read(connection);
      members = known;
    }
    KnownMembers.Unknown unknown;
    try {
      tables.checkLoadable(made.meaning());
      unknown = tables.unknownMember(known, made.meaning());
    } catch (MappedTables.RestoreException e) {
      throw new RebuildException(Fault.ROWS, e.path(), String.valueOf(e.getMessage()));
    } catch (LimitException e) {
      throw new RebuildException(Fault.LIMIT, "", e.reason());
    }
    if (unknown != null && isOwned(connection, saveId)) {
      throw new RebuildException(
          Fault.ROWS,
          unknown.path(),
          unknown.path()
              + ": is '"
              + unknown.value()
              + "' in "
              + unknown.column()
              + ", which no save had that was migrated, as a member of "
              + unknown.className()
              + ": set it to one that there is, or, where the class has "
              + (CallCells.isByName(unknown.className()) ? "a member of this name, " : "this one, ")
              + KnownValues.statement(
                  unknown.className(), unknown.column(), unknown.value(), saveId));
    }
  }

  private static boolean isOwned(Connection connection, long saveId) throws SQLException {
    String sql = "SELECT 1 FROM picklift_save WHERE save_id = ? AND owner = 'tables'";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, saveId);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private RebuiltSave made(StoredSaves stored, Migrated save, Consumer<SaveRows> looker)
      throws SQLException, RebuildException {
    ArchivedSave archive = archived(stored, save);
    try {
      if (archive == null) {
        return born(stored, save, looker);
      }
      SaveRows rows = stored.rows(save.saveId());
      looker.accept(rows);
      try {
        return rebuild(stored.connection(), archive, rows, save);
      } catch (RebuildException e) {
        if (e.fault() != Fault.ARCHIVE
            || archive.original() != null
            || !BirthTemplates.isBorn(stored.connection(), save.saveId())) {
          throw e;
        }
        // An earlier Picklift wrote its BLOB into the source before evolve gave it a residue, when
        // it was made like others: the source has to follow, as after an edit.
        Migrated written = new Migrated(save.saveId(), save.blobSha256(), null);
        return rebuild(stored.connection(), archive, rows, written);
      }
    } catch (MappedTables.RestoreException | CodecException e) {
      throw refused(e);
    }
  }

  /**
   * Makes a save again from what was read of it.
   *
   * @throws RebuildException if rows and archive do not give a save, or one that never was
   */
  public RebuiltSave rebuild(ArchivedSave archive, SaveRows rows, Migrated save)
      throws RebuildException {
    try {
      return rebuilt(save, archive, tables.join(archive.residue(), rows));
    } catch (MappedTables.RestoreException | CodecException e) {
      throw refused(e);
    }
  }

  /**
   * The same; new values that the save has nothing like are made like those of other saves.
   *
   * @param connection to what the target has of others
   */
  public RebuiltSave rebuild(
      Connection connection, ArchivedSave archive, SaveRows rows, Migrated save)
      throws SQLException, RebuildException {
    try {
      JoinedSave joined = tables.joinAlone(archive.residue(), rows);
      if (joined != null) {
        return rebuilt(save, archive, joined);
      }
      Template template = ofParts(connection, save.saveId(), archive.residue());
      return template == null
          ? rebuilt(save, archive, tables.join(archive.residue(), rows))
          : rebuilt(save, archive, readAgain(tables.join(archive.residue(), rows, template)))
              .likeOthers();
    } catch (MappedTables.RestoreException | CodecException e) {
      throw refused(e);
    }
  }

  private static RebuildException refused(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof LimitException limit) {
      return new RebuildException(Fault.LIMIT, "", limit.reason());
    }
    return e instanceof MappedTables.RestoreException rows
        ? new RebuildException(Fault.ROWS, rows.path(), message)
        : new RebuildException(Fault.ROWS, "", message);
  }

  private @Nullable Template ofParts(Connection connection, long saveId, byte[] residue)
      throws SQLException, RebuildException, LimitException {
    try {
      return births.ofParts(connection, saveId, residue);
    } catch (DamagedException e) {
      throw RebuildException.ofArchive(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Takes a save apart anew that was made like others, so that its rows, as they are, and the new
   * residue give it from now on without them.
   *
   * @param made what was made of the rows
   * @return null where they do not: rows whose ordinals are not in the pickle's order may stand for
   *     objects of which the residue says something else
   */
  public @Nullable SplitSave alone(RebuiltSave made, SaveRows rows)
      throws RefusedException, LimitException {
    SplitSave split = tables.split(made.meaning());
    try {
      JoinedSave joined = tables.joinAlone(split.residue(), rows);
      return joined != null && hex(GraphDigest.sha256(meaning(joined))).equals(made.graphSha256())
          ? split
          : null;
    } catch (MappedTables.RestoreException e) {
      // What it says is of the residue that nobody has yet.
      return null;
    }
  }

  /** {@link MappedTables#unfitColumns}. */
  public Map<String, Long> unfitColumns(SplitSave split) {
    return tables.unfitColumns(split);
  }

  private RebuiltSave rebuilt(Migrated save, ArchivedSave archive, JoinedSave joined)
      throws CodecException, RebuildException {
    byte[] original = archive.original();
    return original == null
        ? written(save, archive.recipe(), joined)
        : kept(save, original, joined);
  }

  /** {@link MappedTables#outerDifferences}. */
  public Set<String> outerDifferences(SaveRows rows, Meaning meaning, SourceRow row) {
    return tables.outerDifferences(rows, meaning, row);
  }

  /** {@link MappedTables#documentDifferences}. */
  public Set<String> documentDifferences(SaveRows rows, Meaning meaning, SourceRow row)
      throws RefusedException {
    return tables.documentDifferences(rows, meaning, row);
  }

  /** {@link MappedTables#computedDifferences}. */
  public Set<String> computedDifferences(SaveRows rows, Meaning meaning, SourceRow row)
      throws RefusedException {
    return tables.computedDifferences(rows, meaning, row);
  }

  /** Of these saves what rows and archive are, to be asked for in this order. */
  public StoredSaves stored(Connection connection, Collection<Long> saveIds) throws SQLException {
    return StoredSaves.of(connection, tables, saveIds);
  }

  /**
   * Whether a table has a row of what a migrated save itself is, by what is archived of it: else
   * the save may be there without any row. False where that cannot be told.
   */
  public boolean hasRootRow(Connection connection, long saveId) throws SQLException {
    try {
      ArchivedSave archive = ArchivedSave.find(connection, saveId);
      return archive != null && tables.hasRootRow(archive.residue());
    } catch (DamagedArchiveException | DamagedException | LimitException e) {
      return false;
    }
  }

  /** Null where there is nothing. */
  private static @Nullable ArchivedSave archived(StoredSaves stored, Migrated save)
      throws SQLException, RebuildException {
    try {
      return stored.archive(save.saveId());
    } catch (DamagedArchiveException e) {
      throw RebuildException.ofArchive(String.valueOf(e.getMessage()));
    }
  }

  /** A save that was born in the tables: nothing is archived of it. */
  private RebuiltSave born(StoredSaves stored, Migrated save, Consumer<SaveRows> looker)
      throws SQLException, CodecException, MappedTables.RestoreException, RebuildException {
    BirthTemplates.Like like;
    try {
      like = births.of(stored.connection(), save.saveId());
    } catch (DamagedException e) {
      throw RebuildException.ofArchive(String.valueOf(e.getMessage()));
    }
    if (like == null) {
      throw RebuildException.ofArchive("picklift_archive has nothing of it");
    }
    SaveRows rows = stored.rows(save.saveId());
    looker.accept(rows);
    if (rows.size() == 0) {
      throw new RebuildException(Fault.ROWS, "", "no row is left of it");
    }
    JoinedSave joined = readAgain(tables.born(like.template(), rows));
    byte[] blob = encode(writer.write(joined.graph()), like.recipe());
    return new RebuiltSave(
            joined.graph(),
            blob,
            !isMigrated(blob, save),
            isSigned(like.recipe()),
            joined.meaning(),
            null,
            joined.unplaced(),
            limits)
        .likeOthers();
  }

  /** A save without what it was made like, as its next reader will have it. */
  private JoinedSave readAgain(JoinedSave joined) throws CodecException, RebuildException {
    SaveGraph made = joined.graph();
    byte[] pickle = writer.write(made);
    checkProtocol(pickle, made);
    SaveGraph graph = new PickleDecoder(limits).decode(pickle);
    Meaning meaning = Meaning.of(graph, limits);
    boolean isSame =
        Arrays.equals(GraphDigest.sha256(meaning), GraphDigest.sha256(Meaning.of(made, limits)));
    if (!isSame) {
      throw new RebuildException(
          Fault.ROWS, "", "the pickle of its rows is read as something else: a defect of Picklift");
    }
    return new JoinedSave(graph, meaning, joined.unplaced());
  }

  /** A BLOB that is written anew. Its hash alone proves it, without a look at what it means. */
  private RebuiltSave written(Migrated save, @Nullable String recipe, JoinedSave joined)
      throws CodecException, RebuildException {
    SaveGraph graph = joined.graph();
    byte[] pickle = writer.write(graph);
    byte[] blob = encode(pickle, recipe == null ? "" : recipe);
    if (isMigrated(blob, save)) {
      return new RebuiltSave(
          graph, blob, false, isSigned(recipe), joined.meaning(), null, joined.unplaced(), limits);
    }
    Meaning meaning = meaning(joined);
    checkProtocol(pickle, graph);
    String digest = hex(GraphDigest.sha256(meaning));
    if (digest.equals(save.graphSha256())) {
      throw RebuildException.ofArchive(
          "rows and residue mean what was migrated, but give other bytes: the recipe in"
              + " picklift_archive or blob_sha256 in picklift_save was changed");
    }
    checkRead(pickle, graph, digest);
    return new RebuiltSave(
        graph, blob, true, isSigned(recipe), meaning, digest, joined.unplaced(), limits);
  }

  /** What has changed has no hash that would prove it: its next reader has to find what it says. */
  private void checkRead(byte[] pickle, SaveGraph made, String digest)
      throws LimitException, RebuildException {
    String problem = "is read as something else";
    try {
      SaveGraph graph =
          made.style().records() == Records.SINGLE
              ? new PickleDecoder(limits).decode(pickle)
              : new RecordDecoder(new PickleDecoder(limits)::decode, limits).decode(pickle);
      if (hex(GraphDigest.sha256(Meaning.of(graph, limits))).equals(digest)) {
        return;
      }
    } catch (LimitException e) {
      throw e;
    } catch (CodecException e) {
      problem = "cannot be read: " + e.getMessage();
    }
    throw new RebuildException(
        Fault.ROWS, "", "the pickle of its rows " + problem + ": a defect of Picklift");
  }

  /** An application that wrote the save in an old protocol may not be able to read another. */
  private static void checkProtocol(byte[] pickle, SaveGraph graph) throws RebuildException {
    if (PickleWriter.isRaised(pickle, graph)) {
      throw new RebuildException(
          Fault.ROWS,
          "",
          "the changed save has no form in its own protocol "
              + graph.style().protocol()
              + ", which its application reads: take the change back");
    }
  }

  private static boolean isSigned(@Nullable String recipe) {
    return recipe != null && Recoder.isSigned(recipe);
  }

  private byte[] encode(byte[] pickle, String recipe) throws RebuildException, LimitException {
    try {
      return Recoder.encode(pickle, recipe, limits);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw RebuildException.ofArchive("the recipe in picklift_archive is none");
    }
  }

  /** A BLOB that is kept holds only as long as the tables say what it says. */
  private RebuiltSave kept(Migrated save, byte[] original, JoinedSave joined)
      throws CodecException, RebuildException {
    SaveGraph graph = joined.graph();
    Meaning meaning = meaning(joined);
    String digest = hex(GraphDigest.sha256(meaning));
    if (!digest.equals(save.graphSha256())) {
      String wrapping = wrapping(original, save);
      byte[] pickle = writer.write(graph);
      checkProtocol(pickle, graph);
      checkRead(pickle, graph, digest);
      byte[] blob = encode(pickle, wrapping);
      return new RebuiltSave(
          graph, blob, true, isSigned(wrapping), meaning, digest, joined.unplaced(), limits);
    }
    if (!isMigrated(original, save)) {
      throw RebuildException.ofArchive(
          "the original in picklift_archive is not the BLOB that was migrated");
    }
    return new RebuiltSave(
        graph, original, false, false, meaning, digest, joined.unplaced(), limits);
  }

  /** The wrapping of a BLOB that cannot be made byte for byte: what its reader takes as well. */
  private String wrapping(byte[] original, Migrated save) {
    try {
      Unpacked unpacked = Unpacker.ofProvenDamage(limits).auto(original);
      if (!unpacked.suspected().isEmpty() && !isMigratedAs(unpacked.pickle(), save)) {
        // It was mended when it was migrated.
        unpacked = new Unpacker(limits, true).auto(original);
      }
      String nearest = Recoder.nearest(unpacked, limits);
      return nearest == null ? "" : nearest;
    } catch (EncodingException e) {
      // It was read by the configuration's word, which restoring does not depend on.
      return "";
    }
  }

  private boolean isMigratedAs(byte[] pickle, Migrated save) {
    try {
      SaveGraph graph = new RecordDecoder(new PickleDecoder(limits)::decode, limits).decode(pickle);
      return hex(GraphDigest.sha256(Meaning.of(graph, limits))).equals(save.graphSha256());
    } catch (CodecException e) {
      return false;
    }
  }

  private Meaning meaning(JoinedSave joined) throws LimitException {
    Meaning known = joined.meaning();
    return known == null ? Meaning.of(joined.graph(), limits) : known;
  }

  private static boolean isMigrated(byte[] blob, Migrated save) {
    return Objects.equals(hex(Sha256.of(blob)), save.blobSha256());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
