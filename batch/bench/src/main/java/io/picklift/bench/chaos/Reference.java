package io.picklift.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an undisturbed {@code migrate} makes of each BLOB of a world, by heap and partitions. What
 * becomes of a save depends on its BLOB and on these alone, so one run over all BLOBs tells it of
 * every source that is filled with them.
 */
final class Reference {
  private final ChaosServer server;
  private final Path launcher;
  private final Path folder;
  private final Map<String, Reference.Made> made = new HashMap<>();

  /**
   * An undisturbed target.
   *
   * @param byBlob what there is of a save, by its BLOB's hash
   * @param indexes of the mapped tables
   */
  record Made(Map<String, String> byBlob, List<String> indexes) {}

  Reference(ChaosServer server, Path launcher, Path folder) {
    this.server = server;
    this.launcher = launcher;
    this.folder = folder;
  }

  Made of(Plan plan, Supplier<World> world) throws IOException, InterruptedException, SQLException {
    String name = "r%d_%d_%d".formatted(plan.world(), plan.heap(), plan.partitions());
    Made known = made.get(name);
    if (known == null) {
      known = make(name, plan, world.get());
      made.put(name, known);
    }
    return known;
  }

  private Made make(String name, Plan plan, World world)
      throws IOException, InterruptedException, SQLException {
    Path place = Files.createDirectories(folder.resolve(name));
    String source = "s_" + name;
    String target = "t_" + name;
    server.execute(
        "",
        "DROP DATABASE IF EXISTS " + source,
        "DROP DATABASE IF EXISTS " + target,
        "CREATE DATABASE " + source,
        "CREATE DATABASE " + target);
    SourceTable table = new SourceTable(server, source, world, 0);
    table.create();
    table.fillWithAll();
    Configuration.write(place, server.port(), source, target);
    Picklift.Started run =
        new Picklift(launcher, place, plan.heap())
            .start("migrate", List.of("migrate", "--partitions", "" + plan.partitions()));
    int status = run.await();
    if (status != 1) {
      throw new IOException("the undisturbed run ended with " + status + ": " + run.said());
    }
    Content content = new Content(server, target);
    Made result = new Made(content.byBlob(table.hashes()), content.indexes());
    server.execute("", "DROP DATABASE " + source, "DROP DATABASE " + target);
    return result;
  }
}
