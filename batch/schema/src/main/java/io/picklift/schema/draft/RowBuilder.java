package io.picklift.schema.draft;

import io.picklift.codec.meaning.Attributes;
import io.picklift.schema.frames.Frame;
import io.picklift.schema.mapping.ColumnOptions;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.ValuePath;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the columns of one table, and the tables of the containers in its rows. */
final class RowBuilder {
  /** A record of more values is a JSON document, if it can be one. */
  private static final int MOST_INLINE = 16;

  /** Arrays of so few elements are read as they are; of more, one computes. */
  private static final int SMALL_ARRAY = 64;

  /** Containers of so few plain members are no rows of their own where there are many of them. */
  private static final int SMALL = 8;

  /** The column of what pandas calls an index, which SQL has another meaning for. */
  private static final String LABEL = "label";

  /** The parts of a call that is put off. */
  private static final List<String> PUT_OFF = List.of("function", "args", "keywords");

  /** The parts of a complex number. */
  private static final List<String> COMPLEX = List.of("real", "imag");

  /** Names of what used to stand there alone before it became an object. */
  private static final List<String> MAIN_TEXTS = List.of("value", "text", "title", "name", "label");

  private final TableBuilder builder;
  private final TableDraft table;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final List<Lone> lone = new ArrayList<>();

  private final RenamedPlaces renamed;
  private int notFollowed;

  /** A place to look at. */
  private record Task(ValueProfile place, ValuePath path, String name) {}

  /** A scalar column of a place that has objects or dicts as well. */
  private record Lone(ColumnDraft column) {}

  RowBuilder(TableBuilder builder, TableDraft table) {
    this.builder = builder;
    this.table = table;
    renamed = new RenamedPlaces(builder.profile(), table);
  }

  private void add(ColumnDraft column) {
    renamed.note(column);
    builder.add(table, column);
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
      plainContainers(new Task(group.contents(), ValuePath.SELF, "item"));
      run();
    }
    finish();
  }

  void ofRoot(ValueProfile root) {
    tasks.push(new Task(root, ValuePath.SELF, ""));
    run();
    finish();
  }

  /** Saves of a source that is split: columns for each value, and for what has another one. */
  void ofGroups(Map<String, ValueProfile> splits, ValueProfile others) {
    ValuePath split = ValuePath.of(ValuePath.SPLIT);
    List<Task> found = new ArrayList<>();
    splits.forEach(
        (value, place) ->
            found.add(
                new Task(place, split.then(new ValuePath.Name(value)), NameMaker.snake(value))));
    if (others.count() > 0) {
      found.add(new Task(others, ValuePath.SELF, ""));
    }
    pushAll(found);
    run();
    finish();
  }

  /** The members of a container: objects are looked into, for they belong to this row. */
  private void ofMembers(ValueProfile members, @Nullable ValueProfile keys, String name) {
    tasks.push(new Task(members, ValuePath.SELF, name));
    if (keys != null) {
      tasks.push(new Task(keys, ValuePath.KEY, "key"));
    }
    run();
    finish();
  }

  private void run() {
    while (!tasks.isEmpty()) {
      place(tasks.pop());
    }
  }

  private void finish() {
    for (Lone one : lone) {
      mergeOrAdd(one.column());
    }
    WideClass.tell(table, notFollowed);
    ColumnPolicy.apply(table);
  }

  private void attributes(ClassGroup group, ValuePath path, String prefix) {
    ClassProfile of = group.profile();
    List<Task> found = new ArrayList<>();
    Map<String, ValueProfile> attributes = renamed.members(of.body(), path);
    if (of.notFollowed() > 0) {
      table.leaveOut(path, WideClass.notFollowed(of) + " more attributes than are followed");
    }
    notFollowed += of.attributesLeftOut();
    for (String name : of.attributeNames()) {
      ValueProfile place = attributes.get(name);
      if (place != null && isPathName(name)) {
        found.add(new Task(place, path.then(new ValuePath.Name(name)), join(prefix, name)));
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
      found.add(new Task(of.arguments().get(i), arguments.then(new ValuePath.Place(i)), name));
    }
    pushAll(found);
  }

  /** A lone surrogate cannot stand in a file. */
  private static boolean isPathName(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> Character.isSurrogate((char) c) || c < ' ');
  }

  private void pushAll(List<Task> found) {
    for (int i = found.size() - 1; i >= 0; i--) {
      tasks.push(found.get(i));
    }
  }

  private static String join(String prefix, String name) {
    return prefix.isEmpty()
        ? NameMaker.snake(name)
        : prefix + "_" + NameMaker.snake(name).replaceFirst("^n(?=\\d)", "");
  }

  private void place(Task task) {
    ValueProfile place = task.place();
    long values = place.count() - place.count(ValueKind.NONE);
    if (place.isBeyond()) {
      table.leaveOut(task.path(), "too deep to follow");
      return;
    }
    if (values == 0) {
      table.leaveOut(task.path(), "always None");
      return;
    }
    scalars(task, values);
    arrays(task, values);
    objects(task, values);
    containers(task);
    if (persistentIds(task)) {
      return;
    }
    long others = place.count(ValueKind.NAME) + place.count(ValueKind.OTHER);
    String unread = place.unread();
    if (unread != null && others > 0) {
      table.leaveOut(task.path(), unread);
    } else if (others > TableBuilder.WORTH_A_COLUMN * values) {
      table.leaveOut(task.path(), "names, persistent ids and the like have no column");
    }
  }

  private void scalars(Task task, long values) {
    long scalars = 0;
    for (ValueKind kind : ValueKind.values()) {
      scalars += kind.isScalar() ? task.place().count(kind) : 0;
    }
    if (scalars == 0) {
      return;
    }
    if (scalars < values && scalars < TableBuilder.WORTH_A_COLUMN * values) {
      table.leaveOut(task.path(), scalars + " of " + values + " are single values");
      return;
    }
    if (isObjectId(task, scalars)) {
      ColumnDraft column = new ScalarColumns(table, task.name(), task.path()).objectId();
      builder.add(table, column);
      return;
    }
    List<TypeChoice> choices = new ArrayList<>(TypeChooser.chooseAll(task.place()));
    long specials = SpecialNumbers.count(task.place());
    if (choices.isEmpty() && specials == 0) {
      table.leaveOut(task.path(), "no column type holds its values" + times(task));
      return;
    }
    choices.replaceAll(choice -> BoundedKinds.narrow(choice, task.place(), task.name()));
    for (ColumnDraft column : new ScalarColumns(table, task.name(), task.path()).of(choices)) {
      // A column of one kind among several ends with the kind's name, not with the thing's.
      if (choices.size() == 1) {
        ColumnPolicy.keys(table, column, task.place(), builder.isSample());
      }
      column.isAlways = isAlways(task.place(), choices);
      if (column.type.base() == ColumnType.Base.BIGINT
          && task.place().count(ValueKind.DURATION) > 0
          && choices.size() == 1) {
        column.unit = "microseconds";
      }
      addValue(column, scalars < values);
    }
    if (specials > 0) {
      addValue(SpecialNumbers.column(table, task.name(), task.path()), scalars < values);
    }
    long held = choices.stream().mapToLong(TypeChoice::fits).sum() + specials;
    if ((choices.size() > 1 && held < scalars) || hasOtherKinds(task.place(), choices)) {
      table.leaveOut(
          task.path(), scalars - held + " of " + scalars + " values fit no column of it");
    }
  }

  private void addValue(ColumnDraft column, boolean isLone) {
    if (isLone) {
      lone.add(new Lone(column));
    } else {
      add(column);
    }
  }

  /** Whether each row has a value there, and the column holds it. */
  private boolean isAlways(ValueProfile place, List<TypeChoice> choices) {
    return choices.size() == 1
        && choices.get(0).fits() == choices.get(0).of()
        && choices.get(0).of() == table.rows
        && place.count() == table.rows;
  }

  /** Whether a part of persistent ids is always eight bytes, as ZODB's object ids are. */
  private static boolean isObjectId(Task task, long scalars) {
    ScalarProfile values = task.place().scalars();
    if (!task.path().steps().contains(new ValuePath.Name(Attributes.PERSID_NAME))
        || values == null) {
      return false;
    }
    long bytes = task.place().count(ValueKind.BYTES);
    boolean areBytes =
        bytes == 0
            || (values.byteLengths().min() == Long.BYTES
                && values.byteLengths().max() == Long.BYTES);
    boolean areTexts =
        bytes == scalars
            || (values.characters().min() == Long.BYTES && values.characters().max() == Long.BYTES);
    return scalars == bytes + task.place().count(ValueKind.TEXT) && areBytes && areTexts;
  }

  /** Whether there are kinds of values that none of the columns is made for. */
  private static boolean hasOtherKinds(ValueProfile place, List<TypeChoice> choices) {
    for (ValueKind kind : ValueKind.values()) {
      if (kind.isScalar()
          && place.count(kind) > 0
          && choices.stream().noneMatch(choice -> TypeFit.holds(choice.type(), kind))) {
        return true;
      }
    }
    return false;
  }

  private static String times(Task task) {
    var scalars = task.place().scalars();
    return scalars != null && scalars.unfitInstants() + scalars.unfitTimes() > 0
        ? " (their time zone is that of the reading machine, or not known)"
        : "";
  }

  /** Small arrays as documents, larger ones as bytes with their type and sizes beside. */
  private void arrays(Task task, long values) {
    var scalars = task.place().scalars();
    long arrays = task.place().count(ValueKind.ARRAY);
    if (scalars == null || arrays == 0 || arrays < TableBuilder.WORTH_A_COLUMN * values) {
      return;
    }
    long elements = scalars.arrayElements().max();
    if (elements <= SMALL_ARRAY) {
      json(task, "numpy arrays of up to " + elements + " elements");
    } else if (scalars.arrayBytes().max() == 0) {
      table.leaveOut(task.path(), "numpy arrays of up to " + elements + " objects");
    } else {
      add(new ScalarColumns(table, task.name(), task.path()).packed(scalars.arrayBytes().max()));
    }
  }

  private void objects(Task task, long values) {
    Set<String> done = new TreeSet<>();
    Set<String> looked = new TreeSet<>();
    for (String className : task.place().classes().keySet()) {
      ClassGroup group = builder.group(className);
      if (group == null || done.contains(group.name())) {
        continue;
      }
      // Together: each class of a large hierarchy may be rare.
      long objects = group.objectsIn(task.place());
      if (objects == 0) {
        continue;
      }
      if (objects < TableBuilder.WORTH_A_COLUMN * values) {
        table.leaveOut(task.path(), objects + " of " + values + " are of " + group.name());
        continue;
      }
      done.add(group.name());
      switch (group.role()) {
        case TABLE -> reference(task, group, done.size() > 1);
        case INLINE -> {
          looked.addAll(group.today());
          attributes(group, task.path(), task.name());
        }
        case MEMBER -> {
          looked.addAll(group.today());
          attributes(group, task.path(), task.path().steps().isEmpty() ? "" : task.name());
        }
        case NONE -> {
          if (!builder.areContainers(group)) {
            table.leaveOut(task.path(), "objects without attributes");
          }
        }
      }
    }
    if (looked.size() > 1) {
      classColumn(task);
    }
  }

  /** Which class an object is of that stands in columns of the row. */
  private void classColumn(Task task) {
    if (task.path().steps().isEmpty() && table.source instanceof TableDraft.Each) {
      table.memberClass = NameMaker.column("class_name", table.names);
      return;
    }
    String name = task.name().isEmpty() ? "class_name" : task.name() + "_class";
    ColumnDraft column =
        new ColumnDraft(
            NameMaker.column(name, table.names),
            task.path(),
            ColumnType.of(ColumnType.Base.VARCHAR, 255),
            null,
            "");
    column.options = ColumnOptions.CLASS;
    add(column);
  }

  private void reference(Task task, ClassGroup group, boolean isFurther) {
    TableDraft target = builder.tableOf(group);
    String name = task.name().isEmpty() ? target.name : task.name();
    if (isFurther) {
      name = name + "_" + target.name;
    }
    add(
        new ColumnDraft(
            NameMaker.column(name, table.names),
            task.path(),
            TableBuilder.ordinalType(),
            target.name,
            ""));
  }

  /** Persistent ids are looked into: their parts join rows of other saves. */
  private boolean persistentIds(Task task) {
    ValueProfile id = task.place().members().get(Attributes.PERSID_NAME);
    if (id == null || task.place().dicts() > 0) {
      return false;
    }
    ValuePath path = task.path().then(new ValuePath.Name(Attributes.PERSID_NAME));
    tasks.push(new Task(id, path, task.name()));
    return true;
  }

  private void containers(Task task) {
    ValueProfile place = task.place();
    if (place.dicts() + place.sequences() > builder.containersToldByClass(place)) {
      plainContainers(task);
    }
  }

  private void plainContainers(Task task) {
    ValueProfile place = task.place();
    long dicts = place.dicts();
    long sequences = place.sequences();
    if (dicts > 0 && place.values() == null && !place.members().isEmpty()) {
      record(task);
      dicts = 0;
    }
    if (sequences > 0 && (areFields(task) || ContainerProfiles.hasFields(place))) {
      int leaves = ContainerProfiles.leaves(place);
      if (builder.hasRoom(table, leaves + tasks.size())) {
        fields(task);
        sequences = 0;
      } else {
        table.comments.add(
            task.path() + " has " + leaves + " values, too many for columns: they are rows");
      }
    }
    if (dicts + sequences > 0) {
      container(task);
    }
  }

  private void record(Task task) {
    ValueProfile place = task.place();
    boolean isLarge = ContainerProfiles.leaves(place) > MOST_INLINE && !place.hasFrames();
    if (isLarge && ContainerProfiles.isJson(place)) {
      json(task, "a record of " + ContainerProfiles.leaves(place) + " values");
      return;
    }
    List<Task> found = new ArrayList<>();
    Map<String, ValueProfile> members = renamed.members(place, task.path());
    for (String name : place.memberNames()) {
      ValueProfile member = members.get(name);
      if (member != null && isPathName(name)) {
        ValuePath path = task.path().then(new ValuePath.Name(name));
        if (name.equals(Attributes.STATE_NAME)) {
          putOff(member, path, task.name(), found);
          continue;
        }
        boolean isRow = task.path().steps().isEmpty();
        if (name.equals(Attributes.ARGUMENTS_NAME)) {
          arguments(member, task.path(), task.name(), found);
          continue;
        }
        String column = place.hasFrames() && name.equals(Frame.INDEX) ? LABEL : name;
        found.add(new Task(member, path, join(isRow ? "" : task.name(), column)));
      }
    }
    pushAll(found);
    String unread = place.unread();
    if (place.hasFrames() && unread != null) {
      table.leaveOut(task.path(), unread);
    }
  }

  /** The arguments of a call that is nothing else: a complex number, an index that counts. */
  private void arguments(ValueProfile of, ValuePath path, String name, List<Task> found) {
    List<ValueProfile> places = of.places();
    if (places.isEmpty()) {
      table.leaveOut(path, "met elsewhere before");
      return;
    }
    boolean isRange = places.get(0).count(ValueKind.NAME) > 0;
    for (int i = isRange ? 1 : 0; i < places.size(); i++) {
      String column = isRange ? name : join(name, COMPLEX.get(i));
      found.add(new Task(places.get(i), path.then(new ValuePath.Place(i)), column));
    }
  }

  /** The arguments of a {@code functools.partial}, which is a record of its state alone. */
  private void putOff(ValueProfile state, ValuePath path, String name, List<Task> found) {
    if (state.places().isEmpty()) {
      table.leaveOut(path, "met elsewhere before");
    }
    for (int i = 0; i < state.places().size(); i++) {
      ValuePath part = path.then(new ValuePath.Place(i));
      ValueProfile place = state.places().get(i);
      if (i < PUT_OFF.size()) {
        found.add(new Task(place, part, join(name, PUT_OFF.get(i))));
      } else if (place.count() > place.count(ValueKind.NONE)) {
        table.leaveOut(part, "attributes of a functools.partial itself");
      }
    }
  }

  /** Whether the members there are an object's fields, of which newer saves may have more. */
  private static boolean areFields(Task task) {
    List<ValuePath.Step> steps = task.path().steps();
    return !steps.isEmpty()
        && steps.get(steps.size() - 1).equals(new ValuePath.Name(Attributes.STATE_NAME))
        && !task.place().places().isEmpty();
  }

  private void fields(Task task) {
    ValueProfile place = task.place();
    if (task.path().steps().isEmpty() && place.places().size() > 2) {
      table.comments.add(
          "columns are places of a tuple: fields: [first, second, ...] gives them names");
    }
    List<Task> found = new ArrayList<>();
    for (int i = 0; i < place.places().size(); i++) {
      ValuePath path = task.path().then(new ValuePath.Place(i));
      String prefix = task.path().steps().isEmpty() ? "item" : task.name();
      found.add(new Task(place.places().get(i), path, join(prefix, Integer.toString(i))));
    }
    pushAll(found);
  }

  private void json(Task task, String why) {
    String name = NameMaker.column(task.name().isEmpty() ? "value" : task.name(), table.names);
    add(new ColumnDraft(name, task.path(), ColumnType.of(ColumnType.Base.JSON), null, why));
  }

  /** Lists, sets and maps: rows of a table of their own, or a JSON document. */
  private void container(Task task) {
    ValueProfile place = task.place();
    boolean isMap = place.dicts() > place.sequences();
    ValueProfile members = ContainerProfiles.members(builder.profile(), place);
    if (members == null || members.count() == 0) {
      table.leaveOut(
          task.path(), place.sizes().max() == 0 ? "always empty" : "met elsewhere before");
      return;
    }
    if (members.isBeyond()) {
      table.leaveOut(task.path(), "too deep to follow");
      return;
    }
    if (place.again() * 2 > place.sizes().count()) {
      table.leaveOut(task.path(), "mostly containers that stand elsewhere too");
      return;
    }
    boolean isChild = table.source instanceof TableDraft.Each;
    boolean isDocument = isChild && !place.hasFrames() && place.sizes().mean() <= SMALL;
    if (isDocument && ContainerProfiles.isJson(place)) {
      json(task, "few members in each of many rows");
      return;
    }
    if (refersBack(task, members)) {
      return;
    }
    String singular = NameMaker.singular(task.name().isEmpty() ? "item" : task.name());
    ValueProfile keys = place.keys();
    ColumnDraft key = isMap ? key(keys) : null;
    TableDraft child =
        builder.each(table, childName(members, singular), task.path(), key, members.count());
    // Keys of several kinds, and those that have parts, are in columns as values are.
    new RowBuilder(builder, child)
        .ofMembers(members, key == null ? keys : null, isMap ? "value" : singular);
  }

  private String childName(ValueProfile members, String singular) {
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
  private boolean refersBack(Task task, ValueProfile members) {
    String back = task.place().backlink();
    if (back == null || members.classes().size() != 1) {
      return false;
    }
    ClassGroup group = builder.group(members.classes().firstKey());
    if (group == null || group.role() != ClassGroup.Role.TABLE) {
      return false;
    }
    table.leaveOut(
        task.path(), "the same as " + builder.tableOf(group).name + "." + NameMaker.snake(back));
    return true;
  }

  private @Nullable ColumnDraft key(@Nullable ValueProfile keys) {
    if (keys == null) {
      return null;
    }
    TypeChoice choice = TypeChooser.choose(keys);
    boolean areMixed = TypeChooser.chooseAll(keys).size() > 1;
    if (choice == null || areMixed || choice.fits() * 10 < keys.count() * 9) {
      return null;
    }
    String name =
        choice.type().base().isText()
            ? "name"
            : choice.type().base().isInteger() ? "number" : "item_key";
    ColumnDraft key = new ColumnDraft(name, ValuePath.SELF, choice.type(), null, choice.comment());
    boolean areNumbers =
        choice.type().base().isInteger()
            && keys.count(ValueKind.DURATION) == 0
            && keys.count(ValueKind.INT) == keys.count();
    boolean areUuids =
        choice.type().base() == ColumnType.Base.BINARY
            && keys.count(ValueKind.UUID) == keys.count();
    // Members of two enums may be one text.
    boolean areTexts =
        choice.type().isIndexable()
            && keys.count(ValueKind.TEXT) == keys.count()
            && keys.classes().isEmpty()
            && builder.profile().exactCollation() != null;
    key.unique = (areNumbers || areUuids || areTexts) && !builder.isSample();
    return key;
  }

  /** What older saves have as a text alone is the main text of what newer ones have. */
  private void mergeOrAdd(ColumnDraft alone) {
    for (String main : MAIN_TEXTS) {
      ValuePath path = alone.path.then(new ValuePath.Name(main));
      for (ColumnDraft column : table.columns) {
        boolean areTexts =
            alone.type.base().isText()
                && alone.options.only() == null
                && column.type.base().isText()
                && column.options.only() == null;
        if (areTexts && column.path.equals(path)) {
          column.aka.add(alone.path);
          column.type = ColumnPolicy.wider(column.type, alone.type);
          column.comment = "some saves have the text alone";
          return;
        }
      }
    }
    alone.comment = alone.comment.isEmpty() ? "where it is a value alone" : alone.comment;
    add(alone);
  }
}
