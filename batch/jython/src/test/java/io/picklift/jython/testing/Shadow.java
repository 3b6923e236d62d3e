package io.picklift.jython.testing;

/**
 * The stack of a stream under construction, by kinds alone: v a plain value, x text, t tuple, l
 * list, d dict, s set, o object or call result, n name, b buffer or bytes, and ( for a mark. Only a
 * guess: a generator needs no more.
 */
final class Shadow {
  private final StringBuilder stack = new StringBuilder();
  private int slots;

  void reset() {
    stack.setLength(0);
    slots = 0;
  }

  /** Whether the opcode would most likely be accepted here. */
  boolean allows(char op) {
    int mark = stack.lastIndexOf("(");
    char below = mark > 0 ? stack.charAt(mark - 1) : '(';
    int free = stack.length() - mark - 1;
    return switch (op) {
      case 'a' -> free >= 2 && "lo".indexOf(kind(1)) >= 0;
      case 'e' -> mark >= 0 && "lo".indexOf(below) >= 0;
      case 's' -> free >= 3 && "do".indexOf(kind(2)) >= 0;
      case 'u' -> mark >= 0 && "do".indexOf(below) >= 0 && free % 2 == 0;
      case '\u0090' -> mark >= 0 && "so".indexOf(below) >= 0;
      case 'd' -> mark >= 0 && free % 2 == 0;
      case 't', 'l', '\u0091', '1', 'i' -> mark >= 0;
      case 'o' -> mark >= 0 && free >= 1 && "no".indexOf(stack.charAt(mark + 1)) >= 0;
      case 'b' -> free >= 2 && kind(1) == 'o';
      case 'R', '\u0081' -> free >= 2 && kind(0) == 't' && "no".indexOf(kind(1)) >= 0;
      case '\u0092' -> free >= 3 && kind(0) == 'd' && kind(1) == 't' && "no".indexOf(kind(2)) >= 0;
      case '\u0093' -> free >= 2 && kind(0) == 'x' && kind(1) == 'x';
      case '\u0098' -> free >= 1 && kind(0) == 'b';
      case '0' -> !stack.isEmpty();
      case '2', 'p', 'q', 'r', '\u0094', 'Q' -> free >= 1;
      case '\u0085' -> free >= 1;
      case '\u0086' -> free >= 2;
      case '\u0087' -> free >= 3;
      case 'g', 'h', 'j' -> slots > 3;
      default -> true;
    };
  }

  void step(char op) {
    switch (op) {
      case '(' -> stack.append('(');
      case 'X', 'V', '\u008c', '\u008d' -> stack.append('x');
      case ']' -> stack.append('l');
      case '}' -> stack.append('d');
      case ')' -> stack.append('t');
      case '\u008f' -> stack.append('s');
      case 'c', '\u0082', '\u0083', '\u0084', 'P' -> stack.append('n');
      case 'B', 'C', '\u008e', '\u0096', '\u0097' -> stack.append('b');
      case 'a', 'b', '0' -> drop(1);
      case 's' -> drop(2);
      case 'e', 'u', '\u0090', '1' -> dropToMark();
      case 't' -> toMark('t');
      case 'l' -> toMark('l');
      case 'd' -> toMark('d');
      case '\u0091' -> toMark('v');
      case 'o', 'i' -> toMark('o');
      case '\u0085' -> replace(1, 't');
      case '\u0086' -> replace(2, 't');
      case '\u0087' -> replace(3, 't');
      case 'R', '\u0081' -> replace(2, 'o');
      case '\u0092' -> replace(3, 'o');
      case '\u0093' -> replace(2, 'n');
      case 'Q' -> replace(1, 'n');
      case '2' -> stack.append(kind(0));
      case 'p', 'q', 'r', '\u0094' -> slots++;
      case '\u0080', '\u0095', '\u0098' -> {}
      default -> stack.append('v');
    }
  }

  private char kind(int down) {
    return stack.length() > down ? stack.charAt(stack.length() - 1 - down) : '(';
  }

  private void drop(int count) {
    stack.setLength(Math.max(0, stack.length() - count));
  }

  private void dropToMark() {
    stack.setLength(Math.max(0, stack.lastIndexOf("(")));
  }

  private void toMark(char made) {
    dropToMark();
    stack.append(made);
  }

  private void replace(int count, char made) {
    drop(count);
    stack.append(made);
  }
}
