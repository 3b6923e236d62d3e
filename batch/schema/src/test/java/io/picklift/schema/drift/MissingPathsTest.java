package io.picklift.schema.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.schema.draft.MappingGenerator;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.profile.Profiles;
import org.junit.jupiter.api.Test;

/** What is mapped and no save has is told by line, with the nearest name that saves do have. */
class MissingPathsTest {
  @Test
  void eachNamesItsLineAndWhatWasLikelyMeant() throws Exception {
    String mapping =
        """
        version: 1
        tables:
          player:
            class: lifesim.player.playerClass
            columns:
              id: VARCHAR(40)
              stat: {path: status, type: VARCHAR(16)}
              day: {path: dayOfWek, type: VARCHAR(16)}
              job: {path: job.titel, aka: [jop], type: VARCHAR(40)}
          person:
            class: lifesim.person.personClas
            aka: [lifesim.character.charClass]
            columns:
              firstname: VARCHAR(40)
          event:
            each: player.evnts
            columns:
              kind: VARCHAR(40)
              seen: BOOLEAN
        """;
    assertThat(MissingPaths.of(Profiles.baolife(), Mapping.parse("m.yaml", mapping)))
        .containsExactly(
            "m.yaml:10: no save has an object of class lifesim.person.personClas;"
                + " did you mean lifesim.person.personClass?",
            "m.yaml:8: no save has player.day (dayOfWek); did you mean dayOfWeek?",
            "m.yaml:9: no save has player.job (job.titel); did you mean title?",
            "m.yaml:15: no save has event; did you mean events?");
  }

  @Test
  void nothingIsMissingOfWhatProfileWrote() throws Exception {
    String mapping = MappingGenerator.mapping(Profiles.baolife());
    assertThat(MissingPaths.of(Profiles.baolife(), Mapping.parse("m.yaml", mapping))).isEmpty();
  }
}
