package io.picklift.app.evolve;

import java.util.Locale;

/** A plan for people. */
public final class PlanText {
  private final StringBuilder text = new StringBuilder();

  private PlanText() {}

  public static String of(Plan plan) {
    PlanText to = new PlanText();
    to.write(plan);
    return to.text.toString();
  }

  private void write(Plan plan) {
    if (plan.former().equals(plan.next())) {
      line("%,10d  changes: the target has this mapping", 0);
      return;
    }
    line("%,10d  changes", plan.changes().size());
    for (Plan.Change change : plan.changes()) {
      String column = change.column();
      String place = column == null ? change.table() : change.table() + "." + column;
      String message = change.message().isEmpty() ? "" : ": " + change.message();
      Long misfits = change.misfits();
      String more =
          misfits == null ? "" : String.format(Locale.ROOT, "; %,d values will not fit", misfits);
      line("%-16s  %s%s%s", change.kind(), place, message, more);
    }
    if (!plan.statements().isEmpty()) {
      line("As SQL, the values apart:");
      plan.statements().forEach(statement -> line("  %s", statement));
    }
    line("Tables:");
    for (Plan.Table table : plan.tables()) {
      line(
          "  %-9s  %s: %s%,d rows",
          table.how(), table.name(), table.isEstimate() ? "about " : "", table.rows());
    }
    String about = plan.isEstimate() ? "about " : "";
    line("%,10d  saves to convert, without their source", plan.saves());
    line("%10s  rows to write", about + String.format(Locale.ROOT, "%,d", plan.rows()));
    line("%10s  the whole may take", "about " + duration(plan.seconds()));
    plan.problems().forEach(problem -> line("look: %s", problem));
  }

  private static String duration(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  private void line(String format, Object... of) {
    text.append(String.format(Locale.ROOT, format, of)).append('\n');
  }
}
