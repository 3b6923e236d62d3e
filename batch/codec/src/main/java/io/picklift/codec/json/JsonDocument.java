package io.picklift.codec.json;

import static io.picklift.codec.json.Literal.ascii;

import io.picklift.codec.Limits;
import io.picklift.codec.Memory;
import io.picklift.codec.error.ErrorCode;
import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Attributes;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.WellKnown;
import io.picklift.codec.model.Kind;
import java.io.IOException;

/** One document while it is written. */
final class JsonDocument {
  private static final byte[] COMMA = ascii(", ");
  private static final byte[] COLON = ascii(": ");
  private static final byte[] NEXT_PAIR = ascii("], [");
  private static final byte[] ID = ascii("{\"$id\": ");
  private static final byte[] REF = ascii("{\"$ref\": ");
  private static final byte[] SLOTS = ascii(", \"$slots\": [");
  private static final byte[] FOLD = ascii(", \"fold\": 1");

  private final Meaning meaning;
  private final JsonOutput out;
  private final JsonScalars scalars;
  private final int maxDepth;
  private final WriteStack tasks;

  /** The number of each shared value shown so far; made when there is one. */
  private int[] ids = new int[0];

  private int lastId;
  private int depth;

  JsonDocument(Meaning meaning, JsonOutput out, Limits limits) throws LimitException {
    this.meaning = meaning;
    this.out = out;
    this.scalars = new JsonScalars(meaning, out);
    this.maxDepth = limits.depth();
    long ids = (long) Integer.BYTES * meaning.graph().size();
    this.tasks = new WriteStack(Memory.beside(meaning.footprint() + ids, limits));
  }

  void write() throws IOException, LimitException {
    write(meaning.root());
  }

  /** Writes one value of the save as a document of its own. */
  void write(int root) throws IOException, LimitException {
    value(root);
    while (!tasks.isEmpty()) {
      int at = tasks.at();
      switch (tasks.kind()) {
        case WriteStack.LIST, WriteStack.ITEMS -> items();
        case WriteStack.PAIRS -> pairs();
        case WriteStack.MEMBERS -> members();
        default -> {
          int kind = tasks.kind();
          int end = tasks.end();
          tasks.pop();
          single(kind, at, end);
        }
      }
    }
  }

  private void single(int kind, int at, int end) throws IOException, LimitException {
    switch (kind) {
      case WriteStack.VALUE -> value(at);
      case WriteStack.LITERAL -> out.write(Literal.text(at));
      case WriteStack.SLOTS -> slots(at);
      case WriteStack.NUMBER -> scalars.integer(((long) at << Integer.SIZE) | (end & 0xffff_ffffL));
      default -> {
        out.write((byte) '}');
        depth--;
      }
    }
  }

  private void items() throws IOException, LimitException {
    int at = tasks.at();
    int end = tasks.end();
    boolean first = tasks.isFirst();
    while (at < end) {
      if (!first) {
        out.write(COMMA);
      }
      first = false;
      int node = meaning.member(at++);
      if (!scalars.write(node)) {
        tasks.moveTo(at);
        container(node);
        return;
      }
    }
    if (tasks.kind() == WriteStack.LIST) {
      depth--;
    }
    tasks.pop();
    out.write((byte) ']');
  }

  private void pairs() throws IOException, LimitException {
    int at = tasks.at();
    int end = tasks.end();
    int parity = end & 1;
    boolean first = tasks.isFirst();
    if (first && at < end) {
      out.write((byte) '[');
    }
    while (at < end) {
      if ((at & 1) != parity) {
        out.write(COMMA);
      } else if (!first) {
        out.write(NEXT_PAIR);
      }
      first = false;
      int node = meaning.member(at++);
      if (!scalars.write(node)) {
        tasks.moveTo(at);
        container(node);
        return;
      }
    }
    tasks.pop();
    if (!first) {
      out.write((byte) ']');
    }
    out.write((byte) ']');
  }

  private void members() throws IOException, LimitException {
    int at = tasks.at();
    int end = tasks.end();
    boolean first = tasks.isFirst();
    while (at < end) {
      if (!first) {
        out.write(COMMA);
      }
      first = false;
      scalars.write(meaning.member(at));
      out.write(COLON);
      int node = meaning.member(at + 1);
      at += 2;
      if (!scalars.write(node)) {
        tasks.moveTo(at);
        container(node);
        return;
      }
    }
    tasks.pop();
  }

  private void slots(int node) throws IOException, LimitException {
    out.write(SLOTS);
    long pairs = meaning.attributes().slotPairs(node);
    int start = MemberSpan.start(pairs);
    for (int i = start; i < start + MemberSpan.count(pairs); i += 2) {
      if (i > start) {
        out.write(COMMA);
      }
      scalars.write(meaning.member(i));
    }
    out.write((byte) ']');
  }

  private void value(int node) throws IOException, LimitException {
    if (!scalars.write(node)) {
      container(node);
    }
  }

  private void container(int node) throws IOException, LimitException {
    boolean shared = meaning.isShared(node);
    if (shared) {
      if (ids.length == 0) {
        ids = new int[meaning.graph().size()];
      }
      if (ids[node] != 0) {
        out.write(REF);
        out.number((long) ids[node]);
        out.write((byte) '}');
        return;
      }
      ids[node] = ++lastId;
    }
    if (++depth > maxDepth) {
      throw new LimitException(ErrorCode.LIMIT_DEPTH, "depth", maxDepth, -1, "");
    }
    if (meaning.kind(node) == Kind.LIST && !shared) {
      out.write((byte) '[');
      push(WriteStack.LIST, meaning.itemSpan(node));
      return;
    }
    tasks.push(WriteStack.CLOSE, 0);
    if (shared) {
      out.write(ID);
      out.number((long) ids[node]);
    } else {
      out.write((byte) '{');
    }
    body(node, shared);
  }

  /** The members of the value's object, after its id if it has one. */
  private void body(int node, boolean shared) throws IOException, LimitException {
    switch (meaning.kind(node)) {
      case LIST -> array("$list", WriteStack.ITEMS, meaning.itemSpan(node), shared);
      case TUPLE -> array("$tuple", WriteStack.ITEMS, meaning.itemSpan(node), shared);
      case SET -> array("$set", WriteStack.ITEMS, meaning.itemSpan(node), shared);
      case FROZENSET -> array("$frozenset", WriteStack.ITEMS, meaning.itemSpan(node), shared);
      case DICT -> dict(meaning.itemSpan(node), shared);
      case BYTEARRAY -> {
        name("$bytearray", shared);
        scalars.base64(node);
      }
      case PERSID -> {
        name("$persid", shared);
        tasks.push(WriteStack.VALUE, meaning.persidValue(node));
      }
      default -> {
        WellKnown known = meaning.wellKnown(node);
        if (known == null) {
          made(node, shared);
        } else {
          wellKnown(known, shared);
        }
      }
    }
  }

  private void name(String name, boolean later) throws IOException, LimitException {
    if (later) {
      out.write(COMMA);
    }
    out.write((byte) '"');
    out.ascii(name);
    out.write((byte) '"');
    out.write(COLON);
  }

  private void array(String name, int kind, long span, boolean later)
      throws IOException, LimitException {
    name(name, later);
    out.write((byte) '[');
    push(kind, span);
  }

  private void push(int kind, long span) throws LimitException {
    tasks.push(kind, MemberSpan.start(span), MemberSpan.start(span) + MemberSpan.count(span), true);
  }

  private void dict(long pairs, boolean shared) throws IOException, LimitException {
    if (meaning.areMemberNames(pairs)) {
      tasks.push(
          WriteStack.MEMBERS,
          MemberSpan.start(pairs),
          MemberSpan.start(pairs) + MemberSpan.count(pairs),
          !shared);
    } else {
      array("$dict", WriteStack.PAIRS, pairs, shared);
    }
  }

  /** An object or the result of a call. What comes last is put off first. */
  private void made(int node, boolean shared) throws IOException, LimitException {
    boolean isCall = meaning.kind(node) == Kind.CALL;
    name(isCall ? "$call" : "$class", shared);
    put(Literal.ENTRIES, WriteStack.PAIRS, meaning.entrySpan(node), false);
    put(Literal.ITEMS, WriteStack.ITEMS, meaning.appendedSpan(node), false);
    state(node);
    put(Literal.KWARGS, WriteStack.PAIRS, meaning.keywordSpan(node), false);
    put(Literal.ARGS, WriteStack.ITEMS, meaning.argumentSpan(node), isCall);
    int callable = meaning.callable(node);
    if (meaning.kind(callable) == Kind.GLOBAL) {
      scalars.name(callable);
    } else {
      tasks.push(WriteStack.VALUE, callable);
    }
  }

  private void put(int literal, int kind, long span, boolean always) throws LimitException {
    if (always || MemberSpan.count(span) > 0) {
      push(kind, span);
      tasks.push(WriteStack.LITERAL, literal);
    }
  }

  private void state(int node) throws LimitException {
    Attributes attributes = meaning.attributes();
    switch (attributes.form(node)) {
      case NONE -> {}
      case DICT -> {
        if (MemberSpan.count(attributes.dictPairs(node)) == 0) {
          tasks.push(WriteStack.LITERAL, Literal.EMPTY_STATE);
        } else {
          laterMembers(attributes.dictPairs(node));
        }
      }
      case SLOTS -> {
        laterMembers(attributes.slotPairs(node));
        laterMembers(attributes.dictPairs(node));
        tasks.push(WriteStack.SLOTS, node);
      }
      case STATE -> {
        tasks.push(WriteStack.VALUE, attributes.state(node));
        tasks.push(WriteStack.LITERAL, Literal.STATE);
      }
      case STATES -> put(Literal.STATES, WriteStack.ITEMS, meaning.stateSpan(node), false);
    }
  }

  /** Members of an object that has some already. */
  private void laterMembers(long pairs) throws LimitException {
    tasks.push(
        WriteStack.MEMBERS,
        MemberSpan.start(pairs),
        MemberSpan.start(pairs) + MemberSpan.count(pairs),
        false);
  }

  private void wellKnown(WellKnown known, boolean shared) throws IOException, LimitException {
    if (known instanceof WellKnown.DateTime value) {
      text("$datetime", value.text(), shared);
      time(value.fold(), value.tzNode());
    } else if (known instanceof WellKnown.Time value) {
      text("$time", value.text(), shared);
      time(value.fold(), value.tzNode());
    } else if (known instanceof WellKnown.Date value) {
      text("$date", value.text(), shared);
    } else if (known instanceof WellKnown.Decimal value) {
      text("$decimal", value.text(), shared);
    } else if (known instanceof WellKnown.Uuid value) {
      text("$uuid", value.text(), shared);
    } else if (known instanceof WellKnown.TimeDelta value) {
      name("$timedelta", shared);
      out.write((byte) '[');
      out.number((long) value.days());
      out.write(COMMA);
      out.number((long) value.seconds());
      out.write(COMMA);
      out.number((long) value.microseconds());
      out.write((byte) ']');
    } else if (known instanceof WellKnown.Complex value) {
      name("$complex", shared);
      out.write((byte) '[');
      scalars.real(value.real());
      out.write(COMMA);
      scalars.real(value.imaginary());
      out.write((byte) ']');
    } else if (known instanceof WellKnown.OrderedDict value) {
      array("$ordereddict", WriteStack.PAIRS, value.members(), shared);
    } else if (known instanceof WellKnown.DefaultDict value) {
      given(Literal.FACTORY, value.factoryNode());
      array("$defaultdict", WriteStack.PAIRS, value.members(), shared);
    } else if (known instanceof WellKnown.Deque value) {
      if (value.maxlen() >= 0) {
        long maxlen = value.maxlen();
        tasks.push(WriteStack.NUMBER, (int) (maxlen >> Integer.SIZE), (int) maxlen, true);
        tasks.push(WriteStack.LITERAL, Literal.MAXLEN);
      }
      array("$deque", WriteStack.ITEMS, value.members(), shared);
    }
  }

  private void text(String name, String value, boolean shared) throws IOException, LimitException {
    name(name, shared);
    out.write((byte) '"');
    out.ascii(value);
    out.write((byte) '"');
  }

  private void time(int fold, int tz) throws IOException, LimitException {
    if (fold == 1) {
      out.write(FOLD);
    }
    given(Literal.TZ, tz);
  }

  private void given(int literal, int node) throws LimitException {
    if (node >= 0) {
      tasks.push(WriteStack.VALUE, node);
      tasks.push(WriteStack.LITERAL, literal);
    }
  }
}
