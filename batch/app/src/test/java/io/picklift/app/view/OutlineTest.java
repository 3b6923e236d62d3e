package io.picklift.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutlineTest {
  private static Outline outline(String hex) throws Exception {
    return new Outline(Saves.view(hex));
  }

  private static List<String> lines(Outline.Place place) {
    List<String> lines = new ArrayList<>();
    add(place, "", lines);
    return lines;
  }

  private static void add(Outline.Place place, String path, List<String> lines) {
    String name = path + place.name();
    lines.add(name + " " + place.count() + "+" + place.references() + " " + place.types());
    place.below().forEach(below -> add(below, name, lines));
  }

  @Test
  void membersOfAListAndReferencesFallTogether() throws Exception {
    assertThat(lines(outline(Saves.SHARED).root()))
        .containsExactly(
            " 1+0 {dict=1}",
            "[\"one\"] 1+0 {list=1}",
            "[\"one\"][] 2+0 {int=2}",
            "[\"two\"] 0+1 {}",
            "[\"many\"] 1+0 {list=1}",
            "[\"many\"][] 3+0 {dict=3}",
            "[\"many\"][][\"k\"] 3+0 {int=3}");
  }

  @Test
  void objectsAreCountedByClass() throws Exception {
    Outline outline = outline(Saves.PLAYER);
    assertThat(outline.classes()).containsOnlyKeys("__main__.P");
    assertThat(outline.classes().values()).extracting(Outline.Share::count).containsExactly(1);
    assertThat(lines(outline.root())).contains(".age 1+0 {int=1}", ".tags[\"a b\"] 1+0 {int=1}");
  }

  @Test
  void datesAndTheLikeHaveTheirSize() throws Exception {
    Outline outline = outline(Saves.VALUES);
    Outline.Place items = outline.root().below().iterator().next();
    assertThat(items.types()).containsKeys("datetime.datetime", "uuid.UUID", "decimal.Decimal");
    assertThat(items.bytes()).isBetween(240L, 306L);
  }

  /** What stands on no line is frames and the like, in whatever protocol a save was written. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void theSizesOfAllValuesAreAboutThatOfThePickle(int protocol) throws Exception {
    byte[] pickle;
    try (InputStream in =
        OutlineTest.class.getResourceAsStream("/view/sizes.p" + protocol + ".pkl")) {
      pickle = Objects.requireNonNull(in).readAllBytes();
    }
    Outline outline = outline(HexFormat.of().formatHex(pickle));
    Outline.Place root = outline.root();
    assertThat(root.allBytes() / (double) pickle.length).isBetween(0.9, 1.05);
    long parts = root.bytes();
    for (Outline.Place below : root.below()) {
      parts += below.allBytes();
    }
    assertThat(parts).isEqualTo(root.allBytes());
    long classes = outline.inNoObject().bytes();
    for (Outline.Share share : outline.classes().values()) {
      assertThat(share.bytes()).isPositive();
      classes += share.bytes();
    }
    assertThat(classes).isEqualTo(root.allBytes());
  }
}
