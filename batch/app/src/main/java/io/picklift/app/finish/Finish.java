package io.picklift.app.finish;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.accept.AcceptList;
import io.picklift.app.account.QuarantineBlobs;
import io.picklift.app.changes.ChangeTriggers;
import io.picklift.app.config.Config;
import io.picklift.app.config.Database;
import io.picklift.app.database.DatabaseException;
import io.picklift.app.database.LongStatement;
import io.picklift.app.database.Pools;
import io.picklift.app.database.ResourceCloser;
import io.picklift.app.database.Retry;
import io.picklift.app.database.Snapshot;
import io.picklift.app.evolve.Moments;
import io.picklift.app.finish.FinishTable.Note;
import io.picklift.app.finish.FinishTable.State;
import io.picklift.app.finish.archive.ArchiveReader;
import io.picklift.app.finish.archive.ArchiveWriter;
import io.picklift.app.finish.archive.Manifest;
import io.picklift.app.job.JobFailedException;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.Sources;
import io.picklift.app.target.MigratedTarget;
import io.picklift.app.target.TargetMappings;
import io.picklift.app.target.TargetSchema;
import io.picklift.app.target.TargetTables;
import io.picklift.codec.Limits;
import io.picklift.schema.evolve.FormerMapping;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes Picklift out of a target. First an archive is made and proven, then its hash is noted, then
 * foreign keys move and tables are dropped. Killed before the note, nothing of the target has
 * changed; killed after it, the next run goes on.
 */
public final class Finish implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Config config;
  private final Limits limits;
  private final Moments moments;
  private final HikariDataSource target;

  /** Null where the target has nothing of Picklift. */
  private @Nullable TargetLock lock;

  private @Nullable Note begun;

  /**
   * Connects, and takes the target's lock: whatever an earlier run has under way still, fails from
   * now on.
   */
  public static Finish open(Config config, Limits limits, Moments moments)
      throws DatabaseException, JobFailedException, SQLException {
    return new Finish(config, limits, moments);
  }

  private Finish(Config config, Limits limits, Moments moments)
      throws DatabaseException, JobFailedException, SQLException {
    this.config = config;
    this.limits = limits;
    this.moments = moments;
    boolean isOpen = false;
    try {
      target = Pools.open("target", config.requireTarget(), 4);
      open.push(target);
      lock = locked(config.requireTarget());
      isOpen = true;
    } finally {
      if (!isOpen) {
        ResourceCloser.all(open);
      }
    }
  }

  private @Nullable TargetLock locked(Database database) throws JobFailedException, SQLException {
    try (Connection connection = target.getConnection()) {
      if (OwnTables.left(connection).isEmpty()) {
        return null;
      }
    }
    TargetLock taken = TargetLock.take(target);
    if (taken == null) {
      throw new JobFailedException(TargetLock.busy(target, database.place()));
    }
    open.push(taken);
    try (Connection connection = target.getConnection()) {
      begun = FinishTable.find(connection);
      if (begun == null) {
        MigratedTarget.check(connection, database);
      }
    }
    if (begun == null || begun.state() == State.PROVEN) {
      TargetSchema.migrateBegun(target);
      taken.enter();
    }
    return taken;
  }

  /**
   * Does it; goes on where a run was killed.
   *
   * @param given where the archive is to be
   */
  public FinishResult to(Path given, AcceptList accepted)
      throws DatabaseException, SQLException, IOException {
    Path file = given.toAbsolutePath().normalize();
    if (lock == null) {
      return already(file);
    }
    Note note = begun;
    if (note != null && !note.archive().equals(file)) {
      throw new ConfigurationException(
          "--archive " + given + ": finish was begun with " + note.archive());
    }
    if (note != null && !isWhole(note)) {
      if (note.state() == State.DROPPING) {
        throw new ConfigurationException(
            "--archive "
                + given
                + ": is gone or was changed since it was proven, and some of what it was made of is"
                + " dropped: put the file back");
      }
      note = null;
    }
    if (note != null) {
      FinishResult not = resumed(note, accepted);
      if (not != null) {
        return not;
      }
    }
    if (note == null) {
      FinishResult not = export(file, accepted);
      if (not != null) {
        return not;
      }
      note = Objects.requireNonNull(begun);
    }
    Manifest manifest = manifest(file);
    takeOut(note);
    return FinishResult.done(manifest, note.sha256());
  }

  /** A target without anything of Picklift, after a finish that was killed at its very end. */
  private FinishResult already(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new ConfigurationException(
          config.requireTarget().place()
              + ": has nothing of Picklift; was it finished, with another --archive?");
    }
    Manifest manifest = manifest(file);
    if (!manifest.source().equals(config.source().label())) {
      throw new ConfigurationException(
          file + ": is the archive of '" + manifest.source() + "', and of no save here");
    }
    return FinishResult.done(manifest, ArchiveProof.sha256(file));
  }

  private Manifest manifest(Path file) throws IOException {
    try (ArchiveReader archive = ArchiveReader.open(file, limits)) {
      return archive.manifest();
    }
  }

  private static boolean isWhole(Note note) throws IOException {
    return Files.isRegularFile(note.archive())
        && ArchiveProof.sha256(note.archive()).equals(note.sha256());
  }

  /**
   * Asks again for what an earlier run asked before it noted the archive. Where there is a reason
   * by now and the target is as it was, the note is given up, so that every command can mend it;
   * the archive is one that a later run makes anew. Once keys lead to the root table, nothing is
   * given up: a run that replaces a save's row there would take rows of others along.
   */
  private @Nullable FinishResult resumed(Note note, AcceptList accepted)
      throws SQLException, IOException {
    Mapping mapping;
    try (ArchiveReader archive = ArchiveReader.open(note.archive(), limits)) {
      mapping = archive.mapping();
    }
    List<String> problems;
    try (Connection connection = target.getConnection()) {
      boolean isDropping = note.state() == State.DROPPING;
      problems =
          isDropping
              ? WhyNot.begun(connection, mapping, note.rootTable())
              : WhyNot.of(connection, config.source().label(), mapping, accepted);
      if (problems.isEmpty()) {
        return null;
      }
      if (isDropping || new LedgerKeys(note.rootTable()).isBegun(connection)) {
        return FinishResult.halfDone(problems);
      }
      FinishTable.forget(connection);
    }
    Files.delete(note.archive());
    List<String> lines = new ArrayList<>(problems);
    lines.add(note.archive() + ": deleted, since the next run makes it again");
    return FinishResult.not(lines);
  }

  /** Makes the archive, proves it and notes it; gives why not where it cannot be. */
  private @Nullable FinishResult export(Path file, AcceptList accepted)
      throws DatabaseException, SQLException, IOException {
    checkFile(file);
    TargetMappings.Kept kept;
    List<String> problems;
    Mapping mapping;
    try (Connection connection = target.getConnection()) {
      kept = kept(connection);
      mapping = FormerMapping.parse("the target's mapping", kept.yaml(), kept.written());
      problems = WhyNot.of(connection, config.source().label(), mapping, accepted);
    }
    if (!problems.isEmpty()) {
      return FinishResult.not(problems);
    }
    moments.at("quarantine");
    keepQuarantined();
    Path partial = ArchiveProof.partial(file);
    try {
      moments.at("exporting");
      FinishResult not = write(partial, mapping, kept);
      if (not != null) {
        return not;
      }
      // Noted first: a file of that name that is there at the next run is this one, or is not ours.
      Note note =
          new Note(State.PROVEN, file, ArchiveProof.sha256(partial), RootTable.of(mapping).name());
      moments.at("noting");
      checkFile(file);
      try (Connection connection = target.getConnection()) {
        // To make the archive may have taken hours.
        problems = WhyNot.of(connection, config.source().label(), mapping, accepted);
        if (!problems.isEmpty()) {
          return FinishResult.not(problems);
        }
        FinishTable.enter(connection, note);
      }
      moments.at("naming");
      ArchiveProof.name(partial, file);
      begun = note;
      return null;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Nothing is overwritten: an archive may be all that another target has left of its BLOBs. */
  private static void checkFile(Path file) {
    if (Files.exists(file)) {
      throw new ConfigurationException(
          "--archive "
              + file
              + ": exists, but is not an archive that finish has proven for this target: move it"
              + " away");
    }
  }

  private static TargetMappings.Kept kept(Connection connection) throws SQLException {
    List<TargetMappings.Kept> kept = TargetMappings.kept(connection);
    if (kept.isEmpty()) {
      throw new ConfigurationException("the target has no migrated save");
    }
    TargetMappings.Kept first = kept.get(0);
    if (kept.stream().anyMatch(other -> !other.written().equals(first.written()))) {
      throw new ConfigurationException("the target's saves are of several mappings");
    }
    return first;
  }

  /** BLOBs of quarantined saves that the target does not keep are in the source alone. */
  private void keepQuarantined() throws DatabaseException, SQLException {
    try (Connection connection = target.getConnection();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                SELECT 1 FROM picklift_quarantine q
                LEFT JOIN picklift_quarantine_blob b ON b.save_id = q.save_id
                  AND b.blob_sha256 = q.blob_sha256
                WHERE q.blob_sha256 IS NOT NULL AND b.save_id IS NULL LIMIT 1
                """)) {
      if (!row.next()) {
        return;
      }
    }
    Deque<AutoCloseable> source = new ArrayDeque<>();
    try {
      long unused =
          new QuarantineBlobs(
                  Sources.open(config.source(), limits, 2, source),
                  target,
                  Objects.requireNonNull(lock))
              .keep(() -> {});
    } finally {
      ResourceCloser.all(source);
    }
  }

  private @Nullable FinishResult write(Path partial, Mapping mapping, TargetMappings.Kept kept)
      throws SQLException, IOException {
    String made = Instant.now(Clock.systemUTC()).truncatedTo(ChronoUnit.SECONDS).toString();
    Manifest manifest;
    try (ArchiveWriter archive =
        ArchiveWriter.create(partial, mapping, kept.yaml(), kept.written(), Ddl.script(mapping))) {
      TargetExport export =
          new TargetExport(
              new SaveRebuilder(TargetTables.joining(mapping, limits), limits),
              archive,
              config.source().label());
      boolean unused =
          Snapshot.read(
              target,
              connection -> {
                export.run(connection, () -> moments.at("exporting a save"));
                return true;
              });
      if (export.failed() > 0) {
        return FinishResult.not(export.problems());
      }
      manifest = archive.finish(config.source().label(), config.source().key(), made);
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    moments.at("proving");
    ArchiveProof.check(
        partial, manifest.contentSha256(), limits, () -> moments.at("proving a save"));
    return null;
  }

  private void takeOut(Note note) throws SQLException {
    LongStatement statements = new LongStatement(target);
    boolean unused =
        statements.run(
            connection -> {
              new LedgerKeys(note.rootTable()).move(connection, () -> moments.at("a key"));
              if (note.state() == State.PROVEN) {
                FinishTable.enter(
                    connection,
                    new Note(State.DROPPING, note.archive(), note.sha256(), note.rootTable()));
              }
              moments.at("triggers");
              // First: where they stand and their table does not, the application cannot write.
              // Where a table is in use for too long, it is tried again.
              boolean ignored =
                  Retry.connected(
                      target,
                      other -> {
                        ChangeTriggers.drop(other);
                        return true;
                      });
              OwnTables.drop(connection, () -> moments.at("dropping"));
              return true;
            });
  }

  @Override
  public void close() {
    ResourceCloser.all(open);
  }
}
