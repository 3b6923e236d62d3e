package io.picklift.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What {@code samples/operations} asks for is what a process exposes. */
@Tag("database")
final class OperationsSamplesTest {
  private static final Path SAMPLES = Path.of("../../samples/operations");
  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"");

  /** Prometheus adds these itself. */
  private static final Set<String> ADDED = Set.of("instance", "job");

  @TempDir private Path folder = Path.of("");

  static Map<String, String> alerts() throws IOException {
    Map<String, String> alerts = new LinkedHashMap<>();
    JsonNode file =
        new ObjectMapper()
            .valueToTree(new Yaml().load(Files.readString(SAMPLES.resolve("alerts.yaml"))));
    for (JsonNode group : file.get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
        assertThat(alerts.put(rule.get("alert").asText(), rule.get("expr").asText())).isNull();
      }
    }
    return alerts;
  }

  private static Map<String, String> panels() throws IOException {
    Map<String, String> panels = new LinkedHashMap<>();
    JsonNode dashboard = new ObjectMapper().readTree(SAMPLES.resolve("dashboard.json").toFile());
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).isTrue();
      for (JsonNode target : panel.path("targets")) {
        String name = panel.get("title").asText() + " " + target.get("refId").asText();
        assertThat(panels.put(name, target.get("expr").asText())).as(name).isNull();
      }
    }
    String query = dashboard.at("/templating/list/0/query/query").asText();
    Matcher values = Pattern.compile("label_values\\((\\w+), instance\\)").matcher(query);
    assertThat(values.matches()).isTrue();
    panels.put("the variable", values.group(1));
    return panels;
  }

  /** The labels of each metric that there is. */
  private Map<String, Set<String>> exposed() throws Exception {
    Game game = new Game(folder);
    game.fill(3);
    game.put("bad", new byte[] {1});
    Map<String, Set<String>> exposed = new LinkedHashMap<>();
    try (Watched watched = new Watched(game, Duration.ofHours(1))) {
      // Pauses of collections are exposed once there was one.
      System.gc();
      String metrics = watched.backfill() + watched.metrics();
      for (Matcher it = SAMPLE.matcher(metrics); it.find(); ) {
        Set<String> labels = exposed.computeIfAbsent(it.group(1), name -> new HashSet<>());
        Matcher label = LABEL.matcher(it.group(2) == null ? "" : it.group(2));
        while (label.find()) {
          labels.add(label.group(1));
        }
      }
    }
    return exposed;
  }

  @Test
  void everyNameIsExposed() throws Exception {
    Map<String, Set<String>> exposed = exposed();
    Map<String, String> expressions = new LinkedHashMap<>(panels());
    expressions.putAll(alerts());
    assertThat(expressions).hasSizeGreaterThan(35);
    List<String> unknown = new ArrayList<>();
    expressions.forEach(
        (where, expression) -> {
          for (PromQl.Selector selector : PromQl.selectors(expression)) {
            if (selector.metric().equals("up")) {
              continue;
            }
            Set<String> labels = exposed.get(selector.metric());
            if (labels == null) {
              unknown.add(where + ": " + selector.metric());
              continue;
            }
            selector.labels().stream()
                .filter(label -> !labels.contains(label) && !ADDED.contains(label))
                .forEach(label -> unknown.add(where + ": label " + label));
          }
        });
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyMetricOfPickliftIsInAPanelOrAnAlert() throws Exception {
    Set<String> shown = new HashSet<>();
    Map<String, String> expressions = new LinkedHashMap<>(panels());
    expressions.putAll(alerts());
    expressions
        .values()
        .forEach(it -> PromQl.selectors(it).forEach(selector -> shown.add(selector.metric())));
    List<String> left = new ArrayList<>(exposed().keySet());
    left.removeIf(name -> !name.startsWith("picklift_") || shown.contains(name));
    assertThat(left).containsExactly("picklift_last_run_end_timestamp_seconds");
  }

  @Test
  void thePageListsEveryMetric() throws Exception {
    String page = Files.readString(Path.of("../CONFIGURATION.md"));
    List<String> left = new ArrayList<>(exposed().keySet());
    left.removeIf(name -> !name.startsWith("picklift_"));
    left.replaceAll(name -> name.replaceFirst("_(count|sum|max)$", ""));
    assertThat(left).allSatisfy(name -> assertThat(page).contains("`" + name));
  }
}
