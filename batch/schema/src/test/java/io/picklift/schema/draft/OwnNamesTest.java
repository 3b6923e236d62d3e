package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfileLimits;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of a first mapping have none of the names that Picklift's own tables have in a target. */
final class OwnNamesTest {
  private static TableMapping table(String ofClass) throws Exception {
    Profile all = new Profile(ProfileLimits.defaults());
    String pickle =
        "ccopy_reg\n_reconstructor\n(cgame\n"
            + ofClass
            + "\nc__builtin__\nobject\nNtR(dS'a'\nI1\nsb.";
    byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
    new Profiler(all)
        .add(
            Meaning.of(Saves.decode(bytes), Limits.defaults()),
            new SaveFacts("save", 0, null, List.of(), bytes.length, bytes.length));
    return Mapping.parse("mapping.yaml", MappingGenerator.first(all.finish()).text())
        .tables()
        .get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "SaveSequence, saved_save_sequence",
    "PickliftSave, saved_picklift_save",
    "SaveSequences, save_sequences"
  })
  void aClassOfSuchANameGetsAnother(String ofClass, String name) throws Exception {
    assertThat(table(ofClass).name()).isEqualTo(name);
  }
}
