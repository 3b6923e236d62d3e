package io.picklift.schema.report;

/**
 * Something about a mapping that its owner should look at.
 *
 * @param topic what it is about; decisions of one topic stand together
 * @param where the table and column, or the place that has no column
 * @param text what the saves show there
 * @param line of the mapping, from 1
 */
record Decision(Topic topic, String where, String text, int line) {
  /** What decisions are about, in the order of the page. */
  enum Topic {
    UNFIT(
        "Values that their column cannot hold",
        "They stay in the residue. A wider type, or unfit: quarantine, are the other ways."),
    LEFT_OUT(
        "In no column",
        "These values are in the residue alone: kept byte for byte, and no query sees them."),
    KINDS(
        "Several kinds of values in one place",
        "Each kind has a column of its own; the kind column says which one holds the value."),
    ZONES(
        "Dates with a time zone",
        "The column holds the instant in UTC. offset: adds a column with the distance to UTC."),
    RENAMES(
        "Renamed attributes",
        "aka: names the older path. A comment with 'perhaps' is a proposal: write aka: if it is"
            + " right."),
    CLASSES(
        "Several classes in one table",
        "The class column, where there is one, says which class a row is of."),
    SIZES("Values near the end of their type", "The next larger value would not fit.");

    private final String title;
    private final String advice;

    Topic(String title, String advice) {
      this.title = title;
      this.advice = advice;
    }

    String title() {
      return title;
    }

    String advice() {
      return advice;
    }
  }
}
