package io.picklift.schema.report;

import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.text.PlacePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places below a class or a value in the order of their paths, without recursion. */
final class PlaceRows {
  private final List<Row> rows = new ArrayList<>();

  private PlaceRows() {}

  /**
   * A place.
   *
   * @param owners how many values could have it
   */
  record Row(String path, ValueProfile value, long owners) {}

  static List<Row> of(ValueProfile top) {
    PlaceRows rows = new PlaceRows();
    rows.add("", top, top.count());
    return rows.rows;
  }

  static List<Row> of(ClassProfile of) {
    PlaceRows rows = new PlaceRows();
    for (String name : of.attributeNames()) {
      ValueProfile value = of.attributes().get(name);
      if (value != null) {
        rows.add(name, value, of.objects());
      }
    }
    for (int i = 0; i < of.arguments().size(); i++) {
      rows.add("[" + i + "]", of.arguments().get(i), of.objects());
    }
    if (of.contents().count() > 0) {
      rows.add("{}", of.contents(), of.objects());
    }
    return rows.rows;
  }

  private void add(String path, ValueProfile top, long owners) {
    List<Row> open = new ArrayList<>();
    open.add(new Row(path, top, owners));
    while (!open.isEmpty()) {
      Row row = open.remove(open.size() - 1);
      rows.add(row);
      ValueProfile value = row.value();
      if (value.isBeyond()) {
        continue;
      }
      for (int i = value.places().size() - 1; i >= 0; i--) {
        String place = PlacePath.at(row.path(), i);
        open.add(new Row(place, value.places().get(i), value.count(ValueKind.TUPLE)));
      }
      List<String> names = new ArrayList<>(value.memberNames());
      for (int i = names.size() - 1; i >= 0; i--) {
        ValueProfile member = value.members().get(names.get(i));
        if (member != null) {
          String longer = PlacePath.member(row.path(), names.get(i));
          open.add(new Row(longer, member, value.count(ValueKind.DICT)));
        }
      }
      single(open, PlacePath.values(row.path()), value.values());
      single(open, PlacePath.keys(row.path()), value.keys());
      single(open, PlacePath.items(row.path()), value.items());
    }
  }

  private static void single(List<Row> open, String path, @Nullable ValueProfile value) {
    if (value != null) {
      open.add(new Row(path, value, value.count()));
    }
  }
}
