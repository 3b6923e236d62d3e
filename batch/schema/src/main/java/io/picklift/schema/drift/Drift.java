package io.picklift.schema.drift;

import io.picklift.schema.draft.types.TypeFit;
import io.picklift.schema.drift.DriftReport.Finding;
import io.picklift.schema.drift.DriftReport.Kind;
import io.picklift.schema.mapping.ColumnMapping;
import io.picklift.schema.mapping.ColumnType;
import io.picklift.schema.mapping.Contract;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.OnNew;
import io.picklift.schema.mapping.ScalarKind;
import io.picklift.schema.mapping.StoredColumn;
import io.picklift.schema.profile.ClassProfile;
import io.picklift.schema.profile.Profile;
import io.picklift.schema.profile.ProfilePlaces;
import io.picklift.schema.profile.SaveFacts;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is new, gone or of another type since a mapping was made. Where the {@code profile.json} of
 * that time is there, all that it knows is old, mapped or not; else what the mapping names is.
 */
public final class Drift {
  private final Profile profile;
  private final MappedPlaces coverage;
  private final @Nullable EarlierProfile baseline;
  private final ProfilePlaces places;
  private final Contract contract;
  private final List<Finding> findings = new ArrayList<>();

  /** What some column of a place holds: of several columns, each is for other kinds of values. */
  private final IdentityHashMap<ValueProfile, Set<ValueKind>> held = new IdentityHashMap<>();

  private Drift(Profile profile, Mapping mapping, @Nullable EarlierProfile baseline) {
    this.profile = profile;
    this.baseline = baseline;
    contract = mapping.contract();
    coverage = new MappedPlaces(profile, mapping);
    places = new ProfilePlaces(profile);
  }

  /**
   * Compares.
   *
   * @param json the {@code profile.json} of the mapping's time; empty where there is none
   * @throws IllegalArgumentException with a message for people, where it is damaged
   */
  public static DriftReport compare(Profile profile, Mapping mapping, String json) {
    Drift drift = new Drift(profile, mapping, json.isBlank() ? null : EarlierProfile.parse(json));
    drift.run();
    Set<String> grown =
        drift.findings.stream()
            .filter(finding -> finding.kind() == Kind.SIZE)
            .map(Finding::path)
            .collect(Collectors.toSet());
    List<String> additions =
        drift.findings.stream().allMatch(finding -> finding.kind() == Kind.GONE)
            ? List.of()
            : MappingAdditions.of(profile, mapping, grown);
    return new DriftReport(drift.findings, drift.places.all().size(), additions);
  }

  private void run() {
    for (ClassProfile of : profile.classes().values()) {
      boolean isKnown =
          contract.classes().contains(of.name())
              || (baseline == null ? isPartOf(of.name()) : baseline.hasClass(of.name()));
      if (!isKnown) {
        add(
            Kind.NEW,
            of.name(),
            "a class of " + of.objects() + " objects" + since(of.seen().first()));
      }
    }
    String above = "";
    for (Map.Entry<String, ValueProfile> entry : places.all().entrySet()) {
      String path = entry.getKey();
      if (!above.isEmpty() && isBelow(path, above)) {
        continue;
      }
      above = place(path, entry.getValue()) ? "" : path;
    }
    columns();
    if (baseline != null) {
      gone(baseline);
    }
  }

  /** Whether the mapping names the class, or nothing of it: what only stays in the residue. */
  private boolean isPartOf(String className) {
    return contract.all() == OnNew.RESIDUE
        ? coverage.hasClass(className)
        : coverage.hasTable(className);
  }

  private static boolean isBelow(String path, String above) {
    return path.length() > above.length()
        && path.startsWith(above)
        && ".[{".indexOf(path.charAt(above.length())) >= 0;
  }

  /** Looks at a place; gives false where nothing below it is to be looked at. */
  private boolean place(String path, ValueProfile value) {
    if (value.count() == 0) {
      return true;
    }
    EarlierProfile before = baseline;
    if (before == null) {
      if (!path.equals(ProfilePlaces.ROOT) && !coverage.isCovered(value)) {
        String owner = ownerClass(path);
        if (owner == null || coverage.hasClass(owner)) {
          add(Kind.NEW, path, what(value));
        }
        return false;
      }
      return true;
    }
    ProfilePlaces.Known known = before.place(path);
    if (known == null) {
      String owner = ownerClass(path);
      if (owner == null || before.hasClass(owner)) {
        add(Kind.NEW, path, what(value));
      }
      return false;
    }
    for (String type : ProfilePlaces.known(value).types()) {
      if (!known.types().contains(type)) {
        add(Kind.TYPE, path, "now has " + type + ", had " + String.join(", ", known.types()));
      }
    }
    return true;
  }

  private @Nullable String ownerClass(String path) {
    String best = null;
    for (String name : profile.classes().keySet()) {
      if (isBelow(path, name) && (best == null || name.length() > best.length())) {
        best = name;
      }
    }
    return best;
  }

  private static String what(ValueProfile value) {
    List<String> types = new ArrayList<>(ProfilePlaces.known(value).types());
    String kinds = types.isEmpty() ? "None" : String.join(", ", types);
    return kinds + ", " + value.count() + " times" + since(value.seen().first());
  }

  private static String since(@Nullable SaveFacts first) {
    if (first == null) {
      return "";
    }
    String mark = first.watermark();
    return ", first in "
        + (mark == null ? "save " + first.key() : "save " + first.key() + " of " + mark);
  }

  private void columns() {
    coverage.columns().forEach(this::noteHeld);
    coverage
        .columns()
        .forEach(
            (column, found) -> {
              String name = coverage.table(column).name() + "." + column.name();
              if (found.isEmpty()) {
                if (baseline == null) {
                  add(Kind.GONE, name, missing(column));
                }
              } else if (column.role() == StoredColumn.Role.VALUE) {
                types(name, column.type(), found);
                sizes(name, column.type(), found);
                unique(name, column, found);
              }
            });
  }

  private void noteHeld(StoredColumn column, List<ValueProfile> found) {
    ColumnMapping from = column.mapping();
    boolean isSpecial = from != null && from.options().only() == ScalarKind.SPECIAL;
    if (isSpecial || column.role() != StoredColumn.Role.VALUE) {
      return;
    }
    for (ValueKind kind : ValueKind.values()) {
      if (TypeFit.holds(column.type(), kind)) {
        for (ValueProfile place : found) {
          held.computeIfAbsent(place, p -> EnumSet.noneOf(ValueKind.class)).add(kind);
        }
      }
    }
  }

  private String missing(StoredColumn column) {
    ColumnMapping from = column.mapping();
    return "no save has a value for the column"
        + (from == null ? "" : " of line " + from.line())
        + coverage.hint(column);
  }

  /** Without a profile of before, values that the column can never hold are what changed. */
  private void types(String name, ColumnType type, List<ValueProfile> found) {
    if (baseline != null) {
      return;
    }
    for (ValueKind kind : ValueKind.values()) {
      long count =
          found.stream()
              .filter(place -> !held.getOrDefault(place, Set.of()).contains(kind))
              .mapToLong(place -> place.count(kind))
              .sum();
      if (kind.isScalar() && count > 0) {
        add(
            Kind.TYPE,
            name,
            count
                + " values are "
                + kind.name().toLowerCase(Locale.ROOT)
                + ", which no "
                + type
                + " holds");
      }
    }
  }

  /** Such a save is one that the target refuses. */
  private void unique(String name, StoredColumn column, List<ValueProfile> found) {
    ColumnMapping from = column.mapping();
    if (from != null && from.unique() && found.stream().anyMatch(ValueProfile::hasDuplicates)) {
      add(
          Kind.TYPE,
          name,
          "a save has one value twice, and the column of line " + from.line() + " is unique");
    }
  }

  private void sizes(String name, ColumnType type, List<ValueProfile> found) {
    for (ValueProfile place : found) {
      ProfilePlaces.Known now = ProfilePlaces.known(place);
      ProfilePlaces.Known before = before(place);
      if (type.base() == ColumnType.Base.VARCHAR
          && now.characters() > type.size()
          && (before == null || before.characters() <= type.size())) {
        add(
            Kind.SIZE,
            name,
            "texts of up to " + now.characters() + " characters, more than " + type);
      }
      if (type.base().isInteger()
          && !TypeFit.inRange(type, now.min(), now.max())
          && (before == null || TypeFit.inRange(type, before.min(), before.max()))) {
        add(
            Kind.SIZE,
            name,
            "numbers from " + now.min() + " to " + now.max() + ", more than " + type);
      }
    }
  }

  private ProfilePlaces.@Nullable Known before(ValueProfile place) {
    EarlierProfile known = baseline;
    if (known == null) {
      return null;
    }
    for (Map.Entry<String, ValueProfile> entry : places.all().entrySet()) {
      if (entry.getValue().equals(place)) {
        return known.place(entry.getKey());
      }
    }
    return null;
  }

  private void gone(EarlierProfile before) {
    String above = "";
    for (String path : before.paths()) {
      if (!above.isEmpty() && isBelow(path, above)) {
        continue;
      }
      if (!places.all().containsKey(path)) {
        add(Kind.GONE, path, "no save has it any more");
        above = path;
      }
    }
  }

  private void add(Kind kind, String path, String message) {
    boolean isAsked = (kind == Kind.NEW || kind == Kind.TYPE) && contract.all() != OnNew.RESIDUE;
    String then = isAsked ? "; on_new: " + contract.all().label() : "";
    findings.add(new Finding(kind, path, message + then));
  }
}
