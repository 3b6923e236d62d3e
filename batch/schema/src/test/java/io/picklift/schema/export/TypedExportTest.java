package io.picklift.schema.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.picklift.codec.Limits;
import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.edits.EditRules;
import io.picklift.schema.keys.ForeignKeys;
import io.picklift.schema.mapping.Contract;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profiles;
import io.picklift.schema.tables.rows.SaveRows;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.testing.BaolifeSaves;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedExportTest {
  private static final Map<String, SaveRows> ROWS = new HashMap<>();
  private static TypedModel model = TypedModel.of(empty(), ProtoLock.empty());

  @TempDir Path folder = Path.of("");

  private static Mapping empty() {
    return new Mapping(
        "",
        null,
        ForeignKeys.NONE,
        Mapping.DEFAULT_COLLATION,
        List.of(),
        Contract.NONE,
        EditRules.NONE);
  }

  @BeforeAll
  static void split() throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", MappingGenerator.mapping(Profiles.baolife()));
    model = TypedModel.of(mapping, ProtoLock.empty());
    long id = 0;
    for (BaolifeSaves.Save save : BaolifeSaves.read()) {
      ROWS.put(
          save.name(), SaveSplitter.split(mapping, save.graph(), id++, Limits.defaults()).rows());
    }
  }

  /** A file is named after it, and no file's name has more than 255 bytes. */
  @Test
  void thePackageOfALongModuleIsCut() throws Exception {
    String text = "version: 1\ntables:\n  t: {class: " + "m".repeat(300) + ".C}\n";
    assertThat(TypedModel.packageOf(Mapping.parse("mapping.yaml", text))).hasSize(64);
  }

  @Test
  void whatProtocMakesOfTheProtoReadsTheExport() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TypedMessages messages = new TypedMessages(model);
    for (Map.Entry<String, SaveRows> save : ROWS.entrySet()) {
      messages.write(save.getKey(), save.getValue(), new NullCells(), out);
    }
    Descriptor descriptor = protoc(ProtoText.write(model)).findMessageTypeByName("Save");
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    int rows = 0;
    int saves = 0;
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(descriptor);
    while (builder.mergeDelimitedFrom(in)) {
      DynamicMessage save = builder.build();
      String key = (String) save.getField(descriptor.findFieldByName("key"));
      int count = countRows(save);
      assertThat(count).isEqualTo(Objects.requireNonNull(ROWS.get(key)).size());
      rows += count;
      saves++;
      builder = DynamicMessage.newBuilder(descriptor);
    }
    assertThat(saves).isEqualTo(38);
    assertThat(rows).isGreaterThan(10_000);
  }

  /**
   * Messages of the file below this one, none of which may have a field that its descriptor lacks.
   */
  private static int countRows(DynamicMessage message) {
    assertThat(message.getUnknownFields().asMap()).isEmpty();
    int count = 0;
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (field.getKey().isRepeated()) {
        for (Object row : (List<?>) field.getValue()) {
          count += 1 + countRows((DynamicMessage) row);
        }
      }
    }
    return count;
  }

  private FileDescriptor protoc(String proto) throws Exception {
    Files.writeString(folder.resolve("lifesim.proto"), proto);
    Path google = Files.createDirectories(folder.resolve("google/protobuf"));
    try (InputStream in =
        DynamicMessage.class.getResourceAsStream("/google/protobuf/timestamp.proto")) {
      Files.copy(Objects.requireNonNull(in), google.resolve("timestamp.proto"));
    }
    Path exe = Path.of("target/protoc/protoc.exe").toAbsolutePath();
    assertThat(exe.toFile().setExecutable(true)).isTrue();
    Process process =
        new ProcessBuilder(
                exe.toString(),
                "--proto_path=.",
                "--include_imports",
                "--descriptor_set_out=set.bin",
                "lifesim.proto")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    FileDescriptorSet set =
        FileDescriptorSet.parseFrom(Files.readAllBytes(folder.resolve("set.bin")));
    List<FileDescriptor> made = new ArrayList<>();
    for (FileDescriptorProto file : set.getFileList()) {
      made.add(FileDescriptor.buildFrom(file, made.toArray(FileDescriptor[]::new)));
    }
    return made.get(made.size() - 1);
  }

  @Test
  void everyLineOfTheNdjsonIsValid() throws IOException {
    String schema = Objects.requireNonNull(JsonSchemas.write(model).get("Save.schema.json"));
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    TypedJson json = new TypedJson(model);
    for (Map.Entry<String, SaveRows> save : ROWS.entrySet()) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      json.write(save.getKey(), save.getValue(), new NullCells(), line);
      String text = line.toString(StandardCharsets.UTF_8);
      assertThat(text.lines()).hasSize(1);
      assertThat(validator.validate(text, InputFormat.JSON)).isEmpty();
    }
    assertThat(validator.validate("{\"key\": \"k\", \"player\": [{\"id\": 5}]}", InputFormat.JSON))
        .isNotEmpty();
  }
}
