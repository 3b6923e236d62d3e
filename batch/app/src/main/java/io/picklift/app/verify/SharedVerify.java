package io.picklift.app.verify;

import io.picklift.app.database.Retry;
import io.picklift.app.estimate.RangeSizes;
import io.picklift.app.range.KeyRange;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.VerifyReport;
import io.picklift.app.source.ProgressListener;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.SaveSource;
import io.picklift.app.workers.scan.ScanRange;
import io.picklift.app.workers.scan.SharedScan;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The pass over all rows, as the coordinator has it whose workers look at them. */
final class SharedVerify {
  /** Many more ranges than workers, each of which is worth a worker's while. */
  private static final int MOST_RANGES = 1_024;

  /** Ranges are put together from smaller ones, to have about as many bytes each. */
  private static final int PIECES = 4;

  private final SharedScan scan;
  private final SaveSource source;
  private final VerifyOptions options;

  SharedVerify(SharedScan scan, SaveSource source, VerifyOptions options) {
    this.scan = scan;
    this.source = source;
    this.options = options;
  }

  /** Has workers look at what is left; whether all is looked at. */
  boolean run(String about, long rows, ProgressListener progress, BooleanSupplier isOver)
      throws SQLException, IOException {
    SharedScan.Plan plan =
        new SharedScan.Plan(
            VerifyScan.STEP,
            source.name(),
            about,
            Map.of(
                VerifyScan.ENGINE,
                options.engine().name(),
                VerifyScan.SAMPLED,
                Boolean.toString(options.isOtherSampled()),
                VerifyScan.PROOFS,
                options.proofs().name(),
                VerifyScan.ROWS,
                Long.toString(rows)),
            () -> ranges(rows));
    progress.done(scan.begin(plan));
    return scan.run(plan, progress, isOver);
  }

  private List<ScanRange> ranges(long rows) throws SQLException {
    int groups = (int) Math.max(1, Math.min(MOST_RANGES, rows / scan.leastSaves()));
    int step = (int) Math.max(1, rows / ((long) groups * PIECES));
    List<KeyRange> pieces = new ArrayList<>();
    @Nullable SaveKey after = null;
    for (int i = 1; i < groups * PIECES; i++) {
      @Nullable SaveKey from = after;
      List<SaveKey> end = Retry.retrying(() -> source.keysAfter(from, step - 1L, 1));
      if (end.isEmpty()) {
        break;
      }
      pieces.add(new KeyRange(KeyRange.NONE, after, end.get(0)));
      after = end.get(0);
    }
    pieces.add(new KeyRange(KeyRange.NONE, after, null));
    List<ScanRange> ranges = new ArrayList<>();
    int first = 0;
    for (int end : RangeSizes.groups(source, pieces, groups)) {
      ranges.add(
          ScanRange.of(
              text(pieces.get(first).after()),
              text(pieces.get(end - 1).upTo()),
              (long) first * step));
      first = end;
    }
    return ranges;
  }

  private static @Nullable String text(@Nullable SaveKey key) {
    return key == null ? null : key.text();
  }

  /** Adds what was found so far, in the order of the keys. */
  ProofSentences.Counts told(VerifyReport report) throws SQLException, IOException {
    long[] counts = new long[3];
    scan.results(
        text -> {
          VerifyScan.Result result = VerifyJournal.JSON.readValue(text, VerifyScan.Result.class);
          for (SaveResult save : result.batch().all()) {
            report.add(save);
            counts[0] += save.status() == SaveResult.Status.EQUAL ? 1 : 0;
          }
          counts[1] += result.byHash();
          counts[2] += result.byOtherEngine();
        });
    return new ProofSentences.Counts(counts[0], counts[1], counts[2]);
  }

  /** All is told. */
  void done() throws SQLException {
    scan.forget();
  }
}
