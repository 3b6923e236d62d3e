package io.picklift.app.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses Prometheus' expressions as far as the samples use them, and finds the names of metrics and
 * labels in them. Throws on what is none.
 */
final class PromQl {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_:]*)"
              + "|(?<duration>\\d+[smhdwy]|\\$__rate_interval)"
              + "|(?<number>\\d+(?:\\.\\d+)?)"
              + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")"
              + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^(){}\\[\\],=<>]))");
  private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "avg", "count");
  private static final Set<String> FUNCTIONS =
      Set.of("rate", "increase", "irate", "abs", "absent", "time", "max_over_time");
  private static final Set<String> OVER_RANGES =
      Set.of("rate", "increase", "irate", "max_over_time");
  private static final Set<String> BINARY =
      Set.of("+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless");
  private static final Set<String> MATCHING = Set.of("=", "!=", "=~", "!~");

  /**
   * A selector.
   *
   * @param labels that it matches
   */
  record Selector(String metric, List<String> labels) {}

  private final String expression;
  private final List<String> tokens = new ArrayList<>();
  private final List<Selector> selectors = new ArrayList<>();
  private int at;

  private PromQl(String expression) {
    this.expression = expression;
    Matcher matcher = TOKEN.matcher(expression);
    int end = 0;
    while (end < expression.stripTrailing().length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw wrong("what is at " + end + "?");
      }
      tokens.add(matcher.group().strip());
      end = matcher.end();
    }
  }

  static List<Selector> selectors(String expression) {
    PromQl parser = new PromQl(expression);
    parser.expression();
    if (parser.at < parser.tokens.size()) {
      throw parser.wrong("more than an expression: " + parser.peek());
    }
    return parser.selectors;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(expression + ": " + what);
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String take() {
    if (at == tokens.size()) {
      throw wrong("ends early");
    }
    return tokens.get(at++);
  }

  private void take(String wanted) {
    String token = take();
    if (!token.equals(wanted)) {
      throw wrong(wanted + " in place of " + token);
    }
  }

  /** Precedence decides what is computed, and not whether it can be read. */
  private void expression() {
    operand();
    while (BINARY.contains(peek())) {
      take();
      operand();
    }
  }

  private void operand() {
    String token = take();
    if (token.equals("(")) {
      expression();
      take(")");
    } else if (AGGREGATIONS.contains(token)) {
      boolean isGrouped = grouping();
      take("(");
      expression();
      take(")");
      if (!isGrouped) {
        grouping();
      }
    } else if (FUNCTIONS.contains(token) && peek().equals("(")) {
      take("(");
      if (!peek().equals(")")) {
        int before = at;
        expression();
        boolean isRange = tokens.subList(before, at).contains("[");
        if (isRange != OVER_RANGES.contains(token)) {
          throw wrong(token + " and its range");
        }
      }
      take(")");
    } else if (token.matches("[A-Za-z_].*")) {
      selector(token);
    } else if (!token.matches("\\d+(\\.\\d+)?")) {
      throw wrong("no operand: " + token);
    }
  }

  private boolean grouping() {
    if (!peek().equals("by") && !peek().equals("without")) {
      return false;
    }
    take();
    take("(");
    name();
    while (peek().equals(",")) {
      take();
      name();
    }
    take(")");
    return true;
  }

  private String name() {
    String name = take();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw wrong("no name: " + name);
    }
    return name;
  }

  private void selector(String metric) {
    List<String> labels = new ArrayList<>();
    if (peek().equals("{")) {
      do {
        take();
        labels.add(name());
        if (!MATCHING.contains(take()) || !take().startsWith("\"")) {
          throw wrong("a label is matched with a text");
        }
      } while (peek().equals(","));
      take("}");
    }
    if (peek().equals("[")) {
      take();
      if (!take().matches("\\d+[smhdwy]|\\$__rate_interval")) {
        throw wrong("a range is a time");
      }
      take("]");
    }
    selectors.add(new Selector(metric, labels));
  }
}
