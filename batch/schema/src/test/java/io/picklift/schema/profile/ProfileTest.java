package io.picklift.schema.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.report.ProfileJson;
import io.picklift.schema.testing.BaolifeSaves;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final List<BaolifeSaves.Save> SAVES = BaolifeSaves.read();

  @Test
  void theSameSavesGiveTheSameProfileHoweverTheyAreShared() {
    Profile whole = Profiles.of(SAVES, 0, 1);
    Profile merged = new Profile(ProfileLimits.defaults());
    for (int part = 2; part >= 0; part--) {
      merged.merge(Profiles.of(SAVES, part, 3));
    }
    assertThat(ProfileJson.write(merged.finish())).isEqualTo(ProfileJson.write(whole.finish()));
  }

  @Test
  void classesAttributesAndReferencesAreCounted() {
    Profile profile = Profiles.baolife();
    ClassProfile person =
        Objects.requireNonNull(profile.classes().get("lifesim.person.personClass"));
    assertThat(person.objects()).isEqualTo(426);
    ValueProfile id = Objects.requireNonNull(person.attributes().get("id"));
    assertThat(id.count(ValueKind.INT)).isEqualTo(426);
    assertThat(id.isUnique()).isTrue();
    ValueProfile age = Objects.requireNonNull(person.attributes().get("ageYears"));
    assertThat(age.isUnique()).isFalse();
    assertThat(age.count(ValueKind.TEXT)).isEqualTo(1);
    ValueProfile relationships = Objects.requireNonNull(person.attributes().get("relationships"));
    assertThat(Objects.requireNonNull(relationships.items()).classes())
        .containsOnlyKeys("lifesim.relationship.relationshipClass");
  }

  @Test
  void aMemberOfAnEnumCountsAsItsValue() {
    ClassProfile player =
        Objects.requireNonNull(Profiles.baolife().classes().get("lifesim.player.playerClass"));
    ValueProfile status = Objects.requireNonNull(player.attributes().get("status"));
    assertThat(status.count(ValueKind.TEXT)).isEqualTo(37);
    assertThat(Objects.requireNonNull(status.classes().get("lifesim.enums.Status")).wrapped())
        .isEqualTo(26);
  }

  @Test
  void dictsWhoseKeysAreDataCountAsMaps() {
    ClassProfile player =
        Objects.requireNonNull(Profiles.baolife().classes().get("lifesim.player.playerClass"));
    ValueProfile conversations = Objects.requireNonNull(player.attributes().get("conversations"));
    assertThat(conversations.members()).isEmpty();
    assertThat(Objects.requireNonNull(conversations.keys()).count()).isEqualTo(193);
    ValueProfile settings = Objects.requireNonNull(player.attributes().get("settings"));
    assertThat(settings.members())
        .containsOnlyKeys(
            "language", "lastPatch", "notifications", "sound", "theme", "tutorialDone");
  }

  @Test
  void noValueOfASaveStandsInTheProfile() {
    String json = ProfileJson.write(Profiles.baolife());
    assertThat(json).doesNotContain("p1005").doesNotContain("hostile").doesNotContain("Dear");
  }
}
