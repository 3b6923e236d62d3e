package io.picklift.app.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.picklift.app.config.Config;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.memory.LastResort;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.source.KeyKind;
import io.picklift.app.target.TargetTables;
import io.picklift.app.workers.scan.ScanWork;
import io.picklift.codec.Limits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A part of the ledger that a worker restores into a table, in the transaction that checks its
 * lease: BLOBs, what is told of them and how far the range is are there together or not at all.
 *
 * @param saves how many it has
 */
record RestoredPart(Part part, long saves, Into into) implements ScanWork.Stretch {
  /** Where and how; for any thread. */
  record Into(
      DataSource target,
      TargetTables mapped,
      Config config,
      String table,
      @Nullable DjangoSigner signer,
      int threads,
      LastResort lastResort) {
    SaveRestorer restorer(RestoredSaves.Sink sink, Limits limits) {
      return new SaveRestorer(
          new SaveRebuilder(mapped.tables().within(limits), limits),
          config.source().key().size(),
          sink,
          signer,
          null);
    }
  }

  @Override
  public String last() {
    return Long.toString(part.upTo());
  }

  @Override
  public long rows() {
    return saves;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public String result(Connection connection) throws SQLException {
    List<String> keys = into.config().source().key();
    String blob = into.config().source().blob();
    List<KeyKind> kinds = RestoreTable.kinds(connection, into.table(), keys, blob);
    try (PreparedStatement insert =
        connection.prepareStatement(RestoreTable.insert(into.table(), keys, blob))) {
      RestoredSaves.Sink sink = (key, bytes) -> RestoreTable.save(insert, kinds, key, bytes);
      PartRestore.From from =
          new PartRestore.From(
              into.target(), into.config().source().label(), into.lastResort(), false);
      return text(
          new PartRestore(from, part)
              .run(
                  into.restorer(sink, Limits.forSaves(into.threads())),
                  () -> into.restorer(sink, Limits.defaults())));
    }
  }

  private static String text(PartRestore.Result result) throws SQLException {
    try {
      return RestoreScan.JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new SQLException("a result could not be written as JSON", e);
    }
  }
}
