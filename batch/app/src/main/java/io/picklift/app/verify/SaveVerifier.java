package io.picklift.app.verify;

import io.picklift.app.decode.BlobDecoder;
import io.picklift.app.decode.Refusal;
import io.picklift.app.decode.RefusedException;
import io.picklift.app.input.LeftOut;
import io.picklift.app.proof.SaveProof;
import io.picklift.app.proof.SourceHash;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.report.Finding;
import io.picklift.app.report.SaveResult;
import io.picklift.app.report.SaveResult.Status;
import io.picklift.app.source.RowHashes;
import io.picklift.app.source.SaveKey;
import io.picklift.app.source.Sha256;
import io.picklift.app.source.SourceRow;
import io.picklift.app.target.LedgerEntry;
import io.picklift.app.target.Quarantine;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.tables.rows.RowsHash;
import io.picklift.schema.tables.rows.SaveRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares one save of the source with what the target gives back for it. For one thread.
 *
 * <p>The proof is a hash: the BLOB that rows and archive give has the SHA-256 of the source's. Only
 * a save that is not proven so is decoded, to say where it differs.
 */
public final class SaveVerifier {
  private static final int MOST_DIFFERENCES = 100;
  private static final int MOST_COUNTED = 10_000;

  private static final String OUTER =
      "it is not what the source's row has: changed in the target, or in the source since it was"
          + " migrated";
  private static final String DOCUMENT =
      "the document does not say what the save says: it was changed, and restore does not look at"
          + " it";
  private static final String COMPUTED =
      "it is not what the adapter computes now: changed in the target, or the adapter was changed"
          + " since it was migrated";

  private final SaveRebuilder rebuilder;
  private final BlobDecoder decoder;
  private final boolean decodesAll;
  private final CopyCheck copies;
  private final SourceHash hash;
  private boolean isComputing;

  /**
   * @param decodesAll whether to decode saves that are proven already: for the sake of another
   *     engine than the one that migrated them
   */
  public SaveVerifier(
      SaveRebuilder rebuilder,
      BlobDecoder decoder,
      boolean decodesAll,
      CopyCheck copies,
      SourceHash hash) {
    this.rebuilder = rebuilder;
    this.decoder = decoder;
    this.decodesAll = decodesAll;
    this.copies = copies;
    this.hash = hash;
  }

  /** Has the adapters compute their columns anew, and compares. */
  SaveVerifier computing(boolean isWanted) {
    isComputing = isWanted;
    return this;
  }

  /**
   * What a look at a save gave.
   *
   * @param blobSha256 of the source's BLOB, in lower-case hex; null for NULL
   * @param proof what proves it the next time; null where there is something to say of it
   */
  record Verified(SaveResult result, @Nullable String blobSha256, @Nullable SaveProof proof) {}

  /** A row that could not be read, so that nothing is proven of it. */
  static SaveResult lost(SaveKey key) {
    return new SaveResult(
        key.text(),
        Status.MISSING,
        "",
        List.of(
            Finding.of(
                Finding.Kind.NOT_MIGRATED,
                "the source listed this key, and had no row for it when asked: it went meanwhile,"
                    + " or the key does not compare equal to itself")));
  }

  /** What the target has of saves that {@link #verify} is called for, in this order. */
  StoredSaves stored(Connection connection, Collection<Long> saveIds) throws SQLException {
    return rebuilder.stored(connection, saveIds);
  }

  Verified verify(
      Connection connection, StoredSaves stored, @Nullable LedgerEntry entry, SourceRow row)
      throws SQLException {
    String sha256 = row.blobSha256();
    List<Finding> findings = new ArrayList<>();
    Status status;
    if (entry == null || entry.status() == LedgerEntry.Status.DELETED) {
      status = Status.MISSING;
      findings.add(Finding.of(Finding.Kind.NOT_MIGRATED, "not migrated yet"));
      copiesOfBlob(row, findings);
    } else if (!Objects.equals(entry.blobSha256(), sha256)) {
      status = Status.CHANGED;
      findings.add(entry.isOwned() ? Finding.changedThoughOwned() : Finding.changedSince());
      copiesOfBlob(row, findings);
    } else if (entry.status() == LedgerEntry.Status.QUARANTINED) {
      String reason = Quarantine.reason(connection, entry.saveId());
      Finding finding = Finding.quarantined(reason, sha256 == null ? "" : sha256);
      return new Verified(
          new SaveResult(row.key().text(), Status.QUARANTINED, reason, List.of(finding)),
          sha256,
          null);
    } else {
      return migrated(stored, entry, row, sha256);
    }
    return new Verified(new SaveResult(row.key().text(), status, "", findings), sha256, null);
  }

  private Verified migrated(
      StoredSaves stored, LedgerEntry entry, SourceRow row, @Nullable String sha256)
      throws SQLException {
    List<Finding> findings = new ArrayList<>();
    List<Finding> ofCopies = new ArrayList<>();
    List<SaveRows> rows = new ArrayList<>();
    boolean isEditedByOwner = false;
    try {
      RebuiltSave save =
          rebuilder.rebuild(
              stored,
              new SaveRebuilder.Migrated(entry.saveId(), entry.blobSha256(), entry.graphSha256()),
              rows::add);
      Meaning meaning = save.meaning();
      if (!entry.isOwned()) {
        // What the source's row has beside a save that the tables own may be older.
        columns(rows, its -> rebuilder.outerDifferences(its, meaning, row), OUTER, findings);
      }
      columns(rows, its -> rebuilder.documentDifferences(its, meaning, row), DOCUMENT, findings);
      if (isComputing) {
        columns(rows, its -> rebuilder.computedDifferences(its, meaning, row), COMPUTED, findings);
      }
      String unplaced = save.unplaced();
      if (unplaced != null) {
        findings.add(Finding.of(Finding.Kind.DIFFERS, unplaced));
      }
      if (save.isEdited() && entry.isOwned()) {
        isEditedByOwner = true;
      } else if (save.isEdited()) {
        edited(save, row, findings, ofCopies);
      } else {
        proven(save, entry, row, findings);
        copies(meaning, row, ofCopies);
      }
    } catch (RebuildException e) {
      findings.add(e.finding());
      copiesOfBlob(row, ofCopies);
    } catch (LimitException e) {
      findings.add(Finding.unproven(e.reason()));
    }
    if (isEditedByOwner && findings.isEmpty()) {
      // What copies and BLOB say is older: there is nothing to compare with them, and nothing to
      // prove.
      return new Verified(
          new SaveResult(row.key().text(), Status.OWNED, "", List.of()), sha256, null);
    }
    Status status = status(findings);
    findings.addAll(ofCopies);
    return new Verified(
        new SaveResult(row.key().text(), status, "", findings),
        sha256,
        findings.isEmpty() ? proof(stored, entry, RowHashes.of(row, sha256), rows) : null);
  }

  private static Status status(List<Finding> findings) {
    if (findings.isEmpty()) {
      return Status.EQUAL;
    }
    boolean isUnproven =
        findings.stream().allMatch(finding -> finding.kind() == Finding.Kind.UNPROVEN);
    return isUnproven ? Status.UNPROVEN : Status.DIFFERENT;
  }

  /** The columns of a save's rows that hold something else than they are to. */
  private interface Differences {
    Set<String> of(SaveRows rows) throws RefusedException;
  }

  private static void columns(
      List<SaveRows> rows, Differences differences, String message, List<Finding> findings) {
    try {
      for (SaveRows its : rows) {
        for (String column : differences.of(its)) {
          findings.add(Finding.at(Finding.Kind.DIFFERS, column, message));
        }
      }
    } catch (RefusedException e) {
      findings.add(refused(e.refusal()));
    }
  }

  private @Nullable SaveProof proof(
      StoredSaves stored, LedgerEntry entry, RowHashes row, List<SaveRows> rows)
      throws SQLException {
    try {
      ArchivedSave archive = stored.archive(entry.saveId());
      return archive == null
          ? null
          : new SaveProof(
              hash.of(row, entry.graphSha256()),
              HexFormat.of().formatHex(RowsHash.of(rows.get(0))),
              HexFormat.of().formatHex(archive.sha256()));
    } catch (DamagedArchiveException e) {
      throw new IllegalStateException("the save was rebuilt from it", e);
    }
  }

  /** The bytes are the same; what is left are the ledger's digest and the other engine. */
  private void proven(RebuiltSave save, LedgerEntry entry, SourceRow row, List<Finding> findings)
      throws LimitException {
    String digest = save.graphSha256();
    if (!digest.equals(entry.graphSha256())) {
      findings.add(
          Finding.of(Finding.Kind.DIFFERS, "the ledger's digest of the graph is not the BLOB's"));
    }
    if (!decodesAll) {
      return;
    }
    try {
      Meaning meaning = meaning(row);
      if (!digest.equals(HexFormat.of().formatHex(GraphDigest.sha256(meaning)))) {
        differences(meaning, save, findings);
      }
    } catch (RefusedException e) {
      findings.add(refused(e.refusal()));
    }
  }

  private void edited(
      RebuiltSave save, SourceRow row, List<Finding> findings, List<Finding> ofCopies)
      throws LimitException {
    try {
      Meaning meaning = meaning(row);
      differences(meaning, save, findings);
      copies(meaning, row, ofCopies);
    } catch (RefusedException e) {
      findings.add(refused(e.refusal()));
    }
  }

  private Meaning meaning(SourceRow row) throws RefusedException, LimitException {
    LeftOut leftOut = row.leftOut();
    if (leftOut != null) {
      throw new RefusedException(Refusal.tooLongToRead(leftOut.bytes()));
    }
    return decoder.decode(row.blob()).meaning();
  }

  private static Finding refused(Refusal refusal) {
    if (refusal.isByLimit()) {
      return Finding.unproven(refusal.message());
    }
    return refusal.isByDisagreement()
        ? Finding.at(Finding.Kind.ENGINES_DISAGREE, refusal.path(), refusal.message())
        : Finding.of(
            Finding.Kind.REFUSED, "was migrated, and is refused now: " + refusal.message());
  }

  private static void differences(Meaning blob, RebuiltSave save, List<Finding> findings)
      throws LimitException {
    List<Difference> differences = GraphDiff.compare(blob, save.meaning(), MOST_COUNTED);
    String identity = "";
    for (Difference difference :
        differences.subList(0, Math.min(MOST_DIFFERENCES, differences.size()))) {
      if (isCut(difference) && identity.isEmpty()) {
        identity = HexFormat.of().formatHex(Sha256.of(save.blob()));
      }
      findings.add(
          Finding.differs(
              difference.path(),
              difference.left(),
              difference.right(),
              isCut(difference) ? identity : ""));
    }
    if (differences.size() > MOST_DIFFERENCES) {
      String more = differences.size() == MOST_COUNTED ? "at least " : "";
      findings.add(
          Finding.of(
              Finding.Kind.DIFFERS,
              more + (differences.size() - MOST_DIFFERENCES) + " more differences in this save"));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.of(
              Finding.Kind.BYTES_DIFFER,
              "the target gives the same meaning back, but not the same bytes"));
    }
  }

  /** Whether a side is shown shortened, so that it does not tell two values apart. */
  private static boolean isCut(Difference difference) {
    return difference.left().contains("...") || difference.right().contains("...");
  }

  /** Copies of a row that there was not enough memory to read are not known. */
  private void copies(Meaning meaning, SourceRow row, List<Finding> findings) {
    LeftOut leftOut = row.leftOut();
    if (leftOut == null) {
      copies.compare(meaning, row, findings);
    } else if (!copies.isNone()) {
      findings.add(Finding.unproven(Refusal.tooLongToRead(leftOut.bytes()).message()));
    }
  }

  /** Compares the copies with the BLOB where the target has no save to compare them with. */
  private void copiesOfBlob(SourceRow row, List<Finding> findings) {
    if (copies.isNone()) {
      return;
    }
    try {
      copies.compare(meaning(row), row, findings);
    } catch (RefusedException e) {
      // Otherwise nothing to compare with; that the BLOB is refused is told when it is migrated.
      if (e.refusal().isByLimit()) {
        findings.add(Finding.unproven(e.refusal().message()));
      }
    } catch (LimitException e) {
      findings.add(Finding.unproven(e.reason()));
    }
  }
}
