package io.picklift.app.verify;

import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.SaveOutcome;
import io.picklift.app.encoding.Recoder;
import io.picklift.app.report.CopyDifference;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.SaveResult.Status;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.Sha256;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.MappedTables;
import io.picklift.app.target.Quarantine;
import io.picklift.app.target.ResidueTable;
import io.picklift.app.view.SaveView;
import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares one save of the source with what the target gives back for it. For one thread. */
public final class SaveVerifier {
  private static final int MOST_DIFFERENCES = 20;

  private final MappedTables tables;
  private final PickleWriter writer;
  private final ColumnCheck columns;
  private final @Nullable String jsonColumn;

  /**
   * Compares with these tables.
   *
   * @param jsonColumn the source's column with a JSON copy; null for none
   */
  public SaveVerifier(
      MappedTables tables, Limits limits, ColumnCheck columns, @Nullable String jsonColumn) {
    this.tables = tables;
    this.writer = new PickleWriter(limits);
    this.columns = columns;
    this.jsonColumn = jsonColumn;
  }

  /** A row that could not be read, so that nothing is proven of it. */
  static SaveResult lost(SaveKey key) {
    return new SaveResult(
        key.text(),
        Status.DIFFERENT,
        "",
        List.of(
            Finding.of(
                Finding.Kind.NOT_MIGRATED,
                "the source listed this key, and had no row for it when asked: it went meanwhile, or the key does not compare equal to itself")));
  }

  SaveResult verify(Connection connection, @Nullable LedgerEntry entry, SaveOutcome outcome)
      throws SQLException {
    SourceRow row = outcome.row();
    byte[] blob = row.blob();
    String sha256 = blob == null ? null : HexFormat.of().formatHex(Sha256.of(blob));
    List<Finding> findings = new ArrayList<>();
    Status status;
    String reason = "";
    if (outcome instanceof SaveOutcome.Refused refused && refused.refusal().isByDisagreement()) {
      Refusal refusal = refused.refusal();
      status = Status.DIFFERENT;
      findings.add(
          new Finding(
              Finding.Kind.ENGINES_DISAGREE, "", refusal.path(), "", "", refusal.message()));
    } else if (entry == null || entry.status() == LedgerEntry.Status.DELETED) {
      status = Status.DIFFERENT;
      findings.add(Finding.of(Finding.Kind.NOT_MIGRATED, "not migrated yet"));
    } else if (!Objects.equals(entry.blobSha256(), sha256)) {
      status = Status.DIFFERENT;
      findings.add(
          Finding.of(
              Finding.Kind.CHANGED_SINCE, "the BLOB changed since it was migrated: run backfill"));
    } else if (entry.status() == LedgerEntry.Status.QUARANTINED) {
      status = Status.QUARANTINED;
      reason = Quarantine.reason(connection, entry.saveId());
    } else if (outcome instanceof SaveOutcome.Refused refused) {
      status = Status.DIFFERENT;
      findings.add(
          Finding.of(
              Finding.Kind.REFUSED,
              "was migrated, and is refused now: " + refused.refusal().message()));
    } else {
      restore(connection, entry, (SaveOutcome.Decoded) outcome, findings);
      status = findings.isEmpty() ? Status.EQUAL : Status.DIFFERENT;
    }
    if (outcome instanceof SaveOutcome.Decoded decoded && status != Status.QUARANTINED) {
      copies(decoded.graph(), row, findings);
    }
    return new SaveResult(row.key().text(), status, reason, findings);
  }

  /** Makes the save from its rows and residue again, and compares meaning and bytes. */
  private void restore(
      Connection connection, LedgerEntry entry, SaveOutcome.Decoded decoded, List<Finding> findings)
      throws SQLException {
    ResidueTable.Entry archive = ResidueTable.find(connection, entry.saveId());
    if (archive == null) {
      findings.add(Finding.of(Finding.Kind.NOT_RESTORABLE, "picklift_archive has nothing of it"));
      return;
    }
    try {
      SaveGraph restored = tables.read(connection, entry.saveId(), archive.residue());
      if (!Arrays.equals(GraphDigest.sha256(restored), decoded.graphSha256())) {
        differences(decoded.graph(), restored, findings);
      } else if (!Arrays.equals(bytes(archive, restored), decoded.row().blob())) {
        findings.add(
            Finding.of(
                Finding.Kind.BYTES_DIFFER,
                "the target gives the same meaning back, but not the same bytes"));
      }
    } catch (MappedTables.RestoreException e) {
      findings.add(
          new Finding(
              Finding.Kind.NOT_RESTORABLE, "", e.path(), "", "", String.valueOf(e.getMessage())));
    } catch (CodecException e) {
      findings.add(Finding.of(Finding.Kind.NOT_RESTORABLE, String.valueOf(e.getMessage())));
    }
    if (!Objects.equals(entry.graphSha256(), HexFormat.of().formatHex(decoded.graphSha256()))) {
      findings.add(
          Finding.of(Finding.Kind.DIFFERS, "the ledger's digest of the graph is not the BLOB's"));
    }
  }

  private byte[] bytes(ResidueTable.Entry archive, SaveGraph restored) throws CodecException {
    byte[] original = archive.original();
    if (original != null) {
      return original;
    }
    String recipe = archive.recipe();
    return Recoder.encode(writer.write(restored), recipe == null ? "" : recipe);
  }

  private static void differences(SaveGraph blob, SaveGraph target, List<Finding> findings)
      throws LimitException {
    for (Difference difference : GraphDiff.compare(blob, target, MOST_DIFFERENCES)) {
      findings.add(Finding.differs(difference.path(), difference.left(), difference.right()));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.of(
              Finding.Kind.DIFFERS, "the digest of the save from the target is not the BLOB's"));
    }
  }

  private void copies(SaveGraph graph, SourceRow row, List<Finding> findings) {
    SaveView view;
    try {
      view = new SaveView(Meaning.of(graph));
    } catch (LimitException e) {
      findings.add(Finding.of(Finding.Kind.COPY_UNREADABLE, String.valueOf(e.getMessage())));
      return;
    }
    for (CopyDifference difference : columns.compare(view, row.columns())) {
      findings.add(Finding.copyDiffers(difference));
    }
    String json = row.json();
    if (jsonColumn != null && json != null) {
      try {
        JsonCheck.compare(view, jsonColumn, json)
            .forEach(d -> findings.add(Finding.copyDiffers(d)));
      } catch (JsonCheck.UnreadableException e) {
        findings.add(
            new Finding(
                Finding.Kind.COPY_UNREADABLE,
                jsonColumn,
                "",
                "",
                "",
                jsonColumn + ": " + e.getMessage()));
      }
    }
  }
}
