package io.picklift.app.target;

import com.zaxxer.hikari.HikariDataSource;
import io.picklift.app.bulk.WritingTarget;
import io.picklift.app.config.Config;
import io.picklift.app.database.Pools;
import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.DecodingEngine;
import io.picklift.app.decode.SaveDecoder;
import io.picklift.app.job.Game;
import io.picklift.app.lock.TargetLock;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.codec.Limits;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.RowComputer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The target of a {@link Game}, written into without a job around it. */
final class StoreFixture implements AutoCloseable {
  private final HikariDataSource target;
  private final WritingTarget writing;
  private final TargetLock lock;
  private final SaveDecoder decoder;
  private final Mapping mapping;

  StoreFixture(Game game) throws Exception {
    Config config = game.config();
    Limits limits = Limits.defaults();
    target = Pools.open("target", config.requireTarget(), 4);
    writing = WritingTarget.open(config.requireTarget(), 4);
    lock = Objects.requireNonNull(TargetLock.take(target));
    TargetSchema.migrate(target);
    TargetTables tables = TargetTables.read(config, limits);
    mapping = tables.mapping();
    try (Connection connection = target.getConnection()) {
      tables.createTables(connection);
    }
    decoder = new SaveDecoder(new BlobDecoder(DecodingEngine.Name.FAST, limits, List.of()), limits);
  }

  Mapping mapping() {
    return mapping;
  }

  SaveStore store(Mapping mapping) throws SQLException {
    return store(mapping, 1 << 20);
  }

  /** A store that makes so many bytes of SQL ready before its transaction. */
  SaveStore store(Mapping mapping, long mostTextBytes) throws SQLException {
    return new SaveStore(
        writing,
        lock,
        new Ledger("saves", new byte[32]),
        mapping,
        new FoundColumns("saves"),
        new SaveIds(),
        null,
        null,
        mostTextBytes);
  }

  WritingTarget writing() {
    return writing;
  }

  /** Any save, under any key. */
  PreparedSave prepared(String key, byte[] save) {
    SourceRow row = new SourceRow(new SaveKey(List.of(key)), save, null, Map.of(), null);
    return new SavePreparer(new MappedTables(mapping, RowComputer.NONE, Limits.defaults()), false)
        .prepare(decoder.decode(row));
  }

  /** The save of that number, under the key of that number. */
  PreparedSave prepared(int number, MappedTables tables) throws Exception {
    SaveKey key = new SaveKey(List.of(String.format("p%04d", number)));
    SourceRow row = new SourceRow(key, Game.save(number), null, Map.of(), null);
    return new SavePreparer(tables, false).prepare(decoder.decode(row));
  }

  PreparedSave prepared(int number) throws Exception {
    return prepared(number, new MappedTables(mapping, RowComputer.NONE, Limits.defaults()));
  }

  /** The saves from one number to another, which is not among them. */
  List<PreparedSave> prepared(int from, int to) throws Exception {
    List<PreparedSave> saves = new ArrayList<>();
    for (int i = from; i < to; i++) {
      saves.add(prepared(i));
    }
    return saves;
  }

  @Override
  public void close() throws IOException, SQLException {
    lock.close();
    writing.close();
    target.close();
  }
}
