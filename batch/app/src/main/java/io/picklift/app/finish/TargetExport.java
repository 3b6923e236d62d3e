package io.picklift.app.finish;

import io.picklift.app.finish.archive.ArchiveWriter;
import io.picklift.app.finish.archive.KeptSave;
import io.picklift.app.rebuild.RebuildException;
import io.picklift.app.rebuild.RebuiltSave;
import io.picklift.app.rebuild.SaveRebuilder;
import io.picklift.app.source.Sha256;
import io.picklift.app.target.StoredSaves;
import io.picklift.app.target.archive.ArchivedSave;
import io.picklift.app.target.archive.DamagedArchiveException;
import io.picklift.app.view.SafeText;
import io.picklift.schema.tables.rows.SaveRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes all saves of the ledger into an archive, as they are at one moment. Each is restored for
 * that: what is written gives a BLOB whose hash stands beside it.
 */
final class TargetExport {
  private static final int PAGE = 200;
  private static final int MOST_SHOWN = 20;

  private static final String PAGE_SQL =
      "SELECT * FROM picklift_save WHERE source_table = ? AND save_id > ? ORDER BY save_id LIMIT "
          + PAGE;

  private final SaveRebuilder rebuilder;
  private final ArchiveWriter archive;
  private final String source;
  private final List<String> problems = new ArrayList<>();
  private long failed;

  TargetExport(SaveRebuilder rebuilder, ArchiveWriter archive, String source) {
    this.rebuilder = rebuilder;
    this.archive = archive;
    this.source = source;
  }

  /** How many saves could not be exported. */
  long failed() {
    return failed;
  }

  /** A line for each of the first of these. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Exports all, in one transaction of the connection, which sees one moment. */
  void run(Connection connection, Runnable between) throws SQLException {
    long after = -1;
    List<Map<String, String>> page = page(connection, after);
    while (!page.isEmpty()) {
      StoredSaves stored =
          rebuilder.stored(
              connection,
              page.stream()
                  .filter(save -> "migrated".equals(save.get("status")))
                  .map(TargetExport::id)
                  .toList());
      for (Map<String, String> save : page) {
        between.run();
        try {
          archive.add(kept(connection, stored, save));
        } catch (RebuildException e) {
          fail(save, String.valueOf(e.getMessage()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        after = id(save);
      }
      page = page(connection, after);
    }
  }

  private static long id(Map<String, String> save) {
    return Long.parseLong(save.getOrDefault("save_id", "0"));
  }

  private void fail(Map<String, String> save, String why) {
    failed++;
    if (problems.size() < MOST_SHOWN) {
      problems.add(SafeText.line(save.getOrDefault("source_key", "")) + ": " + SafeText.line(why));
    }
  }

  private List<Map<String, String>> page(Connection connection, long after) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PAGE_SQL)) {
      select.setString(1, source);
      select.setLong(2, after);
      return texts(select);
    }
  }

  /** Rows with their columns as text, bytes in hex, without what is NULL. */
  private static List<Map<String, String>> texts(PreparedStatement select) throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      ResultSetMetaData columns = row.getMetaData();
      while (row.next()) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          int type = columns.getColumnType(i);
          boolean isBytes = type == Types.BINARY || type == Types.VARBINARY;
          byte[] bytes = isBytes ? row.getBytes(i) : null;
          String text = bytes == null ? row.getString(i) : HexFormat.of().formatHex(bytes);
          if (text != null) {
            texts.put(columns.getColumnName(i), text);
          }
        }
        rows.add(texts);
      }
    }
    return rows;
  }

  private KeptSave kept(Connection connection, StoredSaves stored, Map<String, String> ledger)
      throws SQLException, RebuildException {
    return switch (ledger.getOrDefault("status", "")) {
      case "migrated" -> migrated(stored, ledger);
      case "quarantined" -> quarantined(connection, ledger);
      case "deleted" -> new KeptSave(ledger, Map.of(), null, null, null);
      default ->
          throw RebuildException.ofArchive(
              "has the status '" + ledger.get("status") + "' in picklift_save, which is none");
    };
  }

  private KeptSave migrated(StoredSaves stored, Map<String, String> ledger)
      throws SQLException, RebuildException {
    List<SaveRows> rows = new ArrayList<>();
    RebuiltSave rebuilt =
        rebuilder.rebuild(
            stored,
            new SaveRebuilder.Migrated(
                id(ledger), ledger.get("blob_sha256"), ledger.get("graph_sha256")),
            rows::add);
    String unplaced = rebuilt.unplaced();
    if (unplaced != null) {
      throw RebuildException.ofUnplaced(unplaced);
    }
    String sha256 = HexFormat.of().formatHex(Sha256.of(rebuilt.blob()));
    ArchivedSave archived = archived(stored, id(ledger));
    if (archived == null || rows.isEmpty() || rebuilt.isLikeOthers()) {
      // What cannot be made of rows and a residue alone is kept as its BLOB.
      return new KeptSave(ledger, Map.of(), sha256, null, rebuilt.blob());
    }
    return new KeptSave(
        ledger,
        Map.of(),
        sha256,
        new KeptSave.Parts(archived.residue(), archived.recipe(), archived.original(), rows.get(0)),
        null);
  }

  private static @Nullable ArchivedSave archived(StoredSaves stored, long saveId)
      throws SQLException, RebuildException {
    try {
      return stored.archive(saveId);
    } catch (DamagedArchiveException e) {
      throw RebuildException.ofArchive(String.valueOf(e.getMessage()));
    }
  }

  /** Its BLOB is the one of the ledger's hash, which the quarantine's table keeps. */
  private static KeptSave quarantined(Connection connection, Map<String, String> ledger)
      throws SQLException, RebuildException {
    String wanted = ledger.get("blob_sha256");
    byte[] blob = null;
    Map<String, String> why = Map.of();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM picklift_quarantine WHERE save_id = ?")) {
      select.setLong(1, id(ledger));
      List<Map<String, String>> rows = texts(select);
      why = rows.isEmpty() ? why : rows.get(0);
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT content FROM picklift_quarantine_blob WHERE save_id = ?")) {
      select.setLong(1, id(ledger));
      try (ResultSet row = select.executeQuery()) {
        blob = row.next() ? row.getBytes(1) : null;
      }
    }
    if (wanted == null) {
      return new KeptSave(ledger, why, null, null, null);
    }
    if (blob == null || !HexFormat.of().formatHex(Sha256.of(blob)).equals(wanted)) {
      throw RebuildException.ofArchive(
          "is quarantined, and the target does not have its BLOB, nor has the source: delete it"
              + " there, run backfill, and run finish again");
    }
    return new KeptSave(ledger, why, wanted, null, blob);
  }
}
