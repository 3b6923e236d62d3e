package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.OuterColumn;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.tables.rows.Ddl;
import io.picklift.schema.testing.Saves;
import io.picklift.schema.testing.ShapeSaves;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first mapping gives the root table the key of the source's rows, as the source has it. */
class OuterColumnsTest {
  private static String mapping(OuterColumn... columns) throws Exception {
    Profile profile = new Profile(ProfileLimits.defaults());
    byte[] pickle = ShapeSaves.of("hero").get(3);
    new Profiler(profile)
        .add(
            Meaning.of(Saves.decode(pickle), Limits.defaults()),
            new SaveFacts("a", 0, null, List.of(), pickle.length, pickle.length));
    profile.setOuter(List.of(columns));
    return MappingGenerator.mapping(profile.finish());
  }

  private static OuterColumn key(String name, String type, @Nullable String collation) {
    return new OuterColumn(name, type, collation, true);
  }

  @Test
  void typedAndComparedAsInTheSource() throws Exception {
    String text =
        mapping(
            key("id", "varchar(36)", "utf8mb4_general_ci"),
            key("slot", "tinyint(3) unsigned", null),
            new OuterColumn("name", "varchar(80)", "utf8mb4_bin", false),
            new OuterColumn("updated_at", "timestamp", null, false),
            new OuterColumn("order", "bit(1)", null, false),
            new OuterColumn("weight", "float", null, false));
    assertThat(text)
        .contains("source_id: {column: id, type: VARCHAR(36), collation: utf8mb4_general_ci}")
        .contains("slot: TINYINT UNSIGNED")
        .contains("source_name: {column: name, type: VARCHAR(80), collation: utf8mb4_bin}")
        .contains("updated_at: DATETIME(6)")
        .contains("source_order: {column: order, type: BOOLEAN}")
        .contains("weight: DOUBLE")
        .contains("{columns: [source_id, slot, source_table], unique: true}")
        .contains("      name:     VARCHAR(16)");
    assertThat(String.join("\n", Ddl.statements(Mapping.parse("m", text))))
        .contains("`source_id` VARCHAR(36) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL");
  }

  @Test
  void aLongKeyIsFoundByItsHash() throws Exception {
    assertThat(mapping(key("path", "varchar(1000)", "utf8mb4_bin")))
        .contains("path: {type: VARCHAR(1000), collation: utf8mb4_bin}")
        .contains("source_key_sha256: {column: \"$key_sha256\", type: VARBINARY(32)}")
        .contains("{columns: [source_key_sha256, source_table], unique: true}");
  }
}
