package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the report of a {@code verify} by workers against that of one without, and against what is
 * known to be in the target.
 */
final class ClusterReport {
  /** The folder of the report by workers. */
  static final String SHARED = "report";

  private static final String ALONE = "report-alone";
  private static final Pattern SAVE =
      Pattern.compile("\"key\" : \"([^\"]*)\",\\s*\"status\" : \"([^\"]*)\"");

  private final Path launcher;
  private final Path folder;
  private final String sourceSchema;
  private final String target;
  private final ChaosServer server;

  ClusterReport(
      Path launcher, Path folder, String sourceSchema, String target, ChaosServer server) {
    this.launcher = launcher;
    this.folder = folder;
    this.sourceSchema = sourceSchema;
    this.target = target;
    this.server = server;
  }

  /**
   * What is wrong with it.
   *
   * @param damaged the one save that is to be found; null for none
   */
  List<String> wrong(@Nullable String damaged)
      throws IOException, InterruptedException, SQLException {
    String shared = Files.readString(folder.resolve(SHARED + "/report.json"));
    List<String> wrong = new ArrayList<>();
    Map<String, String> wanted = new TreeMap<>();
    for (String key :
        server.lines(
            target,
            "SELECT source_key FROM picklift_quarantine JOIN picklift_save USING (save_id)")) {
      wanted.put(key, "quarantined");
    }
    if (damaged != null) {
      wanted.put(damaged, "different");
    }
    Map<String, String> found = saves(shared);
    if (!found.equals(wanted)) {
      wrong.add("report.json: wanted " + wanted + ", found " + found);
    }
    String rows = server.lines(sourceSchema, "SELECT COUNT(*) FROM saves").get(0);
    if (!shared.contains("\"rows\" : " + rows + ",")) {
      wrong.add("report.json: not of " + rows + " rows");
    }
    String one = told(shared);
    String other = told(alone());
    if (!one.equals(other)) {
      wrong.add("the report without workers is another: wanted " + other + ", found " + one);
    }
    return wrong;
  }

  private static Map<String, String> saves(String json) {
    Map<String, String> saves = new TreeMap<>();
    Matcher save = SAVE.matcher(json);
    while (save.find()) {
      saves.put(save.group(1), save.group(2));
    }
    return saves;
  }

  private String alone() throws IOException, InterruptedException {
    Picklift.Started run =
        new Picklift(launcher, folder, ClusterPlan.HEAP)
            .start(
                "verify-alone", List.of("verify", "--engine", "fast", "--full", "--report", ALONE));
    int status = run.await();
    if (status != 0 && status != 1) {
      throw new IOException("verify without workers ended with " + status + ": " + run.said());
    }
    return Files.readString(folder.resolve(ALONE + "/report.json"));
  }

  /** The verdict, the totals and all findings, without times and what the proof is by. */
  private static String told(String json) {
    return part(json, "\"verdict\"", "\"about\"")
        + part(json, "\"totals\"", "\"throughput\"")
        + json.substring(json.indexOf("\"causes\""));
  }

  private static String part(String json, String from, String to) {
    int at = json.indexOf(from);
    return json.substring(at, json.indexOf(to, at));
  }
}
