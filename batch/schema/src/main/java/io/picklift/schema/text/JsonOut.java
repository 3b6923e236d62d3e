package io.picklift.schema.text;

import java.math.BigInteger;

/** Writes JSON for people and programs: two spaces a level, short lists on one line. */
public final class JsonOut {
  private final StringBuilder out = new StringBuilder();
  private int level;
  private boolean isFirst = true;
  private boolean afterName;
  private int inline;

  public JsonOut object() {
    return open('{');
  }

  public JsonOut end() {
    return close('}');
  }

  public JsonOut array() {
    return open('[');
  }

  public JsonOut endArray() {
    return close(']');
  }

  /** All up to the matching {@link #end} or {@link #endArray} stands on one line. */
  public JsonOut onOneLine() {
    inline = level + 1;
    return this;
  }

  public JsonOut name(String name) {
    separate();
    string(name);
    out.append(": ");
    afterName = true;
    return this;
  }

  public JsonOut value(String text) {
    separate();
    string(text);
    return this;
  }

  /** {@code null}. */
  public JsonOut none() {
    separate();
    out.append("null");
    return this;
  }

  public JsonOut value(long number) {
    separate();
    out.append(number);
    return this;
  }

  public JsonOut value(boolean flag) {
    separate();
    out.append(flag);
    return this;
  }

  public JsonOut value(BigInteger number) {
    separate();
    out.append(number);
    return this;
  }

  /** A finite number. */
  public JsonOut value(double number) {
    separate();
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      out.append((long) number);
    } else {
      out.append(number);
    }
    return this;
  }

  public JsonOut field(String name, String text) {
    return name(name).value(text);
  }

  public JsonOut field(String name, long number) {
    return name(name).value(number);
  }

  public JsonOut field(String name, boolean flag) {
    return name(name).value(flag);
  }

  private JsonOut open(char bracket) {
    separate();
    out.append(bracket);
    level++;
    isFirst = true;
    return this;
  }

  private JsonOut close(char bracket) {
    boolean wasInline = isInline();
    level--;
    if (!isFirst && !wasInline) {
      line();
    }
    if (level < inline) {
      inline = 0;
    }
    out.append(bracket);
    isFirst = false;
    return this;
  }

  private boolean isInline() {
    return inline > 0 && level >= inline;
  }

  private void separate() {
    if (afterName) {
      afterName = false;
      return;
    }
    if (level == 0) {
      return;
    }
    if (!isFirst) {
      out.append(',');
    }
    if (isInline()) {
      out.append(isFirst ? "" : " ");
    } else {
      line();
    }
    isFirst = false;
  }

  private void line() {
    out.append('\n').append("  ".repeat(level));
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' '
          || (c >= 0x7f && c < 0xa0)
          || Character.isSurrogate(c)
          || c == 0x2028
          || c == 0x2029
          // No character of YAML, as which the files are read again.
          || c >= 0xfffe) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** The document, with a final newline. */
  public String text() {
    return out + "\n";
  }
}
