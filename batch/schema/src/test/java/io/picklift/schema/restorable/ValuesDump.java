package io.picklift.schema.restorable;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.tables.join.SaveJoiner;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.BaolifeSaves;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.ShapeSaves;
import io.picklift.schema.text.JsonOut;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Makes {@code restorable/values.ndjson.gz}: run it by hand in {@code batch/schema}, with the file
 * to write.
 */
final class ValuesDump {
  private static final String VALUES =
      """
      version: 1
      tables:
        setting:
          root: true
          columns:
            v_bool:      {path: PATH, type: BOOLEAN, kind: v_kind}
            v_int:       {path: PATH, type: BIGINT, kind: v_kind}
            v_timedelta: {path: PATH, type: BIGINT, only: timedelta, kind: v_kind}
            v_float:     {path: PATH, type: DOUBLE, kind: v_kind}
            v_decimal:   {path: PATH, type: "DECIMAL(12,2)", kind: v_kind}
            v_str:       {path: PATH, type: VARCHAR(40), kind: v_kind}
            v_bytes:     {path: PATH, type: VARBINARY(40), kind: v_kind}
            v_date:      {path: PATH, type: DATE, kind: v_kind}
            v_datetime:  {path: PATH, type: DATETIME(6), kind: v_kind}
            v_instant:   {path: PATH, type: DATETIME(6), zone: utc, kind: v_kind}
            v_time:      {path: PATH, type: TIME(6), kind: v_kind}
            v_uuid:      {path: PATH, type: BINARY(16), kind: v_kind}
      """;
  private static final String ARRAYS =
      """
      version: 1
      tables:
        reading:
          root: true
          columns:
            packed: {path: at, type: LONGBLOB, dtype: packed_dtype, shape: packed_shape}
      """;

  private static final int LONGEST = 700;

  /** Before the first cell of the first person's row, a text. */
  private static final String PERSON = "\"person\": [[\"";

  private final StringBuilder text = new StringBuilder();

  private ValuesDump() {}

  public static void main(String[] args) throws Exception {
    ValuesDump dump = new ValuesDump();
    dump.values("kinds.tsv", VALUES.replace("PATH", "\".\""), "");
    dump.values("zones.tsv", VALUES.replace("PATH", "at"), "py311");
    dump.values("arrays.tsv", ARRAYS, "");
    for (var shapes : ShapeSaves.byApplication().entrySet()) {
      dump.shapes(shapes.getKey(), shapes.getValue());
    }
    dump.changed();
    try (OutputStream out = Files.newOutputStream(Path.of(args[0]));
        GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(dump.text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Mapping mapping(String yaml) throws IOException {
    Mapping mapping = Mapping.parse("mapping.yaml", yaml);
    JsonOut out = new JsonOut();
    out.onOneLine().object().field("yaml", yaml).field("mapping", mapping.written());
    text.append(out.end().text().strip()).append('\n');
    return mapping;
  }

  private void save(String name, Mapping mapping, byte[] pickle) throws Exception {
    SaveGraph graph = Saves.decode(pickle);
    if (Arrays.equals(new PickleWriter(Limits.defaults()).write(graph), pickle)) {
      SplitSave split = SaveSplitter.split(mapping, graph, 1, Limits.defaults());
      text.append(SaveDump.write(name, sha256(pickle), mapping, split)).append('\n');
    }
  }

  private void values(String file, String yaml, String python) throws Exception {
    Mapping mapping = mapping(yaml);
    for (PythonValues value : PythonValues.of(file)) {
      boolean isArray = !file.startsWith("arrays") || value.says().get(0).equals("array");
      if (value.name().startsWith(python) && value.pickle().length < LONGEST && isArray) {
        save(file + " " + value, mapping, value.pickle());
      }
    }
  }

  /** The first pickle of each protocol, under the first mapping that the profile of all gives. */
  private void shapes(String application, List<byte[]> pickles) throws Exception {
    Profile profile = new Profile(ProfileLimits.defaults());
    for (int i = 0; i < pickles.size(); i++) {
      long size = pickles.get(i).length;
      new Profiler(profile)
          .add(
              Meaning.of(Saves.decode(pickles.get(i)), Limits.defaults()),
              new SaveFacts("save" + i, i, null, List.of(), size, size));
    }
    Mapping mapping = mapping(MappingGenerator.mapping(profile));
    List<Integer> protocols = new ArrayList<>();
    for (byte[] pickle : pickles) {
      int protocol = Saves.decode(pickle).style().protocol();
      if (!protocols.contains(protocol)) {
        protocols.add(protocol);
        save(application + " at protocol " + protocol, mapping, pickle);
      }
    }
  }

  /**
   * The smallest saves of protocols 4 and 5, with a name that is longer, and with one that is too
   * long for a frame.
   */
  private void changed() throws Exception {
    Mapping mapping =
        mapping(
            Files.readString(Path.of("src/test/resources/restorable/mapping.yaml"))
                .replace("firstname: VARCHAR(80)", "firstname: MEDIUMTEXT")
                .replace("    indexes:\n      - [lastname, firstname]\n", ""));
    List<BaolifeSaves.Save> saves = new ArrayList<>(BaolifeSaves.read());
    saves.sort((a, b) -> Integer.compare(a.pickle().length, b.pickle().length));
    List<Integer> protocols = new ArrayList<>();
    PickleWriter writer = new PickleWriter(Limits.defaults());
    for (BaolifeSaves.Save save : saves) {
      int protocol = save.graph().style().protocol();
      if (protocol < 4
          || protocols.contains(protocol)
          || !Arrays.equals(writer.write(save.graph()), save.pickle())) {
        continue;
      }
      SplitSave split = SaveSplitter.split(mapping, save.graph(), 1, Limits.defaults());
      String line = SaveDump.write(save.name(), "", mapping, split);
      int people = line.indexOf(PERSON);
      if (people < 0) {
        continue;
      }
      protocols.add(protocol);
      int at = people + PERSON.length();
      for (String more : List.of("a longer name: ", "x".repeat(70_000))) {
        String longer = line.substring(0, at) + more + line.substring(at);
        SaveDump read = SaveDump.read(mapping, longer);
        byte[] pickle =
            writer.write(SaveJoiner.join(mapping, read.residue(), read.rows(), Limits.defaults()));
        String name = save.name() + " with a name of " + more.length() + " more characters";
        text.append(new SaveDump(name, sha256(pickle), read.residue(), read.rows()).write(mapping))
            .append('\n');
      }
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
