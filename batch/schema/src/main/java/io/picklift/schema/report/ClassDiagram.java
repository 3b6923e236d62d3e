package io.picklift.schema.report;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import io.picklift.schema.text.Figures;
import java.util.Map;
import java.util.TreeMap;

/**
 * How classes refer to each other, as a drawing: what the saves themselves hold stands left, what
 * that refers to right of it.
 */
final class ClassDiagram {
  private final Profile profile;
  private final Map<String, Map<String, Link>> links = new TreeMap<>();

  private static final class Link {
    long count;
    long owned;
  }

  private ClassDiagram(Profile profile) {
    this.profile = profile;
    profile.roots().forEach(place -> link("", place));
    for (ClassProfile of : profile.classes().values()) {
      link(of.name(), of.body());
      link(of.name(), of.contents());
    }
  }

  static BoxDiagram of(Profile profile) {
    return new ClassDiagram(profile).diagram();
  }

  private void link(String from, ValueProfile top) {
    ValueWalk.each(
        top,
        place -> {
          for (Map.Entry<String, ReferenceCount> to : place.classes().entrySet()) {
            long count = to.getValue().count() - to.getValue().wrapped();
            if (count > 0 && profile.classes().containsKey(to.getKey())) {
              Link link =
                  links
                      .computeIfAbsent(from, n -> new TreeMap<>())
                      .computeIfAbsent(to.getKey(), n -> new Link());
              link.count += count;
              link.owned += to.getValue().owned();
            }
          }
        });
  }

  private BoxDiagram diagram() {
    BoxDiagram diagram = new BoxDiagram("How classes refer to each other");
    for (ClassProfile of : profile.classes().values()) {
      String objects = Figures.number(of.objects()) + (of.objects() == 1 ? " object" : " objects");
      diagram.box(
          of.name(),
          new BoxDiagram.Box(
              simple(of.name()), of.name(), ProfileHtml.anchor(of.name()), objects, of.objects()));
    }
    links.forEach(
        (from, all) -> all.forEach((to, link) -> diagram.arrow(from, to, arrow(from, to, link))));
    return diagram;
  }

  private static BoxDiagram.Arrow arrow(String from, String to, Link link) {
    boolean isOwned = link.owned == link.count;
    return new BoxDiagram.Arrow(
        simple(from)
            + " to "
            + simple(to)
            + ": "
            + Figures.number(link.count)
            + (isOwned ? ", owned" : ", shared"),
        isOwned,
        link.count);
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
