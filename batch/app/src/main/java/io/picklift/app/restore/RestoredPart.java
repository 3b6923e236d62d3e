package io.picklift.app.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.picklift.app.config.Config;
import io.picklift.app.encoding.text.DjangoSigner;
import io.picklift.app.memory.LastResort;
import io.picklift.app.poison.SavesInHand;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.Finding;
import io.picklift.app.restore.LedgerSave.Part;
import io.picklift.app.source.KeyKind;
import io.picklift.app.source.SaveKey;
import io.picklift.app.target.TargetTables;
import io.picklift.app.workers.scan.ScanWork;
import io.picklift.codec.Limits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A part of the ledger that a worker restores into a table, in the transaction that checks its
 * lease: BLOBs, what is told of them and how far the range is are there together or not at all. A
 * save that a process died with is a part of its own. For one thread.
 */
final class RestoredPart implements ScanWork.Stretch {
  private final Part part;
  private final List<SaveKey> keys;
  private final Into into;
  private final SavesInHand inHand;
  private boolean isAlone;

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

  /**
   * @param keys of its saves; of one alone where that is a suspect
   */
  RestoredPart(Part part, List<SaveKey> keys, Into into, SavesInHand inHand) {
    this.part = part;
    this.keys = List.copyOf(keys);
    this.into = into;
    this.inHand = inHand;
  }

  @Override
  public String last() {
    return Long.toString(part.upTo());
  }

  @Override
  public long rows() {
    return keys.size();
  }

  @Override
  public long bytes() {
    return 0;
  }

  private boolean isSuspect() {
    return keys.size() == 1 && inHand.isSuspect(keys.get(0));
  }

  private boolean isPoison() {
    return keys.size() == 1 && inHand.isPoison(keys.get(0));
  }

  @Override
  public void enter(ScanWork.Entering entering) throws SQLException {
    if (isPoison()) {
      entering.run();
      return;
    }
    RestoreTurn turn = new RestoreTurn(into.lastResort());
    if (!isSuspect()) {
      inHand.hold(inHand.slot(), keys, false);
      if (turn.beside(entering)) {
        return;
      }
    }
    isAlone = true;
    turn.alone(
        () -> {
          inHand.hold(inHand.slot(), keys, isSuspect());
          entering.run();
          inHand.hold(inHand.slot(), List.of(), false);
        });
  }

  @Override
  public String result(Connection connection) throws SQLException {
    return text(isPoison() ? refused() : restored(connection));
  }

  private PartRestore.Result refused() {
    List<PartRestore.Failure> failures = new ArrayList<>();
    RestoreTally tally =
        new RestoreTally(
            RestoreSummary.NOTHING,
            (key, finding) -> failures.add(new PartRestore.Failure(key, finding)));
    Finding poison = Finding.poison();
    tally.fail(keys.get(0).text(), poison.what(), poison);
    return new PartRestore.Result(tally.summary(), failures);
  }

  private PartRestore.Result restored(Connection connection) throws SQLException {
    List<String> columns = into.config().source().key();
    String blob = into.config().source().blob();
    List<KeyKind> kinds = RestoreTable.kinds(connection, into.table(), columns, blob);
    try (PreparedStatement insert =
        connection.prepareStatement(RestoreTable.insert(into.table(), columns, blob))) {
      RestoredSaves.Sink sink = (key, bytes) -> RestoreTable.save(insert, kinds, key, bytes);
      PartRestore.From from =
          new PartRestore.From(
              into.target(), into.config().source().label(), into.lastResort(), false);
      PartRestore restore = new PartRestore(from, part);
      SaveRestorer beside = into.restorer(sink, Limits.forSaves(into.threads()));
      return isAlone
          ? restore.run(beside, () -> into.restorer(sink, Limits.defaults()))
          : restore.beside(beside);
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
