package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks what {@code verify} and {@code restore} give: the report, the table, the files. */
final class Given {
  private static final int MOST = 5;
  private static final String MIGRATED =
      "SELECT source_key FROM picklift_save WHERE status = 'migrated'";

  private final ChaosServer server;
  private final String sourceSchema;
  private final String target;
  private final SourceTable source;
  private final Path folder;

  Given(ChaosServer server, String sourceSchema, String target, SourceTable source, Path folder) {
    this.server = server;
    this.sourceSchema = sourceSchema;
    this.target = target;
    this.source = source;
    this.folder = folder;
  }

  /** What is wrong; nothing for other commands. */
  List<String> wrong(Plan plan) throws IOException, SQLException {
    return switch (plan.command()) {
      case VERIFY -> report();
      case RESTORE_TABLE -> table();
      case RESTORE_OUT -> differences(files());
      default -> List.of();
    };
  }

  /** What is wrong with the table {@code restored}. */
  List<String> table() throws SQLException {
    return differences(
        map(
            server.lines(
                target, "SELECT id, UPPER(SHA2(data, 256)) FROM " + target + ".restored")));
  }

  private List<String> report() throws IOException, SQLException {
    String json = Files.readString(folder.resolve("report/report.json"));
    List<String> wrong = new ArrayList<>();
    expect(json, "rows", "SELECT COUNT(*) FROM " + sourceSchema + ".saves", wrong);
    expect(json, "equal", "SELECT COUNT(*) FROM picklift_archive", wrong);
    expect(json, "quarantined", "SELECT COUNT(*) FROM picklift_quarantine", wrong);
    return wrong;
  }

  private void expect(String json, String name, String sql, List<String> wrong)
      throws SQLException {
    Matcher number = Pattern.compile("\"" + name + "\" : (\\d+)").matcher(json);
    String wanted = server.lines(target, sql).get(0);
    String found = number.find() ? number.group(1) : "nothing";
    if (!wanted.equals(found)) {
      wrong.add("report.json: " + name + ": wanted " + wanted + ", found " + found);
    }
  }

  private List<String> differences(Map<String, String> restored) throws SQLException {
    Map<String, String> wanted = new TreeMap<>(source.hashes());
    wanted.keySet().retainAll(server.lines(target, MIGRATED));
    List<String> differences = new ArrayList<>();
    if (!wanted.keySet().equals(restored.keySet())) {
      differences.add(
          "restored: wanted " + wanted.size() + " saves, found " + restored.keySet().size());
    }
    wanted.forEach(
        (key, hash) -> {
          if (!hash.equals(restored.get(key)) && differences.size() < MOST) {
            differences.add("restored: " + key + " is not its BLOB");
          }
        });
    return differences;
  }

  private static Map<String, String> map(List<String> lines) {
    Map<String, String> map = new TreeMap<>();
    lines.forEach(
        line ->
            map.put(line.substring(0, line.indexOf('|')), line.substring(line.indexOf('|') + 1)));
    return map;
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> restored = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder.resolve("restored"))) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        restored.put(
            name.endsWith(".pkl") ? name.substring(0, name.length() - 4) : name, sha256(file));
      }
    }
    return restored;
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
          .toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
