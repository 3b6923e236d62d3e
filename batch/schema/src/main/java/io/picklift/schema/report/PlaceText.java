package io.picklift.schema.report;

import io.picklift.schema.profile.ReferenceCount;
import io.picklift.schema.profile.ValueKind;
import io.picklift.schema.profile.ValueProfile;
import io.picklift.schema.profile.ValueWalk;
import io.picklift.schema.profile.scalar.ScalarProfile;
import io.picklift.schema.text.Figures;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a place's values are, in a few words each. */
final class PlaceText {
  private PlaceText() {}

  /** The types of the values, the most frequent first, each with its share where there are more. */
  static String types(ValueProfile value) {
    Map<Long, List<String>> byCount = new TreeMap<>(Comparator.reverseOrder());
    long all = value.count() - value.count(ValueKind.NONE);
    for (ValueKind kind : ValueKind.values()) {
      if (kind != ValueKind.NONE && value.count(kind) > 0) {
        byCount
            .computeIfAbsent(value.count(kind), n -> new ArrayList<>())
            .add(kind.name().toLowerCase(Locale.ROOT));
      }
    }
    List<String> texts = new ArrayList<>();
    byCount.forEach(
        (count, kinds) ->
            kinds.forEach(
                kind ->
                    texts.add(
                        count == all ? kind : kind + " " + Figures.percent(count / (double) all))));
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  /** Smallest and largest values, lengths and sizes, a line each. */
  static List<String> ranges(ValueProfile value) {
    List<String> texts = new ArrayList<>();
    ScalarProfile scalars = value.scalars();
    if (scalars != null) {
      numbers(scalars, texts);
      lengths(scalars, texts);
      if (scalars.specials() > 0) {
        texts.add(scalars.specials() + " nan, infinite or -0.0");
      }
      long instants = value.count(ValueKind.INSTANT);
      if (instants > 0) {
        texts.add(zones(instants, scalars.unfitInstants()));
      }
    }
    if (!value.sizes().isEmpty()) {
      texts.add(value.sizes().min() + " to " + value.sizes().max() + " members");
    }
    texts.add(Figures.bytes(ValueWalk.bytes(value)));
    return texts;
  }

  private static void numbers(ScalarProfile scalars, List<String> texts) {
    if (scalars.hasInts()) {
      texts.add(scalars.intMin() + " to " + scalars.intMax());
    }
    if (scalars.bigInts() > 0) {
      texts.add("up to " + scalars.bigMost().bitLength() + " bits");
    }
    if (scalars.hasFloats()) {
      texts.add(String.format(Locale.ROOT, "%.4g to %.4g", scalars.floatMin(), scalars.floatMax()));
    }
    BigDecimal least = scalars.decimalMin();
    BigDecimal most = scalars.decimalMax();
    if (least != null && most != null) {
      texts.add(least.toPlainString() + " to " + most.toPlainString());
    }
    if (!scalars.scales().isEmpty()) {
      texts.add(
          scalars.scales().keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
              + " decimal places");
    }
  }

  private static void lengths(ScalarProfile scalars, List<String> texts) {
    if (!scalars.characters().isEmpty()) {
      texts.add(scalars.characters().min() + " to " + scalars.characters().max() + " characters");
    }
    if (!scalars.byteLengths().isEmpty()) {
      texts.add(scalars.byteLengths().min() + " to " + scalars.byteLengths().max() + " bytes");
    }
    if (!scalars.times().isEmpty()) {
      texts.add(scalars.times().min() + " to " + scalars.times().max());
    }
  }

  private static String zones(long count, long unfit) {
    String text = count + (count == 1 ? " has a zone" : " have zones");
    return unfit == 0 ? text : text + ", of which " + unfit + " cannot be known here";
  }

  /** The classes that values refer to, a line each: as value, owned, or shared. */
  static List<String> references(ValueProfile value) {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, ReferenceCount> entry : value.classes().entrySet()) {
      ReferenceCount referred = entry.getValue();
      String simple = entry.getKey().substring(entry.getKey().lastIndexOf('.') + 1);
      String how =
          referred.wrapped() == referred.count()
              ? "as value"
              : referred.owned() == referred.count() ? "owned" : "shared";
      texts.add(simple + ", " + how);
    }
    return texts;
  }
}
