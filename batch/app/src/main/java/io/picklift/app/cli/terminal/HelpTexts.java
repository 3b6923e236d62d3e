package io.picklift.app.cli.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The end of every command's help: examples, and what its exit statuses mean. */
public final class HelpTexts {
  private static final Map<String, List<String>> EXAMPLES =
      Map.ofEntries(
          Map.entry(
              "decode",
              List.of("picklift decode save.pkl", "picklift decode --out json saves.tar.gz")),
          Map.entry("repickle", List.of("picklift repickle --out again saves/")),
          Map.entry(
              "inspect",
              List.of(
                  "picklift inspect --depth 2 save.pkl",
                  "picklift inspect --path 'player.r[17]' save.pkl",
                  "picklift inspect --key u1001")),
          Map.entry(
              "detect", List.of("picklift detect --url jdbc:mysql://127.0.0.1:3306/ --out found")),
          Map.entry(
              "init",
              List.of(
                  "picklift init --url jdbc:mysql://127.0.0.1:3306/game --column savegames.data")),
          Map.entry("demo", List.of("picklift demo", "picklift demo --stay")),
          Map.entry("migrate", List.of("picklift migrate", "picklift migrate --partitions 8")),
          Map.entry(
              "backfill",
              List.of("picklift backfill --quiet", "picklift backfill --cron \"0 */5 * * * *\"")),
          Map.entry(
              "quarantine",
              List.of(
                  "picklift quarantine list --reason truncated",
                  "picklift quarantine show u1024",
                  "picklift quarantine retry --reason limit")),
          Map.entry(
              "verify",
              List.of(
                  "picklift verify --report build/picklift",
                  "picklift verify --key u1001",
                  "picklift verify --read-only --sample 5% --report build/picklift")),
          Map.entry("script", List.of("picklift script count.py saves/")),
          Map.entry(
              "profile",
              List.of(
                  "picklift profile --out profile",
                  "picklift profile --against mapping.yaml --out drift")),
          Map.entry("export", List.of("picklift export --out saves.tar.gz")),
          Map.entry(
              "restore",
              List.of(
                  "picklift restore --out blobs",
                  "picklift restore --table saves_again --key u1001",
                  "picklift restore --from saves.zip --out blobs")),
          Map.entry("writeback", List.of("picklift writeback", "picklift writeback --key u1001")),
          Map.entry(
              "cutover", List.of("picklift cutover --key u1001", "picklift cutover --back --all")),
          Map.entry(
              "evolve",
              List.of("picklift evolve --mapping mapping.new.yaml", "picklift evolve --back")),
          Map.entry("finish", List.of("picklift finish --archive saves.zip")),
          Map.entry("plan", List.of("picklift plan --mapping mapping.new.yaml")),
          Map.entry("repair", List.of("picklift repair --broken", "picklift repair --key u1001")),
          Map.entry("status", List.of("picklift status", "picklift status --json")),
          Map.entry("pause", List.of("picklift pause", "picklift resume")),
          Map.entry("resume", List.of("picklift resume")),
          Map.entry("stop", List.of("picklift stop")),
          Map.entry("set", List.of("picklift set rate=4MB", "picklift set partitions=1")),
          Map.entry("diff", List.of("picklift diff old.pkl new.pkl", "picklift diff --key u1001")),
          Map.entry(
              "worker",
              List.of(
                  "picklift worker --coordinator 10.0.0.5:61616",
                  "picklift worker --broker tcp://broker.example:61616 --threads 4")),
          Map.entry(
              "completion",
              List.of(
                  "source <(picklift completion bash)    # in .bashrc; with zsh in .zshrc",
                  "picklift completion fish > ~/.config/fish/completions/picklift.fish")));

  private static final Map<String, String> STATUSES = statuses();

  private HelpTexts() {}

  private static Map<String, String> statuses() {
    Map<String, String> statuses = new LinkedHashMap<>();
    statuses.put("0", "Done, nothing to object to.");
    statuses.put("1", "Done, and there is something to look at.");
    statuses.put("2", "Wrong command line or configuration; nothing was started.");
    statuses.put(
        "3", "Not finished; what was committed stays. Run the same command again to continue.");
    return statuses;
  }

  /** Adds both to all commands. */
  public static void addTo(CommandLine line) {
    for (Map.Entry<String, CommandLine> command : line.getSubcommands().entrySet()) {
      UsageMessageSpec usage = command.getValue().getCommandSpec().usageMessage();
      usage.exitCodeListHeading("%nExit status:%n");
      usage.exitCodeList(STATUSES);
      List<String> examples = EXAMPLES.getOrDefault(command.getKey(), List.of());
      if (!examples.isEmpty()) {
        usage.footerHeading("%nExamples:%n");
        // A percent sign begins a format there.
        usage.footer(
            examples.stream().map(it -> "  " + it.replace("%", "%%")).toArray(String[]::new));
      }
    }
  }
}
