package io.picklift.schema.draft;

import static io.picklift.schema.draft.OpenRow.isPathName;
import static io.picklift.schema.draft.OpenRow.join;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.draft.OpenRow.Place;
import io.picklift.schema.frames.Frame;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a place's lists, tuples, sets and dicts: columns of the row, a JSON document, or
 * rows of a table of their own.
 */
final class Containers {
  /** A record of more values is a JSON document, if it can be one. */
  private static final int MOST_INLINE = 16;

  /** Containers of so few plain members are no rows of their own where there are many of them. */
  private static final int SMALL = 8;

  /** The column of what pandas calls an index, which SQL has another meaning for. */
  private static final String LABEL = "label";

  private final OpenRow row;
  private final TableBuilder builder;
  private final TableDraft table;
  private final CallParts calls;

  Containers(OpenRow row) {
    this.row = row;
    builder = row.builder();
    table = row.table();
    calls = new CallParts(table);
  }

  /** Of a place whose containers are not all told by their classes. */
  void find(Place place) {
    ValueProfile profile = place.profile();
    if (profile.dicts() + profile.sequences() > builder.containersToldByClass(profile)) {
      findPlain(place);
    }
  }

  void findPlain(Place place) {
    ValueProfile profile = place.profile();
    long dicts = profile.dicts();
    long sequences = profile.sequences();
    if (dicts > 0 && profile.values() == null && !profile.members().isEmpty()) {
      record(place);
      dicts = 0;
    }
    if (sequences > 0 && (areFields(place) || ContainerProfiles.hasFields(profile))) {
      int leaves = ContainerProfiles.leaves(profile);
      if (row.hasRoom(leaves)) {
        fields(place);
        sequences = 0;
      } else {
        table.comments.add(
            place.path() + " has " + leaves + " values, too many for columns: they are rows");
      }
    }
    if (dicts + sequences > 0) {
      members(place);
    }
  }

  private void record(Place place) {
    ValueProfile profile = place.profile();
    boolean isLarge = ContainerProfiles.leaves(profile) > MOST_INLINE && !profile.hasFrames();
    if (isLarge && ContainerProfiles.isJson(profile)) {
      row.json(place, "a record of " + ContainerProfiles.leaves(profile) + " values");
      return;
    }
    List<Place> found = new ArrayList<>();
    Map<String, ValueProfile> members = row.members(profile, place.path());
    for (String name : profile.memberNames()) {
      ValueProfile member = members.get(name);
      if (member != null && isPathName(name)) {
        member(place, name, member, found);
      }
    }
    row.pushAll(found);
    String unread = profile.unread();
    if (profile.hasFrames() && unread != null) {
      row.leaveOut(place, unread);
    }
  }

  private void member(Place of, String name, ValueProfile member, List<Place> found) {
    ValuePath path = of.path().then(new ValuePath.Name(name));
    if (name.equals(Attributes.STATE_NAME)) {
      calls.putOff(member, path, of.name(), found);
    } else if (name.equals(Attributes.ARGUMENTS_NAME)) {
      calls.arguments(member, of.path(), of.name(), found);
    } else {
      String column = of.profile().hasFrames() && name.equals(Frame.INDEX) ? LABEL : name;
      found.add(new Place(member, path, join(of.isRow() ? "" : of.name(), column)));
    }
  }

  /** Whether the members there are an object's fields, of which newer saves may have more. */
  private static boolean areFields(Place place) {
    List<ValuePath.Step> steps = place.path().steps();
    return !steps.isEmpty()
        && steps.get(steps.size() - 1).equals(new ValuePath.Name(Attributes.STATE_NAME))
        && !place.profile().places().isEmpty();
  }

  private void fields(Place place) {
    List<ValueProfile> fields = place.profile().places();
    if (place.isRow() && fields.size() > 2) {
      table.comments.add(
          "columns are places of a tuple: fields: [first, second, ...] gives them names");
    }
    String prefix = place.isRow() ? "item" : place.name();
    List<Place> found = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      ValuePath path = place.path().then(new ValuePath.Place(i));
      found.add(new Place(fields.get(i), path, join(prefix, Integer.toString(i))));
    }
    row.pushAll(found);
  }

  /** Lists, sets and maps: rows of a table of their own, or a JSON document. */
  private void members(Place place) {
    ValueProfile profile = place.profile();
    ValueProfile members = ContainerProfiles.members(builder.profile(), profile);
    if (members == null || members.count() == 0) {
      row.leaveOut(place, profile.sizes().max() == 0 ? "always empty" : "met elsewhere before");
      return;
    }
    if (members.isBeyond()) {
      row.leaveOut(place, "too deep to follow");
      return;
    }
    if (profile.again() * 2 > profile.sizes().count()) {
      row.leaveOut(place, "mostly containers that stand elsewhere too");
      return;
    }
    boolean isChild = table.source instanceof TableDraft.Each;
    boolean isDocument = isChild && !profile.hasFrames() && profile.sizes().mean() <= SMALL;
    if (isDocument && ContainerProfiles.isJson(profile)) {
      row.json(place, "few members in each of many rows");
    } else if (!refersBack(place, members)) {
      table(place, members);
    }
  }

  private void table(Place place, ValueProfile members) {
    String singular = NameMaker.singular(place.nameOr("item"));
    boolean isMap = place.profile().dicts() > place.profile().sequences();
    ValueProfile keys = place.profile().keys();
    ColumnDraft key = isMap ? KeyColumn.of(keys, builder) : null;
    TableDraft child =
        builder.each(table, tableName(members, singular), place.path(), key, members.count());
    // Keys of several kinds, and those that have parts, are in columns as values are.
    new RowBuilder(builder, child)
        .ofMembers(members, key == null ? keys : null, isMap ? "value" : singular);
  }

  private String tableName(ValueProfile members, String singular) {
    for (String className : members.classes().keySet()) {
      ClassGroup group = builder.group(className);
      if (group != null
          && group.role() == ClassGroup.Role.MEMBER
          && ReferenceSites.objects(members, className) > 0) {
        return group.tableName();
      }
    }
    return table.name + "_" + singular;
  }

  /** A list of objects that all refer back to its owner says nothing that their rows do not. */
  private boolean refersBack(Place place, ValueProfile members) {
    String back = place.profile().backlink();
    if (back == null || members.classes().size() != 1) {
      return false;
    }
    ClassGroup group = builder.group(members.classes().firstKey());
    if (group == null || group.role() != ClassGroup.Role.TABLE) {
      return false;
    }
    row.leaveOut(place, "the same as " + builder.tableOf(group).name + "." + NameMaker.snake(back));
    return true;
  }
}
