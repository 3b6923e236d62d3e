package io.picklift.app.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.picklift.app.config.Config;
import io.picklift.app.database.Snapshot;
import io.picklift.app.decode.Refusal;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.memory.LastResort;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.Finding;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.source.KeyKind;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.TargetTables;
import io.picklift.app.workers.scan.ScanWork;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
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
      return JSON.text(new Run(sink).result());
    }
  }

  private static final class JSON {
    static String text(RestoreScan.Result result) throws SQLException {
      try {
        return RestoreScan.JSON.writeValueAsString(result);
      } catch (JsonProcessingException e) {
        throw new SQLException("a result could not be written as JSON", e);
      }
    }
  }

  /** One try. A save that there is too little memory for beside others is restored alone. */
  private final class Run {
    private final RestoredSaves.Sink sink;
    private final List<RestoreScan.Failure> failures = new ArrayList<>();
    private final List<Long> again = new ArrayList<>();
    private final RestoreTally tally =
        new RestoreTally(
            RestoreSummary.NOTHING,
            (key, finding) -> failures.add(new RestoreScan.Failure(key, finding)));

    /** All saves up to this id are done, or to be restored again. */
    private long last = part.after();

    Run(RestoredSaves.Sink sink) {
      this.sink = sink;
    }

    RestoreScan.Result result() throws SQLException {
      SaveRestorer beside = into.restorer(sink, Limits.forSaves(into.threads()));
      Boolean isDone =
          into.lastResort()
              .beside(
                  () ->
                      Snapshot.read(
                          into.target(), c -> restored(c, beside, new Part(last, part.upTo()))));
      if (isDone == null) {
        // The error does not say which save needed too much.
        for (LedgerSave save :
            Snapshot.read(
                into.target(), c -> LedgerSave.of(c, source(), new Part(last, part.upTo())))) {
          again.add(save.saveId());
        }
      }
      for (long saveId : List.copyOf(again)) {
        alone(saveId);
      }
      return new RestoreScan.Result(tally.summary(), failures);
    }

    private String source() {
      return into.config().source().label();
    }

    private boolean restored(Connection connection, SaveRestorer restorer, Part some)
        throws SQLException {
      List<LedgerSave> read = LedgerSave.of(connection, source(), some);
      StoredSaves stored = restorer.stored(connection, read);
      for (LedgerSave save : read) {
        restore(connection, restorer, stored, save);
        last = save.saveId();
      }
      return true;
    }

    private void restore(
        Connection connection, SaveRestorer restorer, StoredSaves stored, LedgerSave save)
        throws SQLException {
      try {
        if (save.isMigrated()) {
          restorer.restore(stored, save, tally);
        } else {
          restorer.restore(connection, stored, save, tally);
        }
      } catch (RebuildException e) {
        if (e.fault() == RebuildException.Fault.LIMIT) {
          again.add(save.saveId());
        } else {
          tally.fail(save.key(), String.valueOf(e.getMessage()), e.finding());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void alone(long saveId) throws SQLException {
      Part one = new Part(saveId - 1, saveId);
      List<LedgerSave> read = new ArrayList<>();
      Boolean isDone =
          into.lastResort().alone(() -> Snapshot.read(into.target(), c -> alone(c, one, read)));
      if (isDone == null) {
        String message = Refusal.outOfMemory().message();
        String key = read.isEmpty() ? "save_id " + saveId : read.get(0).key();
        tally.fail(key, message, Finding.unproven(message));
      }
    }

    private boolean alone(Connection connection, Part one, List<LedgerSave> read)
        throws SQLException {
      SaveRestorer restorer = into.restorer(sink, Limits.defaults());
      read.addAll(LedgerSave.of(connection, source(), one));
      StoredSaves stored = restorer.stored(connection, read);
      for (LedgerSave save : read) {
        try {
          restorer.restore(connection, stored, save, tally);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return true;
    }
  }
}
