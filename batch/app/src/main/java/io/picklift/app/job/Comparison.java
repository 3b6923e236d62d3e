package io.picklift.app.job;

import io.picklift.app.database.Retry;
import io.picklift.app.source.KeyState;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.target.LedgerState;
import io.picklift.app.target.LedgerStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Compares rows of the source with the ledger, a page at a time. For one thread. */
final class Comparison {
  private final SaveSource source;
  private final DataSource target;
  private final LedgerStates ledger;

  /** A row, what the ledger says of it, and whether that is what the row is now. */
  record Compared(SaveKey key, @Nullable LedgerState state, boolean isCurrent) {}

  Comparison(SaveSource source, DataSource target, LedgerStates ledger) {
    this.source = source;
    this.target = target;
    this.ledger = ledger;
  }

  /** Whether each row is in the ledger, in whatever version. */
  List<Compared> known(List<KeyState> page) throws SQLException {
    Map<SaveKey, LedgerState> known = Retry.retrying(() -> find(page));
    return page.stream()
        .map(
            row -> {
              LedgerState state = known.get(row.key());
              return new Compared(row.key(), state, state != null && state.isLive());
            })
        .toList();
  }

  /** Whether each row is in the ledger as it is. */
  List<Compared> current(List<KeyState> page) throws SQLException {
    Map<SaveKey, LedgerState> known = Retry.retrying(() -> find(page));
    List<Compared> compared = new ArrayList<>();
    for (KeyState row : page) {
      LedgerState state = known.get(row.key());
      compared.add(new Compared(row.key(), state, state != null && isCurrent(state, row)));
    }
    return compared;
  }

  private boolean isCurrent(LedgerState state, KeyState row) {
    String version = source.hasWatermark() ? state.watermark() : state.blobSha256();
    return state.isLive() && Objects.equals(version, row.version());
  }

  private Map<SaveKey, LedgerState> find(List<KeyState> page) throws SQLException {
    try (Connection connection = target.getConnection()) {
      return ledger.find(connection, page.stream().map(KeyState::key).toList());
    }
  }
}
