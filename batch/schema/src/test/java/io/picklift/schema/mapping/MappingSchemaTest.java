package io.picklift.schema.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.picklift.schema.yaml.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema that editors use takes what the reader takes. */
class MappingSchemaTest {
  private static String resource(String name) throws IOException {
    try (InputStream in = MappingSchemaTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(MappingSchema.text());
  }

  @Test
  void aRealMappingIsValid() throws Exception {
    String text = resource("/io/picklift/schema/saves/mapping.yaml");
    assertThat(schema().validate(text, InputFormat.YAML)).isEmpty();
    assertThat(Mapping.parse("mapping.yaml", text).tables()).hasSizeGreaterThan(10);
  }

  @Test
  void rulesForRowsThatComeAndGoAreValid() throws Exception {
    String text =
        "{version: 1, tables: {t: {class: a.B, on_missing: null, new: {x: [1], y.z: {k: null}},"
            + " columns: {y: {path: y.q, type: INT}, u: {references: t, on_missing: drop}}}}}";
    assertThat(schema().validate(text, InputFormat.YAML)).isEmpty();
    assertThat(Mapping.parse("m", text).edits().tables()).containsKey("t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 2, tables: {t: {root: true}}}",
        "{version: 1, tabels: {t: {root: true}}}",
        "{version: 1, tables: {}}",
        "{version: 1, tables: {t: {}}}",
        "{version: 1, tables: {t: {root: true, class: a.B}}}",
        "{version: 1, tables: {t: {root: true, class: a.B, class_column: k}}}",
        "{version: 1, tables: {t: {class: a.B, key: {column: k, type: INT}}}}",
        "{version: 1, tables: {t: {class: a.B, columns: {x: BIGNIT}}}}",
        "{version: 1, tables: {t: {class: a.B, columns: {x: {path: a}}}}}",
        "{version: 1, tables: {t: {class: a.B, columns: {x: {type: INT, references: t}}}}}",
        "{version: 1, tables: {t: {class: a.B, unfit: ignore}}}",
        "{version: 1, tables: {t: {class: a.B, on_missing: none}}}",
        "{version: 1, tables: {t: {root: true, on_missing: drop}}}",
        "{version: 1, tables: {t: {class: a.B, new: 1}}}"
      })
  void whatTheReaderRefusesIsInvalid(String text) throws Exception {
    assertThat(schema().validate(text, InputFormat.YAML)).isNotEmpty();
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Mapping.parse("m", text)))
        .isInstanceOf(ConfigurationException.class);
  }
}
