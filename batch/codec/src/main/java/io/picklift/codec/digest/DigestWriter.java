package io.picklift.codec.digest;

import io.picklift.codec.error.LimitException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.meaning.MemberSpan;
import io.picklift.codec.meaning.PersidChains;
import io.picklift.codec.model.NameBytes;
import io.picklift.codec.model.SaveGraph;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Writes the values and records of {@code proto/DIGEST.md}, in the order which that page gives. */
final class DigestWriter {
  private static final byte[] FIRST_LINE =
      "picklift digest 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final long NAN_BITS = 0x7ff8L << 48;

  private final Meaning meaning;
  private final SaveGraph graph;
  private final DigestOutput out;

  /** The number of each value that has a record, from 1; 0 where it has none yet. */
  private final int[] numbers;

  /** The values by number: those that are still to be written are the queue. */
  private int[] queue = new int[64];

  private int count;

  /**
   * Hashes of long text, bytes and integers by node: each is taken once, however often the value
   * stands.
   */
  private final Map<Integer, Hashed> hashes = new HashMap<>();

  private final PersidChains persids;

  /** Values that only a part of a save is told of: that they are there. */
  private final BitSet ends;

  private int root;

  private record Hashed(int length, byte[] hash) {}

  DigestWriter(Meaning meaning, DigestOutput out) {
    this(meaning, out, new BitSet());
  }

  /**
   * @param ends values with a record of their own where a part ends
   */
  DigestWriter(Meaning meaning, DigestOutput out, BitSet ends) {
    this.ends = ends;
    this.meaning = meaning;
    this.graph = meaning.graph();
    this.out = out;
    this.persids = new PersidChains(meaning);
    this.numbers = new int[graph.size()];
  }

  byte[] digest() throws LimitException {
    return digest(meaning.root());
  }

  /** The same of a part; may be asked for many. */
  byte[] digest(int part) throws LimitException {
    root = part;
    for (int i = 0; i < count; i++) {
      numbers[queue[i]] = 0;
    }
    count = 0;
    for (byte b : FIRST_LINE) {
      out.tag((char) b);
    }
    value(part);
    for (int next = 0; next < count; next++) {
      written(queue[next]);
    }
    return out.finish();
  }

  private void value(int node) throws LimitException {
    switch (graph.kind(node)) {
      case NONE -> out.tag('N');
      case BOOL -> out.tag(meaning.isTrue(node) ? '1' : '0');
      case INT -> integer(node);
      case FLOAT -> {
        double value = meaning.floatValue(node);
        out.bits('f', Double.isNaN(value) ? NAN_BITS : Double.doubleToRawLongBits(value));
      }
      case STR -> bytes('u', node);
      case PY2_STR -> bytes('s', node);
      case BYTES -> bytes('b', node);
      case GLOBAL -> name(node);
      case PERSID -> persid(node);
      case EXT -> number('x', node);
      case BUFFER -> number('o', node);
      case TUPLE -> {
        if (meaning.hasIdentity(node)) {
          reference(node);
        } else {
          out.tag('e');
        }
      }
      default -> reference(node);
    }
  }

  private void reference(int node) throws LimitException {
    if (node != root && ends.get(node)) {
      out.tag('-');
      return;
    }
    int number = numbers[node];
    if (number == 0) {
      if (count == queue.length) {
        queue = Arrays.copyOf(queue, count * 2);
      }
      queue[count++] = node;
      number = count;
      numbers[node] = number;
    }
    out.tag('r');
    out.varint(number);
  }

  private void number(char tag, int node) throws LimitException {
    out.tag(tag);
    out.varint(meaning.number(node));
  }

  private void integer(int node) throws LimitException {
    if (meaning.fitsLong(node)) {
      out.integer('i', meaning.longValue(node));
      return;
    }
    out.tag('i');
    Hashed known = hashes.get(node);
    if (known != null) {
      out.hashed(known.length(), known.hash());
      return;
    }
    byte[] bytes = meaning.bigInteger(node).toByteArray();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte b = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = b;
    }
    content(node, bytes, 0, bytes.length);
  }

  private void bytes(char tag, int node) throws LimitException {
    out.tag(tag);
    bytes(node);
  }

  private void bytes(int node) throws LimitException {
    boolean slice = meaning.isSlice(node);
    if (slice && graph.b(node) <= DigestOutput.LONGEST_PLAIN) {
      out.bytes(graph.source(), graph.a(node), graph.b(node));
      return;
    }
    Hashed known = hashes.get(node);
    if (known != null) {
      out.hashed(known.length(), known.hash());
    } else if (slice) {
      content(node, graph.source(), graph.a(node), graph.b(node));
    } else {
      byte[] bytes = meaning.bytes(node);
      content(node, bytes, 0, bytes.length);
    }
  }

  private void content(int node, byte[] bytes, int offset, int length) throws LimitException {
    if (length <= DigestOutput.LONGEST_PLAIN) {
      out.bytes(bytes, offset, length);
      return;
    }
    Hashed hashed = new Hashed(length, out.hash(bytes, offset, length));
    hashes.put(node, hashed);
    out.hashed(length, hashed.hash());
  }

  private void name(int node) throws LimitException {
    NameBytes name = meaning.nameBytes(node);
    out.tag('g');
    out.bytes(name.module(), 0, name.module().length);
    out.bytes(name.qualname(), 0, name.qualname().length);
  }

  private void persid(int node) throws LimitException {
    int last = persids.last(node);
    out.tag('p');
    out.varint(persids.depth(node));
    if (meaning.persidValue(last) >= 0) {
      value(meaning.persidValue(last));
    } else {
      out.tag('u');
      out.bytes(graph.source(), graph.a(last), graph.b(last));
    }
  }

  private void written(int node) throws LimitException {
    switch (graph.kind(node)) {
      case LIST -> sequence('l', node);
      case TUPLE -> sequence('t', node);
      case SET -> sequence('S', node);
      case FROZENSET -> sequence('Z', node);
      case DICT -> {
        out.tag('d');
        pairs(meaning.itemSpan(node));
      }
      case BYTEARRAY -> bytes('a', node);
      case OBJECT -> made('O', node);
      default -> made('C', node);
    }
  }

  private void made(char tag, int node) throws LimitException {
    out.tag(tag);
    value(meaning.callable(node));
    sequence(meaning.argumentSpan(node));
    pairs(meaning.keywordSpan(node));
    sequence(meaning.stateSpan(node));
    sequence(meaning.appendedSpan(node));
    pairs(meaning.entrySpan(node));
  }

  private void sequence(char tag, int node) throws LimitException {
    out.tag(tag);
    sequence(meaning.itemSpan(node));
  }

  private void sequence(long span) throws LimitException {
    out.varint(MemberSpan.count(span));
    values(span);
  }

  private void pairs(long span) throws LimitException {
    out.varint(MemberSpan.count(span) / 2);
    values(span);
  }

  private void values(long span) throws LimitException {
    int start = MemberSpan.start(span);
    for (int i = start; i < start + MemberSpan.count(span); i++) {
      value(meaning.member(i));
    }
  }
}
