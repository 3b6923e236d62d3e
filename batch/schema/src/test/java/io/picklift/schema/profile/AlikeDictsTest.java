package io.picklift.schema.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.profile.walk.Profiler;
import io.picklift.schema.testing.Saves;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is looked for once for many dicts or values of one save is counted for each of them. */
class AlikeDictsTest {
  @Test
  void recordsOfTheSameKeysCountAsKeysAndValuesOnceTheyAreMaps() throws CodecException {
    String records = "}(" + text("a", 1) + "K\1" + text("b", 2) + "K\2u" + "}(h\1K\3h\2K\4u";
    Profile same = profile("](" + records + "}(h\1K\5h\2K\6ue.");
    ValueProfile items = items(same);
    assertThat(items.members()).containsOnlyKeys("a", "b");
    assertThat(member(items, "a").count()).isEqualTo(3);
    assertThat(items.memberNames()).containsExactly("a", "b");

    ValueProfile maps = items(profile("](" + records + "}K\7K\10s" + "}(h\1K\5h\2K\6ue."));
    assertThat(maps.members()).isEmpty();
    assertThat(Objects.requireNonNull(maps.keys()).count()).isEqualTo(7);
    assertThat(Objects.requireNonNull(maps.keys()).count(ValueKind.TEXT)).isEqualTo(6);
    assertThat(Objects.requireNonNull(maps.values()).count()).isEqualTo(7);
  }

  @Test
  void aRecordMayBecomeAMapWhileItsMembersAreVisited() throws CodecException {
    // An object whose attribute is {x: [one whose attribute is {5: 6}], y: 2}.
    String inner = "cm\nA\n)\201}h\1}K\5K\6ssb";
    String record = "}(" + text("x", 2) + "]" + inner + "a" + text("y", 3) + "K\2u";
    Profile profile = profile("cm\nA\n)\201}" + text("a", 1) + record + "sb.");
    ValueProfile a = member(Objects.requireNonNull(profile.classes().get("m.A")).body(), "a");
    assertThat(a.members()).isEmpty();
    assertThat(Objects.requireNonNull(a.keys()).count()).isEqualTo(3);
    assertThat(Objects.requireNonNull(a.keys()).count(ValueKind.TEXT)).isEqualTo(2);
    ValueProfile values = Objects.requireNonNull(a.values());
    assertThat(values.count(ValueKind.LIST)).isEqualTo(1);
    assertThat(values.count(ValueKind.INT)).isEqualTo(2);
  }

  @Test
  void twoClassesOfTheSameKeysAreToldApart() throws CodecException {
    String first = "cm\nA\n)\201}(" + text("a", 1) + "K\1" + text("b", 2) + "Nub";
    String second = "cm\nB\n)\201}(h\1K\1h\2K\2ub";
    Profile profile = profile("](" + first + second + second + "cm\nA\n)\201}(h\1K\3h\2K\4ube.");
    for (String name : List.of("m.A", "m.B")) {
      ClassProfile of = Objects.requireNonNull(profile.classes().get(name));
      assertThat(of.objects()).isEqualTo(2);
      assertThat(of.attributeNames()).containsExactly("a", "b");
      assertThat(member(of.body(), "a").count(ValueKind.INT)).isEqualTo(2);
    }
    ValueProfile b = member(Objects.requireNonNull(profile.classes().get("m.A")).body(), "b");
    assertThat(b.count(ValueKind.NONE)).isEqualTo(1);
  }

  @Test
  void aStateThatSomethingElseRefersToIsNoAttributesThoughItsKeysAre() throws CodecException {
    String own = "cm\nA\n)\201}" + text("a", 1) + "K\1sb";
    Profile profile =
        profile("](" + own + "cm\nA\n)\201}q\2h\1K\2sbh\2" + "cm\nA\n)\201}h\1K\3sbe.");
    ValueProfile body = Objects.requireNonNull(profile.classes().get("m.A")).body();
    assertThat(body.members()).containsOnlyKeys("a", "$state");
    assertThat(member(body, "a").count(ValueKind.INT)).isEqualTo(2);
    assertThat(member(body, "$state").count(ValueKind.DICT)).isEqualTo(1);
  }

  @Test
  void moreSortsOfDictsThanAreRememberedAreCountedAllTheSame() throws CodecException {
    StringBuilder pickle = new StringBuilder("(");
    int keys = 24;
    for (int i = 0; i < keys; i++) {
      pickle.append(text(String.valueOf((char) ('a' + i)), i));
    }
    pickle.append("l(");
    int[] expected = new int[keys];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < keys; i++) {
        for (int j = 0; j < i; j++) {
          pickle.append("}(h").append((char) i).append("K\1h").append((char) j).append("Nu");
          expected[i]++;
          expected[j]++;
        }
      }
    }
    pickle.append("l\206.");
    Profile profile = new Profile(ProfileLimits.defaults());
    add(profile, pickle.toString());
    // Not finished: such records are maps then.
    ValueProfile items = Objects.requireNonNull(profile.root().places().get(1).items());
    for (int i = 0; i < keys; i++) {
      String name = String.valueOf((char) ('a' + i));
      assertThat(member(items, name).count()).as(name).isEqualTo(expected[i]);
      assertThat(member(items, name).count(ValueKind.INT)).as(name).isEqualTo(2L * i);
    }
  }

  @Test
  void aTextThatIsThereAgainCountsAgain() throws CodecException {
    ValueProfile texts = items(profile("](X\2\0\0\0\303\251q\1h\1h\1e."));
    ScalarProfile scalars = Objects.requireNonNull(texts.scalars());
    assertThat(scalars.characters().count()).isEqualTo(3);
    assertThat(scalars.characters().sum()).isEqualTo(3);
    assertThat(scalars.distinct()).isEqualTo(1);
    assertThat(texts.isUnique()).isFalse();
    ValueProfile lone = items(profile("](X\3\0\0\0\355\240\200q\1h\1h\1e."));
    assertThat(Objects.requireNonNull(lone.scalars()).surrogates()).isEqualTo(3);
  }

  @Test
  void wholeNumbersAreComparedWhateverTheirSizeAndType() throws CodecException {
    String one = "G?\360\0\0\0\0\0\0";
    assertThat(items(profile("](K\1K\2K\3e.")).isUnique()).isTrue();
    assertThat(items(profile("](K\1" + one + "e.")).isUnique()).isFalse();
    String far = "J\0\0\0\100";
    assertThat(items(profile("](K\1" + far + "K\2e.")).isUnique()).isTrue();
    assertThat(items(profile("](K\1" + far + far + "e.")).isUnique()).isFalse();
    assertThat(items(profile("](" + far + "K\1" + far + "e.")).isUnique()).isFalse();
  }

  private static String text(String text, int memo) {
    return "X" + (char) text.length() + "\0\0\0" + text + "q" + (char) memo;
  }

  private static ValueProfile items(Profile profile) {
    return Objects.requireNonNull(profile.root().items());
  }

  private static ValueProfile member(ValueProfile of, String name) {
    return Objects.requireNonNull(of.members().get(name));
  }

  private static Profile profile(String pickle) throws CodecException {
    Profile profile = new Profile(ProfileLimits.defaults());
    add(profile, pickle);
    return profile.finish();
  }

  private static void add(Profile profile, String pickle) throws CodecException {
    byte[] bytes = ("\200\2" + pickle).getBytes(StandardCharsets.ISO_8859_1);
    new Profiler(profile)
        .add(
            Meaning.of(Saves.decode(bytes), Limits.defaults()),
            new SaveFacts("s", 0, null, List.of(), bytes.length, bytes.length));
  }
}
