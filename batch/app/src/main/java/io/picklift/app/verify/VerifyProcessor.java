package io.picklift.app.verify;

import io.picklift.app.database.Retry;
import io.picklift.app.report.SaveResult;
import io.picklift.app.source.SaveBatch;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.Ledger;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.StoredSaves;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Verifies the saves of a batch. */
public class VerifyProcessor implements ItemProcessor<SaveBatch, VerifiedBatch> {
  private final DataSource target;
  private final Ledger ledger;
  private final SaveVerifier verifier;

  public VerifyProcessor(DataSource target, Ledger ledger, SaveVerifier verifier) {
    this.target = target;
    this.ledger = ledger;
    this.verifier = verifier;
  }

  @Override
  public VerifiedBatch process(SaveBatch batch) throws SQLException {
    return Retry.retrying(() -> verifyAll(batch));
  }

  private VerifiedBatch verifyAll(SaveBatch batch) throws SQLException {
    try (Connection connection = target.getConnection()) {
      Map<SaveKey, LedgerEntry> known =
          ledger.find(
              connection,
              Stream.concat(batch.rows().stream().map(SourceRow::key), batch.lost().stream())
                  .toList());
      List<SaveResult> results = new ArrayList<>();
      StoredSaves stored = verifier.stored(connection, ids(batch, known));
      for (SourceRow row : batch.rows()) {
        results.add(verifier.verify(connection, stored, known.get(row.key()), row));
      }
      for (SaveKey key : batch.lost()) {
        // What the target has of a row that is gone is told where all such saves are.
        if (known.get(key) == null) {
          results.add(SaveVerifier.lost(key));
        }
      }
      return new VerifiedBatch(results);
    }
  }

  private static List<Long> ids(SaveBatch batch, Map<SaveKey, LedgerEntry> known) {
    return batch.rows().stream()
        .map(row -> known.get(row.key()))
        .filter(entry -> entry != null && entry.status() == LedgerEntry.Status.MIGRATED)
        .map(LedgerEntry::saveId)
        .toList();
  }
}
