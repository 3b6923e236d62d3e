package io.picklift.schema.mapping.first;

import io.picklift.schema.text.TextHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint that commit 537887c and those before it gave a mapping: the SHA-256 of what Java
 * printed of the records that the mapping was then. Ledgers of that time hold it. This class is
 * frozen: it reads the {@link WrittenMapping}, never the records of today, and gives nothing for a
 * mapping that has a line of a later time.
 */
public final class FirstFingerprint {
  private static final Pattern LINE = Pattern.compile("\\bline=\\d+");
  private static final Pattern TYPE =
      Pattern.compile(
          "BOOLEAN|(TINY|SMALL|MEDIUM|BIG)?INT("
              + " UNSIGNED)?|DOUBLE|DECIMAL\\(\\d+,\\d+\\)|VARCHAR\\(\\d+\\)"
              + "|(MEDIUM|LONG)?TEXT|DATETIME\\(6\\)|DATE|TIME\\(6\\)|BINARY\\(16\\)|VARBINARY\\(\\d+\\)"
              + "|(MEDIUM|LONG)?BLOB|JSON");
  private static final Set<String> ROLES =
      Set.of("owner", "position", "key", "class", "value", "reference", "computed");
  private static final Set<String> UNFIT = Set.of("residue", "quarantine");

  private FirstFingerprint() {}

  /** The fingerprint; null for a mapping that says something newer. */
  public static byte @Nullable [] of(String written) {
    try {
      return TextHash.sha256(print(Fact.read(written)));
    } catch (NewerException e) {
      return null;
    }
  }

  /** The mapping has a fact that 537887c did not know. */
  private static final class NewerException extends Exception {
    private static final long serialVersionUID = 1L;

    NewerException(String what) {
      super(what, null, false, false);
    }
  }

  private static String print(Fact mapping) throws NewerException {
    mapping.only("picklift-mapping", "collation", "ledger", "table");
    if (!"1".equals(mapping.value("picklift-mapping"))) {
      throw new NewerException("version");
    }
    StringBuilder text = new StringBuilder(String.valueOf(mapping.value("collation")));
    text.append('\n').append(mapping.value("ledger"));
    for (Fact table : mapping.all("table")) {
      table.only("source", "index", "column");
      text.append('\n').append(table.value).append(' ');
      text.append(source(table.all("source").get(0))).append(indexes(table.all("index")));
      for (Fact column : table.all("column")) {
        text.append('\n').append(LINE.matcher(column(column)).replaceAll(""));
      }
    }
    return text.toString();
  }

  private static String source(Fact source) throws NewerException {
    switch (source.value) {
      case "class" -> {
        source.only("name", "class_column");
        return "OfClass[classes="
            + source.values("name")
            + ", classColumn="
            + source.value("class_column")
            + "]";
      }
      case "each" -> {
        source.only("owner_table", "path", "owner", "position", "key", "key_type");
        String key = source.value("key");
        String keyColumn =
            key == null
                ? "null"
                : "KeyColumn[name=" + key + ", type=" + type(source.value("key_type")) + "]";
        return "Each[ownerTable="
            + source.value("owner_table")
            + ", path="
            + source.value("path")
            + ", ownerColumn="
            + source.value("owner")
            + ", positionColumn="
            + source.value("position")
            + ", key="
            + keyColumn
            + "]";
      }
      case "root" -> {
        source.only();
        return "Root[]";
      }
      default -> throw new NewerException(source.value);
    }
  }

  private static String indexes(List<Fact> indexes) throws NewerException {
    List<String> texts = new ArrayList<>();
    for (Fact index : indexes) {
      index.only("on", "unique");
      texts.add(
          "IndexMapping[name="
              + index.value
              + ", columns="
              + index.values("on")
              + ", unique="
              + index.has("unique")
              + "]");
    }
    return texts.toString();
  }

  private static String column(Fact column) throws NewerException {
    column.only("role", "type", "unfit", "references", "path", "aka", "default", "index", "unique");
    String unfit = known(column.value("unfit"), UNFIT);
    String type = type(column.value("type"));
    String path = column.value("path");
    if (path != null && "class".equals(column.value("role"))) {
      throw new NewerException("a class by its path");
    }
    String mapping =
        path == null
            ? "null"
            : "ColumnMapping[name="
                + column.value
                + ", type="
                + type
                + ", references="
                + column.value("references")
                + ", path="
                + path
                + ", aka="
                + column.values("aka")
                + ", defaultValue="
                + defaultValue(column.value("default"))
                + ", index="
                + column.has("index")
                + ", unique="
                + column.has("unique")
                + ", unfit="
                + unfit
                + ", line=0]";
    return "StoredColumn[name="
        + column.value
        + ", type="
        + type
        + ", role="
        + known(column.value("role"), ROLES)
        + ", unfit="
        + unfit
        + ", mapping="
        + mapping
        + "]";
  }

  private static @Nullable String defaultValue(@Nullable String value) {
    return value == null ? null : value.substring(value.indexOf(' ') + 1);
  }

  private static String known(@Nullable String word, Set<String> words) throws NewerException {
    if (word == null || !words.contains(word)) {
      throw new NewerException(String.valueOf(word));
    }
    return word.toUpperCase(Locale.ROOT);
  }

  private static String type(@Nullable String type) throws NewerException {
    if (type == null || !TYPE.matcher(type).matches()) {
      throw new NewerException(String.valueOf(type));
    }
    return type;
  }

  /** A line of the written form with the lines that belong to it. */
  private record Fact(String keyword, String value, List<Fact> facts) {
    static Fact read(String written) {
      List<Fact> open = new ArrayList<>();
      open.add(new Fact("", "", new ArrayList<>()));
      for (String line : written.lines().toList()) {
        int depth = 0;
        while (line.startsWith("  ", 2 * depth)) {
          depth++;
        }
        int start = 2 * depth;
        int blank = line.indexOf(' ', start);
        String keyword = line.substring(start, blank < 0 ? line.length() : blank);
        String value = blank < 0 ? "" : unescaped(line.substring(blank + 1));
        Fact fact = new Fact(keyword, value, new ArrayList<>());
        open.subList(depth + 1, open.size()).clear();
        open.get(depth).facts.add(fact);
        open.add(fact);
      }
      return open.get(0);
    }

    private static String unescaped(String value) {
      StringBuilder plain = new StringBuilder();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\\' && i + 1 < value.length()) {
          i++;
          c =
              switch (value.charAt(i)) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                default -> value.charAt(i);
              };
        }
        plain.append(c);
      }
      return plain.toString();
    }

    void only(String... keywords) throws NewerException {
      Set<String> known = Set.of(keywords);
      for (Fact fact : facts) {
        if (!known.contains(fact.keyword)) {
          throw new NewerException(fact.keyword);
        }
      }
    }

    List<Fact> all(String keyword) {
      return facts.stream().filter(fact -> fact.keyword.equals(keyword)).toList();
    }

    List<String> values(String keyword) {
      return all(keyword).stream().map(Fact::value).toList();
    }

    @Nullable String value(String keyword) {
      List<Fact> found = all(keyword);
      return found.isEmpty() ? null : found.get(0).value;
    }

    boolean has(String keyword) {
      return !all(keyword).isEmpty();
    }
  }
}
