package io.picklift.codec.diff;

import io.picklift.codec.meaning.WellKnown;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a difference shows a value that has a text of its own, such as a date. */
final class KnownText {
  private KnownText() {}

  /** Type and value; null for a container. */
  static @Nullable String of(@Nullable WellKnown value) {
    if (value instanceof WellKnown.DateTime time) {
      return "datetime " + time.text() + suffix(time.fold(), time.tzNode());
    } else if (value instanceof WellKnown.Time time) {
      return "time " + time.text() + suffix(time.fold(), time.tzNode());
    } else if (value instanceof WellKnown.Date date) {
      return "date " + date.text();
    } else if (value instanceof WellKnown.TimeDelta delta) {
      return String.format(
          Locale.ROOT,
          "timedelta %d days, %d.%06d s",
          delta.days(),
          delta.seconds(),
          delta.microseconds());
    } else if (value instanceof WellKnown.Decimal decimal) {
      return "Decimal " + decimal.text();
    } else if (value instanceof WellKnown.Uuid uuid) {
      return "UUID " + uuid.text();
    } else if (value instanceof WellKnown.Complex complex) {
      return "complex " + complex.real() + ", " + complex.imaginary();
    }
    return null;
  }

  private static String suffix(int fold, int zone) {
    return (fold == 1 ? ", fold 1" : "") + (zone >= 0 ? " in a zone" : "");
  }
}
