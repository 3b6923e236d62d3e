package io.picklift.codec.meaning;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes and functions that cloudpickle and dill wrote whole are known by their names. */
class ByValueTest {
  private static Meaning meaning(String name) throws Exception {
    try (InputStream in = ByValueTest.class.getResourceAsStream("/byvalue/" + name + ".pkl")) {
      byte[] pickle = Objects.requireNonNull(in, name).readAllBytes();
      SaveGraph graph = new PickleDecoder(Limits.defaults()).decode(pickle);
      return Meaning.of(graph, Limits.defaults());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The classes of the objects that the save holds. */
  private static Set<String> classes(Meaning meaning) {
    Set<String> names = new TreeSet<>();
    for (int node = 0; node < meaning.graph().size(); node++) {
      if (meaning.kind(node) == Kind.OBJECT && meaning.references(node) > 0) {
        names.add(String.valueOf(meaning.className(meaning.callable(node))));
      }
    }
    return names;
  }

  private static Set<String> titles(Meaning meaning) {
    Set<String> titles = new TreeSet<>();
    for (int node = 0; node < meaning.graph().size(); node++) {
      String title = meaning.references(node) > 0 ? meaning.byValue(node) : null;
      if (title != null) {
        titles.add(title);
      }
    }
    return titles;
  }

  @ParameterizedTest
  @CsvSource({
    "cloudpickle_object, __main__.Point",
    "cloudpickle_objects, __main__.Point",
    "cloudpickle_dataclass, __main__.Order",
    "cloudpickle_namedtuple, __main__.P",
    "cloudpickle_slots, __main__.Slotted",
    "cloudpickle_task, __main__.Point",
    "dill_object, __main__.Point",
    "dill_objects, __main__.Point",
    "dill_dataclass, __main__.Order",
    "dill_namedtuple, __main__.P",
    "dill_slots, __main__.Slotted",
    "dill_task, __main__.Point"
  })
  void anObjectHasTheNameOfItsClass(String file, String name) throws Exception {
    assertThat(classes(meaning(file))).contains(name).doesNotContain("null");
  }

  @ParameterizedTest
  @CsvSource({
    "cloudpickle_function, function __main__.outer.<locals>.inner",
    "cloudpickle_partial, function __main__.outer.<locals>.inner",
    "cloudpickle_task, function __main__.outer.<locals>.inner",
    "dill_function, function __main__.outer.<locals>.inner",
    "cloudpickle_enum, class __main__.Color",
    "cloudpickle_object, class __main__.Base",
    "dill_object, class __main__.Base"
  })
  void whatIsWrittenWholeHasATitle(String file, String title) throws Exception {
    assertThat(titles(meaning(file))).anySatisfy(t -> assertThat(t).isEqualTo(title));
  }

  @Test
  void aCallOfAnotherModuleIsNoClass() throws Exception {
    byte[] pickle = "ccloudpickle_of_mine\n_create_type\n(NVPoint\n(t(dtR.".getBytes(US_ASCII);
    Meaning meaning =
        Meaning.of(new PickleDecoder(Limits.defaults()).decode(pickle), Limits.defaults());
    assertThat(meaning.byValue(meaning.root())).isNull();
    assertThat(meaning.className(meaning.root())).isNull();
  }

  @Test
  void aFunctionMayBeFilledAnyNumberOfTimes() throws Exception {
    int times = 50_000;
    String pickle =
        "ccloudpickle\n_fill_function\n(".repeat(times)
            + "ccloudpickle\n_make_function\n(NtR"
            + "tR".repeat(times)
            + ".";
    Meaning meaning =
        Meaning.of(
            new PickleDecoder(Limits.defaults()).decode(pickle.getBytes(US_ASCII)),
            Limits.defaults());
    assertThat(meaning.byValue(meaning.root())).isEqualTo("function of unknown name");
    assertThat(meaning.className(meaning.root())).isNull();
  }

  /** In time that grows with the pickle, not with its square. */
  @Test
  @Timeout(60)
  void anyNumberOfClassesMayShareOneDict() throws Exception {
    StringBuilder pickle = new StringBuilder("(dp1\n");
    for (int i = 0; i < 300_000; i++) {
      pickle.append('I').append(i).append("\nNs");
    }
    pickle.append("0cdill._dill\n_create_type\np2\n0(l");
    for (int i = 0; i < 40_000; i++) {
      pickle.append("g2\n(NVx\nNg1\ntRa");
    }
    Meaning meaning =
        Meaning.of(
            new PickleDecoder(Limits.defaults())
                .decode(pickle.append('.').toString().getBytes(US_ASCII)),
            Limits.defaults());
    assertThat(Arrays.stream(meaning.items(meaning.root())).mapToObj(meaning::byValue))
        .hasSize(40_000)
        .allMatch("class x"::equals);
  }

  @Test
  void argumentsOfOtherKindsAreNoNames() throws Exception {
    for (String arguments :
        new String[] {"(t", "(Nt", "(NI1\nt", "(NVa\nNI5\nt", "(I1\nI2\nI3\nt"}) {
      for (String maker :
          new String[] {
            "cloudpickle.cloudpickle\n_make_skeleton_class",
            "cloudpickle.cloudpickle\n_make_skeleton_enum",
            "cloudpickle\n_rehydrate_skeleton_class",
            "cloudpickle\n_fill_function",
            "cloudpickle.cloudpickle\n_make_function",
            "dill._dill\n_create_type",
            "dill._dill\n_create_namedtuple",
            "dill._dill\n_create_function"
          }) {
        byte[] pickle = ("c" + maker + "\n" + arguments + "R.").getBytes(US_ASCII);
        Meaning meaning =
            Meaning.of(new PickleDecoder(Limits.defaults()).decode(pickle), Limits.defaults());
        String name = meaning.className(meaning.root());
        assertThat(name == null || name.equals("a")).isTrue();
        assertThat(String.valueOf(meaning.byValue(meaning.root()))).isNotEmpty();
      }
    }
  }
}
