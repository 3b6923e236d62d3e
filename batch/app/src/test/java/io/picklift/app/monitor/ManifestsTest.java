package io.picklift.app.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picklift.app.cli.Run;
import io.picklift.app.config.Config;
import io.picklift.app.config.ConfigReader;
import io.picklift.app.config.MonitorConfig;
import io.picklift.app.job.Game;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Unit and manifests of {@code samples/operations} start what there is, with what it takes. */
final class ManifestsTest {
  private static final Path SAMPLES = Path.of("../../samples/operations");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder = Path.of("");

  private static List<JsonNode> documents(String file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(Files.readString(SAMPLES.resolve(file)))) {
      documents.add(new ObjectMapper().valueToTree(document));
    }
    return documents;
  }

  private Config config(JsonNode map) throws IOException {
    Path file = folder.resolve("picklift.yaml");
    Files.writeString(file, map.at("/data/picklift.yaml").asText());
    return ConfigReader.read(file, variable -> "x");
  }

  /** A command line that is right stops at the file that is not here. */
  private static void isRight(List<String> words) {
    List<String> command = new ArrayList<>(words);
    int file = command.indexOf("--config") + 1;
    command.set(file, "/nowhere" + command.get(file));
    assertThat(Run.of(command.toArray()))
        .isEqualTo(new Run(2, "", "picklift: there is no file " + command.get(file) + "\n"));
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(line); word.find(); ) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  @Test
  void theUnitStartsABackfill() throws IOException {
    String unit = Files.readString(SAMPLES.resolve("picklift.service"));
    Matcher start = Pattern.compile("(?m)^ExecStart=\\S+/picklift (.*)$").matcher(unit);
    assertThat(start.find()).isTrue();
    isRight(words(start.group(1)));
    // Status 3 is that of one that was told to stop, and that of one that could not go on.
    assertThat(unit)
        .contains("\nSuccessExitStatus=1 3\n", "\nRestart=always\n", "PreventExitStatus=0 2\n");
  }

  @Test
  void theCronJobStartsABackfill() throws IOException {
    List<JsonNode> documents = documents("cronjob.yaml");
    assertThat(config(documents.get(0)).monitor()).isNull();
    JsonNode job = documents.get(1).at("/spec/jobTemplate/spec/template/spec/containers/0");
    Matcher line =
        Pattern.compile("/opt/picklift/picklift (.*) \\|\\| \\[ \\$\\? -eq 1 ]")
            .matcher(job.at("/command/2").asText());
    assertThat(line.matches()).isTrue();
    isRight(words(line.group(1)));
  }

  @Test
  @Tag("database")
  void theProbesOfTheDeploymentAreAnswered() throws Exception {
    List<JsonNode> documents = documents("deployment.yaml");
    JsonNode pod = documents.get(1).at("/spec/template");
    JsonNode container = pod.at("/spec/containers/0");
    List<String> words = new ArrayList<>();
    container.get("args").forEach(word -> words.add(word.asText()));
    isRight(words);
    MonitorConfig monitor = Objects.requireNonNull(config(documents.get(0)).monitor());
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(monitor.port());
    assertThat(pod.at("/metadata/annotations/prometheus.io~1port").asInt())
        .isEqualTo(monitor.port());
    try (Watched watched = new Watched(new Game(folder), Duration.ofHours(1))) {
      for (String path :
          List.of(
              container.at("/livenessProbe/httpGet/path").asText(),
              container.at("/readinessProbe/httpGet/path").asText(),
              pod.at("/metadata/annotations/prometheus.io~1path").asText())) {
        assertThat(watched.get(path).statusCode()).as(path).isEqualTo(200);
      }
    }
  }
}
