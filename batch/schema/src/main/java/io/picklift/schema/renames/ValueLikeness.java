package io.picklift.schema.renames;

import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.profile.scalar.SizeRange;
import java.util.HashSet;
import java.util.Set;

/**
 * How much the values of two places speak for being one attribute's: natural logarithms of how much
 * more often such values are met where it is so.
 */
final class ValueLikeness {
  /** The share that the kinds of values have of any attributes. */
  private static final double COMMON_KIND = 0.33;

  private static final double SELDOM_KIND = 0.12;
  private static final double RARE_KIND = 0.05;
  private static final double UNLIKE = -4;

  /** Of so many different values, two attributes have few in common by chance. */
  private static final int SOME_VALUES = 3;

  private final ValueProfile one;
  private final ValueProfile other;

  ValueLikeness(ValueProfile one, ValueProfile other) {
    this.one = one;
    this.other = other;
  }

  double weight() {
    ValueKind kind = mainKind(one);
    if (kind != mainKind(other) || kind == ValueKind.NONE) {
      return areNumbers() ? -1.5 + numbers() : UNLIKE;
    }
    double share =
        switch (kind) {
          case TEXT, INT -> COMMON_KIND;
          case BOOL, FLOAT, LIST -> SELDOM_KIND;
          default -> RARE_KIND;
        };
    return -Math.log(share) + nones() + of(kind);
  }

  /** Which share of the values is met in both places; 0 where too few could be. */
  double overlap() {
    ScalarProfile left = one.scalars();
    ScalarProfile right = other.scalars();
    if (left == null
        || right == null
        || Math.min(left.distinct(), right.distinct()) < SOME_VALUES) {
      return 0;
    }
    return left.overlap(right);
  }

  private static ValueKind mainKind(ValueProfile place) {
    ValueKind main = ValueKind.NONE;
    long most = 0;
    for (ValueKind kind : ValueKind.values()) {
      if (kind != ValueKind.NONE && place.count(kind) > most) {
        most = place.count(kind);
        main = kind;
      }
    }
    return main;
  }

  private boolean areNumbers() {
    Set<ValueKind> numbers = Set.of(ValueKind.INT, ValueKind.FLOAT, ValueKind.DECIMAL);
    return numbers.contains(mainKind(one)) && numbers.contains(mainKind(other));
  }

  private double nones() {
    double left = (double) one.count(ValueKind.NONE) / Math.max(1, one.count());
    double right = (double) other.count(ValueKind.NONE) / Math.max(1, other.count());
    double difference = Math.abs(left - right);
    return difference > 0.4 ? -1 : difference < 0.1 && left > 0 ? 0.7 : 0;
  }

  private double of(ValueKind kind) {
    return switch (kind) {
      case TEXT -> texts();
      case INT, FLOAT, DECIMAL -> numbers();
      case OBJECT -> classes();
      case LIST, TUPLE, SET, DEQUE, DICT -> containers();
      default -> 0;
    };
  }

  private double texts() {
    ScalarProfile left = one.scalars();
    ScalarProfile right = other.scalars();
    if (left == null || right == null) {
      return 0;
    }
    double overlap = overlap();
    double lengths = ratio(left.characters().mean(), right.characters().mean());
    double alike = lengths >= 0.8 ? 0.6 : lengths >= 0.6 ? 0.1 : lengths < 0.4 ? -2 : -0.7;
    Set<String> shapes = new HashSet<>(left.shapes());
    shapes.retainAll(right.shapes());
    alike += shapes.isEmpty() ? -0.7 : 0.4;
    boolean areFew = isRepeated(one, left) && isRepeated(other, right);
    if (areFew && Math.min(left.distinct(), right.distinct()) >= SOME_VALUES) {
      return overlap >= 0.5 ? 2.5 : overlap >= 0.2 ? 1 : overlap > 0 ? -0.5 : -2.5;
    }
    return alike + (overlap >= 0.2 ? 2 : 0);
  }

  /** Whether values come again: those of a choice, not free text. */
  private static boolean isRepeated(ValueProfile place, ScalarProfile scalars) {
    return scalars.distinct() * 3 <= place.count();
  }

  private double numbers() {
    ScalarProfile left = one.scalars();
    ScalarProfile right = other.scalars();
    if (left == null || right == null) {
      return 0;
    }
    double[] a = range(left);
    double[] b = range(right);
    double all = Math.max(a[1], b[1]) - Math.min(a[0], b[0]);
    double common = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
    if (all <= 0) {
      return 0.5;
    }
    double share = common / all;
    return share >= 0.7 ? 1.2 : share >= 0.4 ? 0.4 : share >= 0.15 ? -0.8 : -2.2;
  }

  private static double[] range(ScalarProfile of) {
    double min = of.hasInts() ? of.intMin().doubleValue() : Double.POSITIVE_INFINITY;
    double max = of.hasInts() ? of.intMax().doubleValue() : Double.NEGATIVE_INFINITY;
    if (of.hasFloats()) {
      min = Math.min(min, of.floatMin());
      max = Math.max(max, of.floatMax());
    }
    if (of.decimalMin() != null && of.decimalMax() != null) {
      min = Math.min(min, of.decimalMin().doubleValue());
      max = Math.max(max, of.decimalMax().doubleValue());
    }
    return new double[] {min, max};
  }

  private double classes() {
    Set<String> both = new HashSet<>(one.classes().keySet());
    both.retainAll(other.classes().keySet());
    return both.isEmpty() ? UNLIKE : 1;
  }

  private double containers() {
    SizeRange left = one.sizes();
    SizeRange right = other.sizes();
    double alike = ratio(left.mean(), right.mean()) >= 0.6 ? 0.5 : -0.8;
    Set<String> names = new HashSet<>(one.members().keySet());
    names.retainAll(other.members().keySet());
    int most = Math.max(one.members().size(), other.members().size());
    if (most > 0) {
      return alike + (names.size() * 2 >= most ? 2 : -2);
    }
    ValueProfile items = one.items();
    ValueProfile others = other.items();
    if (items != null && others != null && items.count() > 0 && others.count() > 0) {
      double members = new ValueLikeness(items, others).weight();
      return alike + Math.max(-2.5, Math.min(2, members / 2));
    }
    return alike;
  }

  private static double ratio(double one, double other) {
    double most = Math.max(one, other);
    return most == 0 ? 1 : Math.min(one, other) / most;
  }
}
