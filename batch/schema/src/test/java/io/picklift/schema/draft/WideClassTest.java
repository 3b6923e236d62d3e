package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Classes with more attributes than a table has columns. */
class WideClassTest {
  private static final String OBJECT =
      "ccopy_reg\n_reconstructor\n(cgame\nWide\nc__builtin__\nobject\nNtR(d";

  /** A save with so many attributes, of which the last has this value. */
  private static Profile profile(int attributes, String last) throws Exception {
    Profile all = new Profile(ProfileLimits.defaults());
    for (int save = 0; save < 3; save++) {
      StringBuilder pickle = new StringBuilder(OBJECT);
      for (int i = 0; i < attributes - 1; i++) {
        pickle.append("S'a").append(i).append("'\nI").append(save + i).append("\ns");
      }
      pickle.append("S'last'\n").append(last).append("sb.");
      byte[] bytes = pickle.toString().getBytes(StandardCharsets.ISO_8859_1);
      SaveFacts facts =
          new SaveFacts("save" + save, save, null, List.of(), bytes.length, bytes.length);
      // Each by a thread of its own, as it were.
      Profile part = new Profile(ProfileLimits.defaults());
      new Profiler(part).add(Meaning.of(Saves.decode(bytes), Limits.defaults()), facts);
      all.merge(part);
    }
    return all.finish();
  }

  private static TableMapping wide(MappingGenerator.First first) throws Exception {
    return Mapping.parse("mapping.yaml", first.text()).tables().stream()
        .filter(table -> table.name().equals("wide"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aClassOfManyTimesMoreIsOneDocument() throws Exception {
    MappingGenerator.First first = MappingGenerator.first(profile(1_500, "I1\n"));
    assertThat(first.notes())
        .containsExactly(
            "game.Wide has 1,500 attributes: they are one JSON column, wide.attributes");
    assertThat(first.text()).contains("# 1,500 attributes are too many for columns: ");
    assertThat(wide(first).stored()).hasSize(1);
  }

  @Test
  void ofSomeMoreItIsToldHowManyHaveNoColumn() throws Exception {
    MappingGenerator.First first = MappingGenerator.first(profile(200, "I1\n"));
    String line = "50 attributes have no column: a table of a first mapping has 150 at most";
    assertThat(first.notes()).containsExactly("wide: " + line);
    assertThat(first.text()).contains("# " + line + "\n");
    assertThat(wide(first).stored()).hasSize(150);
  }

  @Test
  void objectsHaveTheirOwnTableAndNoPlaceInADocument() throws Exception {
    String other = "(icopy\nOther\n(dS'name'\nS'x'\nsb";
    // Among those that are followed.
    MappingGenerator.First first = MappingGenerator.first(profile(350, other));
    assertThat(first.notes()).hasSize(1);
    assertThat(first.notes().get(0))
        .matches(
            "wide: \\d+ attributes have no column: a table of a first mapping has 150 at most");
    assertThat(wide(first).stored()).hasSize(150);
  }

  @Test
  void whatAProfileDoesNotFollowIsCounted() throws Exception {
    String other = "(icopy\nOther\n(dS'name'\nS'x'\nsb";
    Profile profile = profile(1_500, "I1\n");
    ClassProfile wide = Objects.requireNonNull(profile.classes().get("game.Wide"));
    assertThat(wide.attributesLeftOut()).isEqualTo(1_100);
    assertThat(MappingGenerator.first(profile(100, other)).notes()).isEmpty();
  }
}
