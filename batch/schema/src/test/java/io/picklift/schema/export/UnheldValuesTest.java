package io.picklift.schema.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.tables.split.NullCells;
import io.picklift.schema.tables.split.RowComputer;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitSave;
import io.picklift.schema.testing.PythonValues;
import io.picklift.schema.testing.Saves;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An export has what only the SQL types of columns cannot hold, and tells None from nothing. */
class UnheldValuesTest {
  /**
   * By Python 3.11: {@code pickle.dumps([{'real': nan, 'big': 2**600, 'at': 2024-07-01 12:30+02:00,
   * 'name': None, 'doc': {'x': nan, 'y': 2**70}, 'text': 'x' * 30}, {'real': 1.5, 'big': 7, 'at':
   * 2024-07-01 12:30, 'name': 'n', 'doc': [1], 'text': 'ok'}, {'text': '\ud800'}], 4)}.
   */
  private static final String SAVE =
      "80049566010000000000005d94287d94288c047265616c94477ff80000000000008c03626967948a"
          + "4c000000000000000000000000000000000000000000000000000000000000000000000000000000"
          + "000000000000000000000000000000000000000000000000000000000000000000000000018c0261"
          + "74948c086461746574696d65948c086461746574696d65949394430a07e807010c1e000000009468"
          + "058c0874696d657a6f6e6594939468058c0974696d6564656c74619493944b004d201c4b00879452"
          + "9485945294869452948c046e616d65944e8c03646f63947d94288c017894477ff80000000000008c"
          + "0179948a09000000000000000040758c0474657874948c1e78787878787878787878787878787878"
          + "787878787878787878787878787894757d94286802473ff800000000000068034b0768046807430a"
          + "07e807010c1e00000000948594529468138c016e9468145d944b016168188c026f6b94757d946818"
          + "8c03eda0809473652e";

  private static final String MAPPING =
      """
      version: 1
      tables:
        save: {root: true}
        line:
          each: save
          columns:
            real: DOUBLE
            big:  BIGINT
            at:   DATETIME(6)
            name: VARCHAR(16)
            doc:  JSON
            text: VARCHAR(16)
      """;

  private record Split(Mapping mapping, SplitSave save, NullCells nulls) {
    static Split of(String mapping, byte[] pickle) throws Exception {
      Mapping parsed = Mapping.parse("mapping.yaml", mapping);
      NullCells nulls = new NullCells();
      Meaning meaning = Meaning.of(Saves.decode(pickle), Limits.defaults());
      return new Split(
          parsed, SaveSplitter.split(parsed, meaning, 1, RowComputer.NONE, null, nulls), nulls);
    }

    TypedModel model() {
      return TypedModel.of(mapping, ProtoLock.empty());
    }

    String json() throws Exception {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new TypedJson(model()).write("k", save.rows(), nulls, out);
      return out.toString(StandardCharsets.UTF_8).strip();
    }

    DynamicMessage message() throws Exception {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new TypedMessages(model()).write("k", save.rows(), nulls, out);
      var file = ProtoDescriptors.of(model());
      return Objects.requireNonNull(
          DynamicMessage.parseFrom(
              file.findMessageTypeByName("Save"), delimited(out.toByteArray())));
    }

    private static byte[] delimited(byte[] bytes) throws Exception {
      var in = com.google.protobuf.CodedInputStream.newInstance(new ByteArrayInputStream(bytes));
      return in.readByteArray();
    }
  }

  @Test
  void linesOfJsonSayWhyAMemberIsNoValueOfItsType() throws Exception {
    Split split = Split.of(MAPPING, HexFormat.of().parseHex(SAVE));
    String json = split.json();
    assertThat(json)
        .contains("\"real\":{\"$unheld\":{\"$float\": \"nan\"}}")
        .contains("\"big\":{\"$unheld\":{\"$int\": \"4149515568880")
        .contains("\"at\":{\"$unheld\":{\"$datetime\": \"2024-07-01T12:30:00\"")
        .contains("\"name\":null")
        .contains("\"text\":{\"$unheld\":\"xxxx")
        .contains("\"text\":{\"$unheld\":\"\\ud800\"}")
        .contains("{\"$float\": \"nan\"}")
        .contains("{\"$int\": \"1180591620717411303424\"}");
    // The third has nothing but its text.
    assertThat(json).contains("{\"text\":{\"$unheld\":\"\\ud800\"}}");
    String schema =
        Objects.requireNonNull(JsonSchemas.write(split.model()).get("Save.schema.json"));
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    assertThat(validator.validate(json, InputFormat.JSON)).isEmpty();
    assertThat(validator.validate(json.replace("$unheld", "held"), InputFormat.JSON)).isNotEmpty();
    assertThat(validator.validate("{\"save\": []}", InputFormat.JSON))
        .as("the key is required")
        .isNotEmpty();
    assertThat(schema).contains("\"description\": \"the value at real\"");
  }

  @Test
  void messagesNameSuchFields() throws Exception {
    DynamicMessage save = Split.of(MAPPING, HexFormat.of().parseHex(SAVE)).message();
    List<String> unheld = new ArrayList<>();
    for (DynamicMessage line : list(list(save, "save").get(0), "line")) {
      List<String> of = new ArrayList<>();
      for (DynamicMessage one : list(line, "unheld")) {
        String text = String.valueOf(get(one, "json"));
        of.add(get(one, "column") + " " + text.substring(0, Math.min(20, text.length())));
      }
      unheld.add(String.join("; ", of));
    }
    assertThat(unheld)
        .containsExactly(
            "name null; real {\"$float\": \"nan\"}; big {\"$int\": \"4149515568;"
                + " at {\"$datetime\": \"2024-; text \"xxxxxxxxxxxxxxxxxxx",
            "",
            "text \"\\ud800\"");
  }

  @Test
  void arraysAreMessagesWithTheirElements() throws Exception {
    String mapping =
        """
        version: 1
        tables:
          reading:
            root: true
            columns:
              trace: {path: at, type: LONGBLOB, dtype: trace_dtype, shape: trace_shape}
        """;
    List<String> shown = new ArrayList<>();
    for (PythonValues value : PythonValues.of("arrays.tsv")) {
      boolean isNumbers =
          value.protocol() == 4
              && value.says().get(0).equals("array")
              && value.says().get(1).matches("[<>|][biuf].*");
      if (isNumbers) {
        DynamicMessage row = list(Split.of(mapping, value.pickle()).message(), "reading").get(0);
        DynamicMessage array = (DynamicMessage) get(row, "trace");
        int elements = 0;
        for (String field : List.of("bools", "ints", "uints", "floats")) {
          elements += array.getRepeatedFieldCount(field(array, field));
        }
        long wanted = 1;
        for (String size : value.says().get(2).split(",", -1)) {
          wanted *= size.isEmpty() ? 1 : Long.parseLong(size);
        }
        assertThat(elements).as(value.toString()).isEqualTo((int) wanted);
        assertThat(get(array, "dtype")).isEqualTo(value.says().get(1));
        shown.add(value.name());
      }
    }
    assertThat(shown).hasSizeGreaterThan(5);
  }

  @Test
  void anArrayWithATextThatIsNoUnicodeIsItsBytes() throws Exception {
    String array =
        """
        (dVat
        cnumpy.core.multiarray
        _reconstruct
        (cnumpy
        ndarray
        (I0
        tS'b'
        tR(I1
        (I2
        tcnumpy
        dtype
        (VU1
        I0
        I1
        tR(I3
        V<
        NNNI-1
        I-1
        I0
        tbI00
        S'a\\x00\\x00\\x00\\x00\\xd8\\x00\\x00'
        tbs.\
        """;
    String mapping =
        """
        version: 1
        tables:
          reading:
            root: true
            columns:
              trace: {path: at, type: LONGBLOB, dtype: trace_dtype, shape: trace_shape}
        """;
    DynamicMessage row =
        list(Split.of(mapping, array.getBytes(StandardCharsets.US_ASCII)).message(), "reading")
            .get(0);
    DynamicMessage trace = (DynamicMessage) get(row, "trace");
    assertThat(trace.getRepeatedFieldCount(field(trace, "texts"))).isZero();
    assertThat(((com.google.protobuf.ByteString) get(trace, "data")).size()).isEqualTo(8);
  }

  /** The cells of a DataFrame are no values of their own, so that decode has no form for them. */
  @Test
  void cellsOfTablesOfPandasAreShownToo() throws Exception {
    byte[] frame =
        PythonValues.of("frames.tsv.gz").stream()
            .filter(value -> value.name().equals("2.2_all") && value.protocol() == 5)
            .findFirst()
            .orElseThrow()
            .pickle();
    String mapping =
        """
        version: 1
        tables:
          save: {root: true}
          line:
            each: save.at
            columns:
              price: DATE
              name:  VARCHAR(16)
              at:    BIGINT
              atz:   BIGINT
              kind:  BIGINT
              maybe: DATE
              ok:    DATE
              took:  DATE
        """;
    Split split = Split.of(mapping, frame);
    assertThat(split.json())
        .contains("\"price\":{\"$unheld\":1.5}")
        .contains("\"at\":{\"$unheld\":{\"$datetime\": \"2024-01-01T00:00:00\"}}")
        .contains("\"atz\":{\"$unheld\":{\"$datetime\": \"2024-01-01T00:00:00+01:00\"}}")
        .contains("\"kind\":{\"$unheld\":\"x\"}")
        .contains("\"maybe\":{\"$unheld\":1}")
        .contains("\"ok\":{\"$unheld\":true}")
        .contains("\"took\":{\"$unheld\":{\"$timedelta\": [1, 0, 0]}}")
        .contains("\"took\":{\"$unheld\":{\"$timedelta\": [0, 7200, 0]}}")
        .doesNotContain("$cut");
    // None, and nan in a column of objects.
    assertThat(split.json().split("\"name\":null", -1)).hasSize(3);
  }

  @Test
  void whatIsTooLongIsCountedByColumn() throws Exception {
    byte[] text =
        ("(lp0\n(dp1\nVtext\nV" + "y".repeat(1 << 21) + "\nsa.")
            .getBytes(StandardCharsets.US_ASCII);
    Split split = Split.of(MAPPING, text);
    assertThat(split.json()).contains("\"text\":{\"$cut\":true}");
    List<String> cut = new ArrayList<>();
    split
        .nulls()
        .cut(
            (table, column) ->
                cut.add(split.mapping().tables().get(table).stored().get(column).name()));
    assertThat(cut).containsExactly("text");
  }

  private static FieldDescriptor field(DynamicMessage message, String name) {
    return Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name));
  }

  private static Object get(DynamicMessage message, String name) {
    return message.getField(field(message, name));
  }

  private static List<DynamicMessage> list(DynamicMessage message, String name) {
    List<DynamicMessage> all = new ArrayList<>();
    for (Object one : (List<?>) get(message, name)) {
      all.add((DynamicMessage) one);
    }
    return all;
  }
}
