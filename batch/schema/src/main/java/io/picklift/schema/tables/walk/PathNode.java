package io.picklift.schema.tables.walk;

import java.util.Arrays;

/**
 * Where the paths of one table lead from a value: which columns end here, whose members are rows of
 * which tables, and what the next steps are.
 */
public final class PathNode {
  private static final int[] NONE = {};

  /** Columns that end here, as pairs of the column's number and the priority of the path. */
  public int[] columns = NONE;

  /** Tables of which the members of the value here are rows. */
  public int[] tables = NONE;

  /** The next step by the number of its name; null where no path goes on so. */
  private PathNode[] byName = {};

  private int names;
  private int[] places = NONE;
  private PathNode[] byPlace = {};

  public boolean hasNames() {
    return names > 0;
  }

  public boolean isEnd() {
    return names == 0 && places.length == 0;
  }

  /** The next node, or null. */
  @org.jspecify.annotations.Nullable
  PathNode name(int name) {
    return name < byName.length ? byName[name] : null;
  }

  /** Whether paths go on from here by places alone, and none ends here. */
  boolean leadsToPlacesAlone() {
    return places.length > 0 && names == 0 && columns.length == 0 && tables.length == 0;
  }

  public int placeCount() {
    return places.length;
  }

  public int place(int index) {
    return places[index];
  }

  public PathNode placeNode(int index) {
    return byPlace[index];
  }

  PathNode makeName(int name) {
    if (name >= byName.length) {
      byName = Arrays.copyOf(byName, name + 1);
    }
    if (byName[name] == null) {
      byName[name] = new PathNode();
      names++;
    }
    return byName[name];
  }

  PathNode makePlace(int place) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] == place) {
        return byPlace[i];
      }
    }
    places = Arrays.copyOf(places, places.length + 1);
    byPlace = Arrays.copyOf(byPlace, places.length);
    places[places.length - 1] = place;
    byPlace[places.length - 1] = new PathNode();
    return byPlace[places.length - 1];
  }

  void addColumn(int column, int priority) {
    columns = Arrays.copyOf(columns, columns.length + 2);
    columns[columns.length - 2] = column;
    columns[columns.length - 1] = priority;
  }

  void addTable(int table) {
    tables = Arrays.copyOf(tables, tables.length + 1);
    tables[tables.length - 1] = table;
  }
}
