package io.picklift.samples.baolife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Every shell line of {@code samples/ci}, run on the sample. */
@Tag("database")
class CiSamplesIT {
  private static final Path CI = Path.of("ci").toAbsolutePath();
  private static final Pattern JENKINS_STEP =
      Pattern.compile("^ *sh '([^']*)'$", Pattern.MULTILINE);

  private final Path folder;
  private final Baolife baolife;

  CiSamplesIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.baolife = new Baolife(folder);
    baolife.updateSource(
        "DELETE FROM lifesim_savegames WHERE id IN ('u1019', 'u1020', 'u1021', 'u1022', 'u1024',"
            + " 'u1025', 'u1027', 'u1028', 'u1029')");
    // The scripts are called by the path that they have in a checkout.
    Path scripts = Files.createDirectories(folder.resolve("samples/ci"));
    Files.copy(CI.resolve("verify.sh"), scripts.resolve("verify.sh"));
    Picklift.Result migrated =
        Picklift.run(folder, "migrate", "--config", baolife.configFile().toString());
    assertThat(migrated.status()).as(migrated.toString()).isZero();
  }

  @Test
  void theLinesOfEachSystemLeaveTheReportAndFailWhereAValueDiffers() throws Exception {
    assumeTrue(isThere("curl"), "the samples call curl, which is not on this machine");
    Map<String, List<String>> systems =
        Map.of("GitHub", gitHub(), "GitLab", gitLab(), "Jenkins", jenkins());
    for (Map.Entry<String, List<String>> system : systems.entrySet()) {
      assertThat(system.getValue()).as(system.getKey()).hasSize(2);
      assertThat(run(system.getValue())).as(system.getKey()).isZero();
      assertThat(folder.resolve("picklift-report"))
          .isDirectoryContaining("glob:**junit.xml")
          .isDirectoryContaining("glob:**report.sarif")
          .isDirectoryContaining("glob:**summary.md");
    }
    assertThat(baolife.updateTarget("UPDATE player SET money = money + 1 LIMIT 1")).isOne();
    assertThat(run(jenkins())).isEqualTo(1);
    assertThat(folder.resolve("picklift-report/junit.xml")).content().contains("<failure");
  }

  @SuppressWarnings("unchecked")
  private static List<String> gitHub() throws IOException {
    Map<String, Object> file = new Yaml().load(Files.readString(CI.resolve("github-actions.yml")));
    Map<String, Object> jobs = (Map<String, Object>) Objects.requireNonNull(file.get("jobs"));
    Map<String, Object> job = (Map<String, Object>) Objects.requireNonNull(jobs.get("verify"));
    List<Map<String, Object>> steps =
        (List<Map<String, Object>>) Objects.requireNonNull(job.get("steps"));
    return steps.stream()
        .filter(step -> step.containsKey("run"))
        .map(step -> String.valueOf(step.get("run")))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static List<String> gitLab() throws IOException {
    Map<String, Object> file = new Yaml().load(Files.readString(CI.resolve("gitlab-ci.yml")));
    Map<String, Object> job =
        (Map<String, Object>) Objects.requireNonNull(file.get("picklift-verify"));
    return (List<String>) Objects.requireNonNull(job.get("script"));
  }

  private static List<String> jenkins() throws IOException {
    List<String> lines = new ArrayList<>();
    Matcher step = JENKINS_STEP.matcher(Files.readString(CI.resolve("Jenkinsfile")));
    while (step.find()) {
      lines.add(step.group(1));
    }
    return lines;
  }

  private static boolean isThere(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
  }

  /** One shell for all lines, which ends at the first that fails, as the systems do it. */
  private int run(List<String> lines) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-ec", String.join("\n", lines)).directory(folder.toFile());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = Path.of(Objects.requireNonNull(System.getProperty("picklift.jar"))).toRealPath();
    String options = " -Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
    shell.environment().put("PICKLIFT", java + options + " -jar picklift.jar");
    shell.environment().put("PICKLIFT_JAR_URL", jar.toUri().toString());
    shell.environment().put("PICKLIFT_CONFIG", baolife.configFile().toString());
    shell.environment().remove("GITHUB_STEP_SUMMARY");
    Process process =
        shell
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("shell.txt").toFile())
            .start();
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(Files.readString(folder.resolve("shell.txt")));
    }
    return process.exitValue();
  }
}
