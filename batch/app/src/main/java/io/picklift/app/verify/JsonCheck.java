package io.picklift.app.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.picklift.app.report.CopyDifference;
import io.picklift.app.view.PlainValue;
import io.picklift.app.view.SaveView;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a JSON copy of a save, as applications write it by {@code json.dumps(save.__dict__,
 * default=...)}, with the save. What is compared is the single values at places that both have:
 * such copies leave out what would never end.
 */
public final class JsonCheck {
  private static final int MOST_DIFFERENCES = 1_000;

  /** A number of more digits is shown cut; text is cut by its quotes. */
  private static final int LONGEST_NUMBER = 400;

  private static final JsonFactory FACTORY =
      ((JsonFactoryBuilder) JsonFactory.builder())
          // Python writes NaN and Infinity.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // A number is compared as text first: no limit of digits, no nesting that recursion would
          // bear.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(10_000)
                  .build())
          .build();

  /**
   * What differs.
   *
   * @param first the first places
   * @param more how many there are besides
   */
  public record Differences(List<CopyDifference> first, long more) {
    public Differences {
      first = List.copyOf(first);
    }
  }

  /** The JSON is none; the message says where, and holds nothing of it. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message, null, false, false);
    }
  }

  private final SaveView view;
  private final String column;
  private final List<CopyDifference> differences = new ArrayList<>();
  private long more;
  private final Deque<Level> levels = new ArrayDeque<>();

  /** One open object or array of the JSON, and the members of the save's value there. */
  private final class Level implements SaveView.Members {
    final boolean isArray;
    private final Map<String, Integer> named = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final List<Integer> items = new ArrayList<>();
    private int next;

    /**
     * Where the parser stands in this level: the step as a path writes it, and the save's value.
     */
    String step = "";

    int member = SaveView.NOTHING;

    Level(int node, boolean isArray) {
      this.isArray = isArray;
      if (node != SaveView.NOTHING) {
        view.members(node, this);
      }
    }

    @Override
    public void attribute(String name, int node) {
      named.put(name, node);
      keys.remove(name);
    }

    @Override
    public void pair(int key, int value) {
      String name = view.meaning().isText(key) ? view.meaning().text(key) : jsonKey(key);
      if (name != null && !named.containsKey(name)) {
        named.put(name, value);
        keys.add(name);
      }
    }

    @Override
    public void item(int place, int node) {
      items.add(node);
    }

    void name(String name) {
      member = named.getOrDefault(name, SaveView.NOTHING);
      step = keys.contains(name) ? "[" + PlainValue.quote(name) + "]" : "." + name;
    }

    void nextPlace() {
      member = next < items.size() ? items.get(next) : SaveView.NOTHING;
      step = "[" + next + "]";
      next++;
    }
  }

  private JsonCheck(SaveView view, String column) {
    this.view = view;
    this.column = column;
  }

  /**
   * Compares.
   *
   * @param column the column's name, for the differences
   * @throws UnreadableException if {@code json} is no JSON
   */
  public static Differences compare(SaveView view, String column, String json)
      throws UnreadableException {
    JsonCheck check = new JsonCheck(view, column);
    try (JsonParser parser = FACTORY.createParser(json)) {
      check.run(parser);
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      long at = e.getLocation() == null ? json.length() : e.getLocation().getCharOffset();
      throw new UnreadableException("no JSON from character " + at + " of " + json.length());
    } catch (IOException e) {
      throw new IllegalStateException("a string does not fail to be read", e);
    }
    return new Differences(check.differences, check.more);
  }

  private void run(JsonParser parser) throws IOException, UnreadableException {
    boolean hasValue = false;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      hasValue = true;
      switch (token) {
        case START_OBJECT -> open(false);
        case START_ARRAY -> open(true);
        case END_OBJECT, END_ARRAY -> levels.pop();
        case FIELD_NAME -> name(parser.currentName());
        default -> leaf(token, parser);
      }
    }
    if (!hasValue) {
      throw new UnreadableException("the JSON is empty");
    }
  }

  private void name(String name) {
    levels.element().name(name);
  }

  /** JSON has only text keys: Python writes 1 as "1", None as "null", True as "true". */
  private @Nullable String jsonKey(int key) {
    Meaning meaning = view.meaning();
    return switch (meaning.kind(key)) {
      case NONE -> "null";
      case BOOL -> meaning.isTrue(key) ? "true" : "false";
      case INT ->
          meaning.fitsLong(key)
              ? Long.toString(meaning.longValue(key))
              : meaning.bigInteger(key).toString();
      default -> null;
    };
  }

  /** The save's value where the parser stands. */
  private int here() {
    Level level = levels.peek();
    if (level == null) {
      return view.meaning().root();
    }
    if (level.isArray) {
      level.nextPlace();
    }
    return level.member;
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (Iterator<Level> level = levels.descendingIterator(); level.hasNext(); ) {
      path.append(level.next().step);
    }
    return path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
  }

  private void open(boolean isArray) {
    levels.push(new Level(here(), isArray));
  }

  private void leaf(JsonToken token, JsonParser parser) throws IOException {
    int node = here();
    if (node == SaveView.NOTHING) {
      return;
    }
    PlainValue blob = PlainValue.of(view.meaning(), node);
    if (blob == null
        ? token != JsonToken.VALUE_NULL || isReference(node)
        : isSame(blob, token, parser)) {
      return;
    }
    if (differences.size() == MOST_DIFFERENCES) {
      more++;
      return;
    }
    String shown =
        token == JsonToken.VALUE_STRING ? PlainValue.quote(parser.getText()) : parser.getText();
    differences.add(
        new CopyDifference(
            column,
            path(),
            blob == null ? "an object" : blob.shown(),
            shown.length() > LONGEST_NUMBER ? shown.substring(0, LONGEST_NUMBER) + "..." : shown,
            CopyDifference.identity(blob == null ? "" : blob.text(), parser.getText())));
  }

  /** A class, a persistent id and the like, which an application may well write as null. */
  private boolean isReference(int node) {
    Kind kind = view.meaning().kind(node);
    return kind == Kind.GLOBAL || kind == Kind.PERSID || kind == Kind.EXT || kind == Kind.BUFFER;
  }

  private static boolean isSame(PlainValue blob, JsonToken token, JsonParser parser)
      throws IOException {
    String text = parser.getText();
    return switch (token) {
      case VALUE_NULL -> blob.type() == PlainValue.Type.NONE;
      case VALUE_TRUE -> blob.type() == PlainValue.Type.BOOL && blob.text().equals("True");
      case VALUE_FALSE -> blob.type() == PlainValue.Type.BOOL && blob.text().equals("False");
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> isNumber(blob, text);
      default -> isText(blob, text);
    };
  }

  private static boolean isNumber(PlainValue blob, String text) {
    if (blob.type() == PlainValue.Type.NOT_A_NUMBER) {
      return switch (text) {
        case "NaN" -> blob.text().equals("nan");
        case "Infinity", "INF" -> blob.text().equals("inf");
        default -> text.equals("-Infinity") && blob.text().equals("-inf");
      };
    }
    BigDecimal number = text.equals(blob.text()) ? blob.number() : PlainValue.decimalOrNull(text);
    return number != null && blob.type() != PlainValue.Type.BOOL && blob.isNumber(number);
  }

  private static boolean isText(PlainValue blob, String text) {
    return switch (blob.type()) {
      case TEXT, BYTES -> blob.text().equals(text);
      case TEXT_PREFIX -> text.startsWith(blob.text());
      case NUMBER -> blob.text().equals(text);
      default -> false;
    };
  }
}
