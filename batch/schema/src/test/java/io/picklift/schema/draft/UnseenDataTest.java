package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.schema.drift.Drift;
import io.picklift.schema.export.ProtoLock;
import io.picklift.schema.export.TypedJson;
import io.picklift.schema.export.TypedMessages;
import io.picklift.schema.export.TypedModel;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.report.ProfileFiles;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.ProfiledTables;
import io.picklift.schema.testing.TestDatabase;
import io.picklift.schema.testing.ZippedSaves;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pickles of other applications, from {@code unseen/}: each alone, and all as if they were one
 * table.
 */
class UnseenDataTest {
  private static final Path FOLDER = Path.of("src/test/resources/unseen");

  static Stream<String> applications() throws IOException {
    return files().keySet().stream();
  }

  /** The pickles by application: files whose names differ by a final digit are of one. */
  private static Map<String, List<byte[]>> files() throws IOException {
    Map<String, List<byte[]>> byName = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replaceAll("\\d*\\.pkl$", "");
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(Files.readAllBytes(file));
      }
    }
    return byName;
  }

  private static Profile profile(List<byte[]> pickles) throws Exception {
    Profile profile = new Profile(ProfileLimits.defaults());
    for (int i = 0; i < pickles.size(); i++) {
      SaveGraph graph = new PickleDecoder(Limits.defaults()).decode(pickles.get(i));
      long size = pickles.get(i).length;
      new Profiler(profile)
          .add(
              Meaning.of(graph, Limits.defaults()),
              new SaveFacts("save" + i, i, "2024-01-0" + i % 9, List.of(), size, size));
    }
    return profile.finish();
  }

  private static void check(List<byte[]> pickles) throws Exception {
    Profile profile = profile(pickles);
    Map<String, String> files = ProfileFiles.all(profile);
    String text = files.getOrDefault("mapping.yaml", "");
    Mapping mapping = Mapping.parse("mapping.yaml", text);
    TypedModel model = TypedModel.of(mapping, ProtoLock.empty());
    TypedMessages messages = new TypedMessages(model);
    TypedJson json = new TypedJson(model);
    Set<String> never = new TreeSet<>();
    for (TableMapping table : mapping.tables()) {
      table.stored().stream()
          .filter(column -> column.mapping() != null)
          .forEach(column -> never.add(table.name() + "." + column.name()));
    }
    for (int i = 0; i < pickles.size(); i++) {
      SaveGraph graph = new PickleDecoder(Limits.defaults()).decode(pickles.get(i));
      SplitSave split = SaveSplitter.split(mapping, graph, i, Limits.defaults());
      for (TableMapping table : mapping.tables()) {
        for (int column = 0; column < table.stored().size(); column++) {
          if (split.counts().found(table.number(), column) > 0) {
            never.remove(table.name() + "." + table.stored().get(column).name());
          }
        }
      }
      messages.write("save" + i, split.rows(), new NullCells(), new ByteArrayOutputStream());
      json.write("save" + i, split.rows(), new NullCells(), new ByteArrayOutputStream());
      byte[] again =
          new PickleWriter(Limits.defaults())
              .write(SaveJoiner.join(mapping, split.residue(), split.rows(), Limits.defaults()));
      assertThat(Arrays.equals(again, new PickleWriter(Limits.defaults()).write(graph)))
          .as("save %d under\n%s", i, text)
          .isTrue();
    }
    assertThat(never).as("columns whose path no save has, under\n%s", text).isEmpty();
    assertThat(Drift.compare(profile, mapping, files.getOrDefault("profile.json", "")).findings())
        .as("drift from itself under\n%s", text)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("applications")
  void profileThenSplitThenJoinGivesEveryPickleBack(String application) throws Exception {
    check(files().getOrDefault(application, List.of()));
  }

  @Test
  void soItDoesForAllOfThemInOneTable() throws Exception {
    check(files().values().stream().flatMap(List::stream).toList());
  }

  @Test
  void classesThatAreRareOneByOneShareATable() throws Exception {
    List<byte[]> pickles = files().getOrDefault("parts", List.of());
    String text = ProfileFiles.all(profile(pickles)).getOrDefault("mapping.yaml", "");
    Mapping mapping = Mapping.parse("mapping.yaml", text);
    SaveGraph graph = new PickleDecoder(Limits.defaults()).decode(pickles.get(0));
    SplitSave split = SaveSplitter.split(mapping, graph, 0, Limits.defaults());
    long rows =
        mapping.tables().stream()
            .filter(table -> table.column("weight") != null)
            .mapToLong(table -> split.rows().table(table.number()).size())
            .sum();
    assertThat(rows).as("rows of parts under\n%s", text).isEqualTo(60);
  }

  /** The name under which JSON shows such a state, too. */
  @Test
  void aStateThatIsNoDictHasColumns() throws Exception {
    List<byte[]> pickles = files().getOrDefault("fields", List.of());
    String text = ProfileFiles.all(profile(pickles)).getOrDefault("mapping.yaml", "");
    assertThat(text)
        .contains("state_0: {path: \"$state[0]\", type: SMALLINT}")
        .contains("state_2: {path: \"$state[2]\", type: VARCHAR(16)}")
        .contains("warmth_state: {path: \"warmth.$state\", type: DOUBLE}")
        .contains("{path: \"$state[0]\", references: point}");
  }

  @Test
  void columnsOfArrowAreColumnsAndComeBack() throws Exception {
    ProfiledTables tables = ProfiledTables.of(ZippedSaves.of("/arrow.zip").saves("arrow"));
    tables.assertRestored();
    assertThat(tables.text())
        .containsPattern("n: +SMALLINT")
        .containsPattern("s: +VARCHAR")
        .containsPattern("each: save.series")
        .contains("plain: DOUBLE");
    assertThat(tables.percentInColumns()).isEqualTo(100);
  }

  @Test
  @Tag("database")
  void theServerTakesTheTablesOfEachApplication() throws Exception {
    TestDatabase database = TestDatabase.get();
    for (Map.Entry<String, List<byte[]>> application : files().entrySet()) {
      String sql = MappingGenerator.sql(MappingGenerator.mapping(profile(application.getValue())));
      try (Connection connection = database.connect(database.freshSchema());
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE picklift_save (save_id BIGINT PRIMARY KEY) ENGINE=InnoDB");
        for (String one : sql.split(";\n", -1)) {
          if (!one.isBlank()) {
            statement.execute(one);
          }
        }
      }
    }
    assertThat(applications().collect(Collectors.toList())).contains("odd", "session", "tree");
  }
}
