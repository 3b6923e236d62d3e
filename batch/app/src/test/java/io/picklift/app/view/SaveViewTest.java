package io.picklift.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SaveViewTest {
  private static List<String> members(SaveView view, int node) {
    List<String> members = new ArrayList<>();
    view.members(
        node,
        new SaveView.Members() {
          @Override
          public void attribute(String name, int value) {
            members.add("." + name);
          }

          @Override
          public void pair(int key, int value) {
            members.add("[" + shown(view, key) + "]");
          }

          @Override
          public void item(int place, int value) {
            members.add(place + ": " + shown(view, value));
          }
        });
    return members;
  }

  private static @Nullable String shown(SaveView view, int node) {
    PlainValue value = PlainValue.of(view.meaning(), node);
    return value == null ? null : value.shown();
  }

  private static List<String> root(String hex) throws Exception {
    SaveView view = Saves.view(hex);
    return members(view, view.meaning().root());
  }

  @Test
  void anObjectHasAttributesAndADictHasPairs() throws Exception {
    assertThat(root(Saves.PLAYER)).containsExactly(".name", ".age", ".pals", ".tags");
    SaveView view = Saves.view(Saves.PLAYER);
    assertThat(members(view, view.named(view.meaning().root(), "tags")))
        .containsExactly("[\"a b\"]", "[5]");
  }

  @Test
  void slotsAreAttributes() throws Exception {
    assertThat(root(Saves.SLOTS)).containsExactly(".x", ".y");
  }

  @Test
  void containersOfTheLibraryShowWhatTheyHold() throws Exception {
    assertThat(root(Saves.ORDERED)).containsExactly("[\"a\"]");
    assertThat(root(Saves.DEQUE)).containsExactly("0: 7", "1: 8");
  }

  @Test
  void membersAreFoundByNamePlaceAndKey() throws Exception {
    SaveView view = Saves.view(Saves.PLAYER);
    int root = view.meaning().root();
    assertThat(shown(view, view.named(root, "age"))).isEqualTo("41");
    assertThat(view.named(root, "nobody")).isEqualTo(SaveView.NOTHING);
    int tags = view.named(root, "tags");
    assertThat(shown(view, view.named(tags, "a b"))).isEqualTo("1");
    assertThat(shown(view, view.at(tags, 5))).isEqualTo("\"five\"");
    int pals = view.named(root, "pals");
    assertThat(shown(view, view.at(pals, 1))).isEqualTo("2");
    assertThat(view.at(pals, 2)).isEqualTo(SaveView.NOTHING);
  }
}
