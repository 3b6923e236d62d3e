package io.picklift.app.evolve;

import io.picklift.app.config.SourceConfig;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.TargetTables;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.jython.EnginesDisagreeException;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.rows.RowsHash;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.rows.StoredRows;
import io.picklift.schema.tables.split.FrozenException;
import io.picklift.schema.tables.split.SplitSave;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts a save together from its former rows and residue, and takes it apart under the new mapping.
 * What comes of it has to give the same pickle, byte for byte. For one thread.
 */
final class SaveEvolver {
  private static final byte[] NOTHING_ARCHIVED = new byte[32];

  private final MappedTables former;
  private final MappedTables next;
  private final TargetTables formerTables;
  private final TargetTables nextTables;
  private final SaveRebuilder rebuilder;
  private final PickleWriter writer;
  private final OuterValues outer;
  private final SourceConfig source;
  private final Set<String> written;
  private final Limits limits;
  private final DecodingEngine engine;

  /**
   * @param engine that reads edited saves
   * @param written the new mapping's tables that are written anew
   */
  SaveEvolver(
      TargetTables former,
      TargetTables next,
      SourceConfig source,
      Set<String> written,
      DecodingEngine.Name engine,
      Limits limits) {
    formerTables = former;
    nextTables = next;
    this.former = former.tables();
    this.next = next.tables();
    this.source = source;
    this.written = written;
    this.limits = limits;
    this.engine = DecodingEngine.create(engine, limits, source.records());
    rebuilder = new SaveRebuilder(this.former, limits);
    writer = new PickleWriter(limits);
    outer = new OuterValues(former.mapping(), source);
  }

  /** What the target has of some saves, to be asked for in this order. */
  StoredSaves stored(Connection connection, List<OpenSave> saves) throws SQLException {
    return StoredSaves.of(connection, former, saves.stream().map(OpenSave::id).toList());
  }

  /** Takes a save apart anew. */
  EvolvedSave evolve(StoredSaves stored, OpenSave save) throws SQLException, NotEvolvedException {
    List<SaveRows> there = new ArrayList<>();
    try {
      RebuiltSave rebuilt = rebuilder.rebuild(stored, save.migrated(), there::add);
      String unplaced = rebuilt.unplaced();
      if (unplaced != null) {
        // It would be lost: the tables are made of what is in the save.
        throw new NotEvolvedException(unplaced);
      }
      byte[] pickle = writer.write(rebuilt.graph());
      SourceRow row = outer.row(SaveKey.parse(save.key(), source.key().size()), there.get(0));
      ArchivedSave archive = stored.archive(save.id());
      String group =
          outer.split(row, there.get(0), archive == null ? null : former.group(archive.residue()));
      SplitSave split = split(rebuilt, pickle, row, group);
      return new EvolvedSave(
          save.key(),
          RowsHash.of(there.get(0)),
          // One that was born in the tables has none yet.
          archive == null ? NOTHING_ARCHIVED : archive.sha256(),
          split.rows().withSaveId(save.id()),
          split.residue(),
          split.counts(),
          next.unfitColumns(split),
          next.foundColumns(split),
          others(split.rows(), there.get(0)));
    } catch (RebuildException | DamagedArchiveException e) {
      throw new NotEvolvedException("it cannot be restored: " + e.getMessage());
    } catch (RefusedException e) {
      throw new NotEvolvedException("the new mapping refuses it: " + e.refusal().message());
    } catch (FrozenException e) {
      throw new NotEvolvedException("the new mapping refuses it: " + e.getMessage());
    } catch (EnginesDisagreeException e) {
      throw new NotEvolvedException(String.valueOf(e.getMessage()));
    } catch (LimitException e) {
      throw new NotEvolvedException(e.reason());
    } catch (CodecException e) {
      throw new NotEvolvedException(String.valueOf(e.getMessage()));
    }
  }

  /** An edited save is taken apart as its restored BLOB would be. */
  private SplitSave split(RebuiltSave rebuilt, byte[] pickle, SourceRow row, @Nullable String group)
      throws RefusedException, CodecException, NotEvolvedException {
    if (rebuilt.isEdited()) {
      SaveGraph anew = engine.decode(pickle);
      SplitSave split = next.split(Meaning.of(anew, limits), row, group);
      if (gives(split, pickle)) {
        return split;
      }
    }
    SplitSave split = next.split(rebuilt.meaning(), row, group);
    if (!gives(split, pickle)) {
      throw new NotEvolvedException(
          "under the new mapping it would be restored with other bytes, which is a fault of"
              + " Picklift");
    }
    return split;
  }

  private boolean gives(SplitSave split, byte[] pickle) throws CodecException {
    try {
      return Arrays.equals(writer.write(next.join(split.residue(), split.rows()).graph()), pickle);
    } catch (MappedTables.RestoreException e) {
      return false;
    }
  }

  /** Tables that are not written, and of which the save has other rows. */
  private Set<String> others(SaveRows rows, SaveRows there) {
    Set<String> others = new TreeSet<>();
    for (TableMapping table : nextTables.mapping().tables()) {
      TableMapping same = formerTables.mapping().table(table.name());
      if (same != null
          && !written.contains(table.name())
          && !StoredRows.isSame(rows.table(table.number()), there.table(same.number()))) {
        others.add(table.name());
      }
    }
    return others;
  }
}
