package io.picklift.schema.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.Profiles;
import io.picklift.schema.report.ProfileFiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static List<String> drift(Profile now, Map<String, String> before, boolean withProfile)
      throws Exception {
    Mapping mapping = Mapping.parse("mapping.yaml", before.getOrDefault("mapping.yaml", ""));
    String json = withProfile ? before.getOrDefault("profile.json", "") : "";
    return Drift.compare(now, mapping, json).text().lines().toList();
  }

  @Test
  void nothingHasChangedSinceJustNow() throws Exception {
    Profile now = Profiles.baolife();
    List<String> lines = drift(now, ProfileFiles.all(now), true);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("0  changes");
  }

  @Test
  void whatLaterSavesBroughtIsNew() throws Exception {
    Profile old = Profiles.someOfBaolife(0, 6);
    List<String> lines = drift(Profiles.baolife(), ProfileFiles.all(old), true);
    assertThat(lines)
        .anyMatch(
            l -> l.startsWith("drift: new   lifesim.person.personClass: a class of 426 objects"))
        .anyMatch(l -> l.startsWith("drift: new   lifesim.player.playerClass.inventory: list"))
        .anyMatch(
            l ->
                l.startsWith("drift: type  lifesim.player.playerClass.c: ")
                    && l.contains("lifesim.person.personClass"));
    assertThat(lines).noneMatch(l -> l.contains("inventory[*]"));
  }

  @Test
  void whatOlderSavesHadIsGone() throws Exception {
    Profile later = Profiles.someOfBaolife(20, 10);
    assertThat(drift(later, ProfileFiles.all(Profiles.baolife()), true))
        .anyMatch(l -> l.startsWith("drift: gone  lifesim.character.charClass"))
        .anyMatch(l -> l.startsWith("drift: gone  lifesim.player.playerClass.bag"));
  }

  @Test
  void withoutAProfileOfBeforeTheMappingTellsWhatIsKnown() throws Exception {
    String mapping =
        """
        version: 1
        tables:
          person:
            class: lifesim.person.personClass
            columns:
              firstname: INT
              age_years: {path: ageYears, type: SMALLINT}
              nickname: VARCHAR(10)
        """;
    List<String> lines = drift(Profiles.baolife(), Map.of("mapping.yaml", mapping), false);
    assertThat(lines)
        .anyMatch(l -> l.startsWith("drift: gone  person.nickname"))
        .anyMatch(l -> l.startsWith("drift: type  person.firstname: 426 values are text"))
        .anyMatch(l -> l.startsWith("drift: new   lifesim.person.personClass.mood"));
  }

  @Test
  void whatIsNoLongerUniqueIsTold() throws Exception {
    String mapping =
        """
        version: 1
        tables:
          person:
            class: lifesim.person.personClass
            columns:
              age_years: {path: ageYears, type: SMALLINT, unique: true}
        """;
    assertThat(drift(Profiles.baolife(), Map.of("mapping.yaml", mapping), false))
        .contains(
            "drift: type  person.age_years: a save has one value twice, and the column of line 6 is"
                + " unique");
  }

  @Test
  void theReportIsJunit() throws Exception {
    Profile old = Profiles.someOfBaolife(0, 6);
    Mapping mapping = Mapping.parse("mapping.yaml", MappingGenerator.mapping(old));
    String xml = Drift.compare(Profiles.baolife(), mapping, "").junit();
    assertThat(xml)
        .contains("<testcase classname=\"drift.new\"")
        .contains("<failure type=\"new\" message=");
  }
}
