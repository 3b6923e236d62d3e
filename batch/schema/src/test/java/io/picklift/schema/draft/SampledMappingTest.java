package io.picklift.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.Profiles;
import io.picklift.schema.report.ProfileHtml;
import io.picklift.schema.report.ProfileJson;
import org.junit.jupiter.api.Test;

class SampledMappingTest {
  /** A unique index would refuse a save that the sample did not show, and with it quarantine it. */
  @Test
  void whatIsUniqueInASampleIsIndexedAndNotHeldToBeUnique() throws Exception {
    Profile all = Profiles.someOfBaolife(0, 12);
    String whole = MappingGenerator.mapping(all);
    long unique = whole.lines().filter(line -> line.contains("unique: true}")).count();
    assertThat(unique).isPositive();
    assertThat(whole).doesNotContain("a sample");

    Profile sample = Profiles.someOfBaolife(0, 12);
    sample.markSample();
    String text = MappingGenerator.mapping(sample);
    assertThat(text).contains("12 saves, a sample.").doesNotContain("unique: true}");
    assertThat(text.lines())
        .filteredOn(line -> line.contains("unique in each save of the sample"))
        .hasSize((int) unique)
        .allMatch(line -> line.contains("index: true}"));
    Mapping.parse("mapping.yaml", text);
    assertThat(
            ProfileHtml.write(
                sample,
                Mapping.parse("mapping.yaml", MappingGenerator.mapping(sample)),
                MappingGenerator.mapping(sample),
                null))
        .contains("<h1>12 saves, a sample</h1>");
    assertThat(ProfileJson.isMappingOf(ProfileJson.write(sample), text)).isTrue();
  }
}
