package io.picklift.schema.renames;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values as applications have them, and pickles of objects that have these. */
final class SimulatedValues {
  private static final List<String> FIRST =
      List.of(
          "Anna", "Ben", "Carla", "David", "Elif", "Frank", "Greta", "Hugo", "Ines", "Jonas",
          "Kira", "Lars", "Mona", "Nils", "Olga", "Paul", "Rosa", "Sven", "Tara", "Uwe", "Vera",
          "Yusuf");
  private static final List<String> LAST =
      List.of(
          "Becker",
          "Costa",
          "Dubois",
          "Eriksen",
          "Fischer",
          "Garcia",
          "Hansen",
          "Ivanov",
          "Jensen",
          "Kowalski",
          "Lindqvist",
          "Moreau",
          "Novak",
          "Okafor",
          "Petrov",
          "Rossi",
          "Schmidt");
  private static final List<String> CITIES =
      List.of(
          "Aachen",
          "Bergen",
          "Cork",
          "Dresden",
          "Evora",
          "Florence",
          "Ghent",
          "Hull",
          "Izmir",
          "Jena",
          "Kyoto",
          "Lyon",
          "Malmo",
          "Nantes",
          "Oslo",
          "Porto",
          "Riga",
          "Seville",
          "Turku");
  private static final List<String> WORDS =
      List.of(
          "the",
          "old",
          "house",
          "river",
          "was",
          "never",
          "open",
          "again",
          "after",
          "storm",
          "people",
          "said",
          "that",
          "light",
          "came",
          "back",
          "from",
          "north",
          "with",
          "small",
          "boats",
          "and",
          "bread",
          "for",
          "everyone",
          "order",
          "arrived",
          "late",
          "please",
          "check",
          "invoice");

  private final Random random;

  SimulatedValues(Random random) {
    this.random = random;
  }

  /** A date or date and time, by the bytes that it is pickled with. */
  private record Moment(String of, byte[] bytes) {}

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A value of a sort: the third part of a line of attributes.tsv; null for None. */
  @Nullable Object value(String sort) {
    boolean isOptional = sort.endsWith("?");
    if (isOptional && random.nextInt(3) == 0) {
      return null;
    }
    String[] of = (isOptional ? sort.substring(0, sort.length() - 1) : sort).split(" ", 2);
    String rest = of.length > 1 ? of[1] : "";
    return switch (of[0]) {
      case "int" -> (long) (low(rest) + Math.floor(random.nextDouble() * (high(rest) - low(rest))));
      case "float" ->
          Math.round((low(rest) + random.nextDouble() * (high(rest) - low(rest))) * 100) / 100.0
              + 0.001;
      case "bool" -> random.nextBoolean();
      case "choice" -> one(random, List.of(rest.split("\\|", -1)));
      case "first" -> one(random, FIRST);
      case "last" -> one(random, LAST);
      case "city" -> one(random, CITIES);
      case "email" ->
          one(random, FIRST).toLowerCase(Locale.ROOT)
              + random.nextInt(90)
              + "@"
              + one(random, WORDS)
              + ".org";
      case "phone" -> "+49 " + (100 + random.nextInt(900)) + " " + (10000 + random.nextInt(90000));
      case "street" -> one(random, LAST) + " street " + (1 + random.nextInt(150));
      case "zip" -> String.valueOf(10000 + random.nextInt(89999));
      case "hash" -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
      case "code" -> (char) ('A' + random.nextInt(26)) + "-" + (1000 + random.nextInt(9000));
      case "isbn" -> "978" + (1_000_000_000L + random.nextInt(900_000_000));
      case "slug" -> words(2, 4).replace(' ', '-');
      case "url" -> "https://www." + one(random, WORDS) + ".org/" + one(random, WORDS);
      case "host" -> "srv" + random.nextInt(12) + ".example.org";
      case "words" -> words((int) low(rest), (int) high(rest));
      case "datetime" -> new Moment("datetime", moment(10));
      case "date" -> new Moment("date", moment(4));
      case "list" -> list(rest);
      default -> throw new IllegalArgumentException(sort);
    };
  }

  private static double low(String range) {
    return Double.parseDouble(range.substring(0, range.indexOf(' ')));
  }

  private static double high(String range) {
    return Double.parseDouble(range.substring(range.indexOf(' ') + 1));
  }

  private String words(int least, int most) {
    StringBuilder text = new StringBuilder();
    int count = least + random.nextInt(most - least + 1);
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(one(random, WORDS));
    }
    return text.toString();
  }

  private byte[] moment(int length) {
    byte[] all = {
      0x07,
      (byte) (0xd0 + random.nextInt(24)),
      (byte) (1 + random.nextInt(12)),
      (byte) (1 + random.nextInt(28)),
      (byte) random.nextInt(24),
      (byte) random.nextInt(60),
      (byte) random.nextInt(60),
      0,
      0,
      0
    };
    return java.util.Arrays.copyOf(all, length);
  }

  private List<?> list(String of) {
    String sort = of.startsWith("words") ? "words 2 6" : of.replaceAll(" \\d+ \\d+$", "");
    int most = Integer.parseInt(of.substring(of.lastIndexOf(' ') + 1));
    return java.util.stream.IntStream.range(0, random.nextInt(most + 1))
        .mapToObj(i -> value(sort))
        .toList();
  }

  /** Pickles. */
  static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
      out.write(0x80);
      out.write(4);
    }

    Pickle object(
        String module, String name, List<String> names, List<? extends @Nullable Object> values) {
      text(module).text(name);
      out.write(0x93);
      out.write(')');
      out.write(0x81);
      out.write('}');
      out.write('(');
      for (int i = 0; i < names.size(); i++) {
        text(names.get(i)).value(values.get(i));
      }
      out.write('u');
      out.write('b');
      return this;
    }

    Pickle start() {
      out.write(']');
      out.write('(');
      return this;
    }

    Pickle end() {
      out.write('e');
      return this;
    }

    byte[] bytes() {
      out.write('.');
      return out.toByteArray();
    }

    private Pickle text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.write('X');
      number(utf8.length, 4);
      out.writeBytes(utf8);
      return this;
    }

    private void number(long value, int bytes) {
      for (int i = 0; i < bytes; i++) {
        out.write((int) (value >> (8 * i)));
      }
    }

    private void value(@Nullable Object value) {
      if (value == null) {
        out.write('N');
      } else if (value instanceof Boolean bool) {
        out.write(bool ? 0x88 : 0x89);
      } else if (value instanceof Long number) {
        out.write('J');
        number(number, 4);
      } else if (value instanceof Double real) {
        out.write('G');
        long bits = Long.reverseBytes(Double.doubleToRawLongBits(real));
        number(bits, 8);
      } else if (value instanceof Moment moment) {
        text("datetime").text(moment.of());
        out.write(0x93);
        out.write('C');
        out.write(moment.bytes().length);
        out.writeBytes(moment.bytes());
        out.write(0x85);
        out.write('R');
      } else if (value instanceof List<?> list) {
        start();
        list.forEach(this::value);
        end();
      } else {
        text(value.toString());
      }
    }
  }
}
