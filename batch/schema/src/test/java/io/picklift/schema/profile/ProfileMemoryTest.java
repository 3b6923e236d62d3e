package io.picklift.schema.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.report.ProfileJson;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A profile grows up to its limits and no further, however many saves are added. */
class ProfileMemoryTest {
  private static final ProfileLimits LIMITS = new ProfileLimits(20, 10, 8, 4, 4, 500);

  /**
   * A save unlike all others: its classes, attributes, keys and texts have the number in their
   * names, and an object of it refers back by such an attribute.
   */
  private static byte[] save(int n) {
    String pickle =
        "ccopy_reg\n_reconstructor\np0\n(cgame\nRoot\nc__builtin__\nobject\nNtRp1\n(d"
            + ("S'text'\nS'text " + n + "'\ns")
            + ("S'number'\nI" + n + "\ns")
            + ("S'attribute" + n + "'\nI1\ns")
            + ("S'dict'\n(dS'key" + n + "'\nF1.5\nss")
            + ("S'tuple'\n(" + "I1\n".repeat(n % 50) + "ts")
            + ("S'deep'\n" + "(l".repeat(n % 50) + "I1\n" + "a".repeat(n % 50) + "s")
            + "S'list'\n(l"
            + ("(igame\nClass" + n + "\n(dS'back" + n + "'\ng1\nsb")
            + "asb.";
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void add(Profile profile, int from, int to) throws Exception {
    for (int n = from; n < to; n++) {
      byte[] pickle = save(n);
      SaveFacts facts =
          new SaveFacts("save " + n, n, null, List.of(), pickle.length, pickle.length);
      new Profiler(profile).add(Meaning.of(Saves.decode(pickle), Limits.defaults()), facts);
    }
  }

  /** All that a profile knows is in its JSON, so that one is as large as the other. */
  private static int size(Profile profile) {
    return ProfileJson.write(profile.finish()).length();
  }

  @Test
  void tenTimesTheSavesAreNoLargerProfile() throws Exception {
    Profile few = new Profile(LIMITS);
    add(few, 1_000, 2_000);
    Profile many = new Profile(LIMITS);
    add(many, 10_000, 20_000);
    // One digit more in most of the numbers.
    assertThat(size(many)).isBetween(size(few), size(few) * 5 / 4);
    assertThat(many.classes()).hasSize(LIMITS.classes());
  }

  @Test
  void norAreThoseThatSeveralThreadsMade() throws Exception {
    Profile one = new Profile(LIMITS);
    add(one, 1_000, 2_000);
    Profile all = new Profile(LIMITS);
    for (int part = 10; part < 20; part++) {
      Profile some = new Profile(LIMITS);
      add(some, part * 1_000, part * 1_000 + 1_000);
      all.merge(some);
    }
    assertThat(size(all)).isLessThan(size(one) * 5 / 4);
  }
}
