package io.picklift.schema.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.Difference;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.schema.mapping.Mapping;
import io.picklift.schema.mapping.TableMapping;
import io.picklift.schema.tables.document.JsonReader;
import io.picklift.schema.tables.split.SaveSplitter;
import io.picklift.schema.tables.split.SplitException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random save, random edits of its rows, and the pickle that Python's own pickler wrote of the
 * same edits. {@code edits.py} makes them.
 *
 * @param name with the Python and the seed
 * @param edited what Python made
 */
public record RandomEdits(String name, byte[] pickle, byte[] edited, List<Edit> edits) {
  /** The tables that the edits are of. */
  public static final String MAPPING =
      """
      version: 1
      tables:
        save:
          root: true
          columns: {name: VARCHAR(50)}
        score: {each: save.scores, columns: {value: {path: ".", type: BIGINT}}}
        tag:
          each: save.tags
          key: {column: k, type: VARCHAR(50)}
          columns: {value: {path: ".", type: BIGINT}}
        seen: {each: save.seen, columns: {value: {path: ".", type: BIGINT}}}
        recent: {each: save.recent, columns: {value: {path: ".", type: BIGINT}}}
        home: {each: save.home, columns: {value: {path: ".", type: VARCHAR(50)}}}
        item:
          each: save.items
          columns: {name: VARCHAR(50), price: DOUBLE, note: VARCHAR(50)}
        point:
          each: save.points
          columns: {x: INT, y: DOUBLE}
        orders:
          each: save.orders
          key: {column: k, type: VARCHAR(50)}
          columns: {number: INT}
        line: {each: orders.lines, columns: {value: {path: ".", type: VARCHAR(50)}}}
      """;

  /** The tables that the edits of saves are of which lack what others have. */
  public static final String FIRSTS =
      """
      version: 1
      tables:
        save:
          root: true
          columns:
            name: VARCHAR(50)
            home_city: {path: home.city, type: VARCHAR(50)}
            home_zip: {path: home.zip, type: VARCHAR(50)}
            pet_class: {path: pet, class: true}
            pet_name: {path: pet.name, type: VARCHAR(50)}
            mate_class: {path: mate, class: true}
            mate_name: {path: mate.name, type: VARCHAR(50)}
            stats_dex: {path: stats.dex, type: INT}
            stats_might: {path: stats.might, type: INT}
            mood: VARCHAR(20)
            at_x: {path: "at[0]", type: INT}
            at_y: {path: "at[1]", type: DOUBLE}
        room: {each: save.home.rooms, columns: {value: {path: ".", type: VARCHAR(50)}}}
        item:
          each: save.items
          columns:
            name: VARCHAR(50)
            price: DOUBLE
            mood: VARCHAR(20)
            weight: {path: part.weight, type: INT}
            unit: {path: part.unit, type: VARCHAR(20)}
        slot:
          each: save.slots
          class_column: slot_class
          columns:
            name: VARCHAR(50)
            price: DOUBLE
            mood: VARCHAR(20)
            weight: {path: part.weight, type: INT}
            unit: {path: part.unit, type: VARCHAR(20)}
        quest:
          each: save.quests
          key: {column: k, type: VARCHAR(50)}
          columns: {number: INT}
        step: {each: quest.steps, columns: {value: {path: ".", type: VARCHAR(50)}}}
      """;

  /** The tables of saves whose values are in JSON columns. */
  public static final String DOCUMENTS =
      """
      version: 1
      tables:
        save:
          root: true
          columns: {any: JSON, bag: JSON, days: JSON, ranks: JSON, pet: JSON, mix: JSON}
      """;

  /** The tables of saves whose objects have values of parts, of several kinds, and containers. */
  public static final String PARTS =
      """
      version: 1
      tables:
        save:
          root: true
          columns: {name: VARCHAR(50)}
        card:
          each: save.cards
          columns:
            title: VARCHAR(20)
            sig_real: {path: "sig[0]", type: DOUBLE}
            sig_imag: {path: "sig[1]", type: DOUBLE}
            odds: VARCHAR(20)
            odds_n: {path: "odds[0]", type: BIGINT}
            odds_d: {path: "odds[1]", type: BIGINT}
            counts_a: {path: counts.a, type: BIGINT}
            counts_b: {path: counts.b, type: BIGINT}
            any_int: {path: any, type: BIGINT, kind: any_kind}
            any_real: {path: any, type: DOUBLE, kind: any_kind}
            any_str: {path: any, type: VARCHAR(20), kind: any_kind}
            span_start: {path: "span[0]", type: BIGINT}
            span_stop: {path: "span[1]", type: BIGINT}
            span_step: {path: "span[2]", type: BIGINT}
            wait: BIGINT
            cost: "DECIMAL(10,2)"
            raw: VARBINARY(20)
            at: DATETIME(6)
            at_utc: {path: at, type: DATETIME(6), zone: utc}
        bag:
          each: card.bag
          key: {column: k, type: VARCHAR(20)}
          columns: {value: {path: ".", type: BIGINT}}
        log: {each: card.log, columns: {value: {path: ".", type: VARCHAR(20)}}}
        idx:
          each: card.idx
          key: {column: k, type: VARCHAR(20)}
          columns: {value: {path: ".", type: BIGINT}}
        grp:
          each: card.grp
          key: {column: k, type: VARCHAR(20)}
          columns: {value: {path: ".", type: BIGINT}}
      """;

  /** The tables of saves whose dicts have keys of parts, and of values that stand elsewhere too. */
  public static final String KEYS =
      """
      version: 1
      tables:
        save:
          root: true
          columns: {crop: VARCHAR(20)}
        stock:
          each: save.stock
          key: {column: k, type: VARCHAR(20)}
          columns: {value: {path: ".", type: BIGINT}}
        price:
          each: save.prices
          columns:
            grade: {path: "$key[0]", type: BIGINT}
            k: {path: "$key[1]", type: VARCHAR(20)}
            value: {path: ".", type: BIGINT}
        plot:
          each: save.plots
          columns:
            crop: {path: "$key[0]", type: VARCHAR(20)}
            n: {path: "$key[1]", type: BIGINT}
            value: {path: ".", type: VARCHAR(20)}
        day:
          each: save.days
          key: {column: k, type: DATE}
          columns: {value: {path: ".", type: VARCHAR(20)}}
        fact:
          each: save.facts
          columns:
            at: {path: "$key[0]", type: DATE}
            n: {path: "$key[1]", type: BIGINT}
            value: {path: ".", type: BIGINT}
        cost:
          each: save.costs
          key: {column: k, type: "DECIMAL(10,2)"}
          columns: {value: {path: ".", type: VARCHAR(20)}}
        pos:
          each: save.places
          columns:
            x: {path: "$key[0]", type: BIGINT}
            y: {path: "$key[1]", type: VARCHAR(20)}
            value: {path: ".", type: BIGINT}
        kind: {each: save.kinds, columns: {value: {path: ".", type: VARCHAR(20)}}}
        pair:
          each: save.pairs
          columns:
            crop: {path: "[0]", type: VARCHAR(20)}
            n: {path: "[1]", type: BIGINT}
        label: {each: save.labels, columns: {value: {path: ".", type: VARCHAR(20)}}}
        seen: {each: save.seen, columns: {value: {path: ".", type: VARCHAR(20)}}}
      """;

  /** The tables of saves whose edits are made like others, or cannot be. */
  public static final String LIKES =
      """
      version: 1
      tables:
        save:
          root: true
          columns:
            name: VARCHAR(20)
            d: JSON
            pet_class: {path: pet, class: true}
            pet_name: {path: pet.name, type: VARCHAR(20)}
            home_city: {path: home.city, type: VARCHAR(20)}
            home_zip: {path: home.zip, type: VARCHAR(20)}
        item: {each: save.items, columns: {name: VARCHAR(20)}}
      """;

  /** One edit of a row. */
  public sealed interface Edit {
    String table();

    int ordinal();
  }

  /** A row that is deleted. */
  public record Delete(String table, int ordinal) implements Edit {}

  /** A cell that is changed; its value is a text, a number or null. */
  public record Change(String table, int ordinal, String column, @Nullable Object value)
      implements Edit {}

  /** A row that is inserted, with the cells that are not NULL. */
  public record Insert(String table, int ordinal, Map<String, Object> cells) implements Edit {}

  /** Those that are committed. */
  public static List<RandomEdits> recorded() {
    return PythonValues.of("edits.tsv.gz").stream().map(RandomEdits::of).toList();
  }

  /**
   * Saves that lack what others have; these have no edits. {@code -Dpicklift.test.firsts=FILE} has
   * those of a file that {@code firsts.py} made instead of the recorded ones.
   */
  public static List<RandomEdits> firsts() {
    return cases("firsts");
  }

  /**
   * Edits of documents. {@code -Dpicklift.test.documents=FILE} has those of a file that {@code
   * documents.py} made instead of the recorded ones.
   */
  public static List<RandomEdits> documents() {
    return cases("documents");
  }

  /**
   * Edits of keys. {@code -Dpicklift.test.keyed=FILE} has those of a file that {@code keyed.py}
   * made instead of the recorded ones.
   */
  public static List<RandomEdits> keys() {
    return cases("keyed");
  }

  /**
   * Edits of values of parts. {@code -Dpicklift.test.parts=FILE} has those of a file that {@code
   * parts.py} made instead of the recorded ones.
   */
  public static List<RandomEdits> parts() {
    return cases("parts");
  }

  /** Edits that are easily got wrong; those without an edited pickle are to be refused. */
  public static List<RandomEdits> likes() {
    return cases("likes");
  }

  private static List<RandomEdits> cases(String name) {
    String file = System.getProperty("picklift.test." + name, "");
    try (Stream<RandomEdits> cases =
        file.isEmpty()
            ? PythonValues.of(name + ".tsv.gz").stream().map(RandomEdits::of)
            : of(Path.of(file))) {
      return cases.toList();
    }
  }

  /** With what Python a case was made, and at which protocol. */
  public String origin() {
    return name.substring(0, name.indexOf(' ')) + " protocol " + pickleProtocol();
  }

  private int pickleProtocol() {
    try {
      return Saves.decode(pickle).style().protocol();
    } catch (CodecException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** Those of a file that the script wrote, one after the other; to be closed. */
  public static Stream<RandomEdits> of(Path file) {
    return PythonValues.of(file).map(RandomEdits::of);
  }

  private static RandomEdits of(PythonValues value) {
    byte[] json = value.says().get(1).getBytes(StandardCharsets.UTF_8);
    return new RandomEdits(
        value.toString(),
        value.pickle(),
        HexFormat.of().parseHex(value.says().get(0)),
        ((List<?>) JsonReader.parse(json, 0, json.length))
            .stream().map(edit -> edit((List<?>) edit)).toList());
  }

  private static Edit edit(List<?> parts) {
    String table = (String) parts.get(1);
    int ordinal = ((Long) parts.get(2)).intValue();
    return switch ((String) parts.get(0)) {
      case "delete" -> new Delete(table, ordinal);
      case "set" -> new Change(table, ordinal, (String) parts.get(3), cell(parts.get(4)));
      default -> {
        Map<String, Object> cells = new LinkedHashMap<>();
        ((Map<?, ?>) parts.get(3))
            .forEach(
                (column, cell) -> {
                  Object value = cell(cell);
                  if (value != null) {
                    cells.put((String) column, value);
                  }
                });
        yield new Insert(table, ordinal, cells);
      }
    };
  }

  private static @Nullable Object cell(Object value) {
    return value instanceof String || value instanceof Number ? value : null;
  }

  /**
   * In what a restored pickle is another than Python's; empty where it is none.
   *
   * <p>Python writes a set in an order that follows from hashes and sizes, and reads any. A text of
   * ASCII is Python 2's str where no other member says that it is unicode.
   */
  public List<Difference> differences(byte[] restored) throws CodecException {
    Meaning one = Meaning.of(Saves.decode(restored), Limits.defaults());
    Meaning other = Meaning.of(Saves.decode(edited), Limits.defaults());
    return GraphDiff.compareValues(one, other, 50).stream()
        .filter(d -> !d.left().replace("Python 2 str", "str").equals(d.right()))
        .toList();
  }

  /**
   * The same where members of enums, and dates, need not be one object: in what the rows of a
   * restored pickle are others than those of Python's, and in what else the two differ.
   */
  public List<String> differencesByRows(Mapping mapping, byte[] restored)
      throws CodecException, SplitException {
    List<String> all = new ArrayList<>();
    for (Difference difference : differences(restored)) {
      boolean isPlain = isPlain(difference.left()) && isPlain(difference.right());
      boolean isSame = ofWhichObject(difference.left()).equals(ofWhichObject(difference.right()));
      // Rows say what these are, and those of a set have any order.
      if (!isPlain && !isSame && !isOrderOfOld(difference)) {
        all.add(difference.toString());
      }
    }
    EditableRows one = rows(mapping, restored);
    EditableRows other = rows(mapping, edited);
    for (TableMapping table : mapping.tables()) {
      String left = one.text(table.name());
      String right = other.text(table.name());
      if (!left.equals(right)) {
        all.add(table.name() + ": " + left + " and not " + right);
      }
    }
    return all;
  }

  /** A dict of these Pythons has its keys in any order. */
  private boolean isOrderOfOld(Difference difference) {
    boolean isOld = name.startsWith("py27 ") || name.startsWith("py36 ");
    return isOld && difference.left().startsWith("key number ");
  }

  private static boolean isPlain(String value) {
    return value.startsWith("str ")
        || value.startsWith("Python 2 str ")
        || value.startsWith("int ");
  }

  private static String ofWhichObject(String value) {
    return value.startsWith("call ")
        ? value.replaceAll("( of its own|, the same as .*)$", "")
        : value;
  }

  private static EditableRows rows(Mapping mapping, byte[] pickle)
      throws CodecException, SplitException {
    SaveGraph graph = Saves.decode(pickle);
    return new EditableRows(
        mapping, SaveSplitter.split(mapping, graph, 1, Limits.defaults()).rows());
  }

  @Override
  public String toString() {
    return name;
  }
}
