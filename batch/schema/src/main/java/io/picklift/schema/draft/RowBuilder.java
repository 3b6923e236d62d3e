package io.picklift.schema.draft;

import static io.picklift.schema.draft.OpenRow.isPathName;
import static io.picklift.schema.draft.OpenRow.join;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.draft.OpenRow.Place;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the columns of one table, and the tables of the containers in its rows. */
final class RowBuilder {
  /** What {@code array.array} pickles as from protocol 3 on: class, type code, format, bytes. */
  private static final String PACKED_ARRAY = "array._array_reconstructor";

  private final TableBuilder builder;
  private final TableDraft table;
  private final OpenRow row;
  private final SingleValues values;
  private final Containers containers;
  private int notFollowed;

  RowBuilder(TableBuilder builder, TableDraft table) {
    this.builder = builder;
    this.table = table;
    row = new OpenRow(builder, table);
    values = new SingleValues(row);
    containers = new Containers(row);
  }

  void ofClass(ClassGroup group) {
    if (WideClass.isOneDocument(group)) {
      table.isOneRow = group.profile().inSave().max() <= 1;
      WideClass.document(group, table);
      return;
    }
    attributes(group, ValuePath.SELF, "");
    run();
    if (group.contents() != null) {
      containers.findPlain(new Place(group.contents(), ValuePath.SELF, "item"));
      run();
    }
    finish();
  }

  void ofRoot(ValueProfile root) {
    row.push(new Place(root, ValuePath.SELF, ""));
    run();
    finish();
  }

  /** Saves of a source that is split: columns for each value, and for what has another one. */
  void ofGroups(Map<String, ValueProfile> splits, ValueProfile others) {
    ValuePath split = ValuePath.of(ValuePath.SPLIT);
    List<Place> found = new ArrayList<>();
    splits.forEach(
        (value, place) ->
            found.add(
                new Place(place, split.then(new ValuePath.Name(value)), NameMaker.snake(value))));
    if (others.count() > 0) {
      found.add(new Place(others, ValuePath.SELF, ""));
    }
    row.pushAll(found);
    run();
    finish();
  }

  /** The members of a container: objects are looked into, for they belong to this row. */
  void ofMembers(ValueProfile members, @Nullable ValueProfile keys, String name) {
    row.push(new Place(members, ValuePath.SELF, name));
    if (keys != null) {
      row.push(new Place(keys, ValuePath.KEY, "key"));
    }
    run();
    finish();
  }

  private void run() {
    for (Place place = row.next(); place != null; place = row.next()) {
      look(place);
    }
  }

  private void finish() {
    row.addLone();
    WideClass.tell(table, notFollowed);
    ColumnPolicy.apply(table);
  }

  private void attributes(ClassGroup group, ValuePath path, String prefix) {
    ClassProfile of = group.profile();
    List<Place> found = new ArrayList<>();
    Map<String, ValueProfile> attributes = row.members(of.body(), path);
    if (of.notFollowed() > 0) {
      table.leaveOut(path, WideClass.notFollowed(of) + " more attributes than are followed");
    }
    notFollowed += of.attributesLeftOut();
    for (String name : of.attributeNames()) {
      ValueProfile place = attributes.get(name);
      if (place != null && isPathName(name)) {
        found.add(new Place(place, path.then(new ValuePath.Name(name)), join(prefix, name)));
      }
    }
    // The places of a container are its members, where it has any.
    ValuePath arguments =
        builder.areContainers(group)
            ? path.then(new ValuePath.Name(Attributes.ARGUMENTS_NAME))
            : path;
    for (int i = 0; i < of.arguments().size(); i++) {
      String argument = ValueClasses.argument(group.today(), of.arguments().size(), i);
      boolean isBare = prefix.isEmpty() && Character.isDigit(argument.charAt(0));
      String name = isBare ? "arg_" + i : join(prefix, argument);
      found.add(new Place(of.arguments().get(i), arguments.then(new ValuePath.Place(i)), name));
    }
    row.pushAll(found);
    if (group.today().contains(PACKED_ARRAY)) {
      table.comments.add(
          "the numbers of Python's array.array stand packed in the bytes of its argument [3], of the"
              + " type that [1] says, and are in no column");
    }
  }

  private void look(Place place) {
    ValueProfile profile = place.profile();
    long all = profile.count() - profile.count(ValueKind.NONE);
    if (profile.isBeyond()) {
      row.leaveOut(place, "too deep to follow");
      return;
    }
    if (all == 0) {
      row.leaveOut(place, "always None");
      return;
    }
    values.scalars(place, all);
    values.arrays(place, all);
    objects(place, all);
    containers.find(place);
    if (persistentIds(place)) {
      return;
    }
    long others = profile.count(ValueKind.NAME) + profile.count(ValueKind.OTHER);
    String unread = profile.unread();
    if (unread != null && others > 0) {
      row.leaveOut(place, unread);
    } else if (others > TableBuilder.WORTH_A_COLUMN * all) {
      row.leaveOut(place, "names, persistent ids and the like have no column");
    }
  }

  private void objects(Place place, long all) {
    Set<String> done = new TreeSet<>();
    Set<String> looked = new TreeSet<>();
    for (String className : place.profile().classes().keySet()) {
      ClassGroup group = builder.group(className);
      if (group == null || done.contains(group.name())) {
        continue;
      }
      // Together: each class of a large hierarchy may be rare.
      long objects = group.objectsIn(place.profile());
      if (objects == 0) {
        continue;
      }
      if (objects < TableBuilder.WORTH_A_COLUMN * all) {
        row.leaveOut(place, objects + " of " + all + " are of " + group.name());
        continue;
      }
      done.add(group.name());
      switch (group.role()) {
        case TABLE -> reference(place, group, done.size() > 1);
        case INLINE -> {
          looked.addAll(group.today());
          attributes(group, place.path(), place.name());
        }
        case MEMBER -> {
          looked.addAll(group.today());
          attributes(group, place.path(), place.isRow() ? "" : place.name());
        }
        case NONE -> {
          if (!builder.areContainers(group)) {
            row.leaveOut(place, "objects without attributes");
          }
        }
      }
    }
    if (looked.size() > 1) {
      classColumn(place);
    }
  }

  /** Which class an object is of that stands in columns of the row. */
  private void classColumn(Place place) {
    if (place.isRow() && table.source instanceof TableDraft.Each) {
      table.memberClass = NameMaker.column("class_name", table.names);
      return;
    }
    String name = place.name().isEmpty() ? "class_name" : place.name() + "_class";
    ColumnDraft column =
        new ColumnDraft(
            NameMaker.column(name, table.names),
            place.path(),
            ColumnType.of(ColumnType.Base.VARCHAR, 255),
            null,
            "");
    column.options = ColumnOptions.CLASS;
    row.add(column);
  }

  private void reference(Place place, ClassGroup group, boolean isFurther) {
    TableDraft target = builder.tableOf(group);
    String name = place.nameOr(target.name);
    if (isFurther) {
      name = name + "_" + target.name;
    }
    row.add(
        new ColumnDraft(
            NameMaker.column(name, table.names),
            place.path(),
            TableBuilder.ordinalType(),
            target.name,
            ""));
  }

  /** Persistent ids are looked into: their parts join rows of other saves. */
  private boolean persistentIds(Place place) {
    ValueProfile id = place.profile().members().get(Attributes.PERSID_NAME);
    if (id == null || place.profile().dicts() > 0) {
      return false;
    }
    ValuePath path = place.path().then(new ValuePath.Name(Attributes.PERSID_NAME));
    row.push(new Place(id, path, place.name()));
    return true;
  }
}
