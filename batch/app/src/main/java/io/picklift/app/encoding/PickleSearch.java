package io.picklift.app.encoding;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.app.encoding.format.PickleShape;
import io.picklift.app.encoding.json.JsonEncodings;
import io.picklift.app.encoding.parts.PartEncodings;
import io.picklift.app.encoding.text.Prefix;
import io.picklift.app.encoding.text.TextEncodings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the pickle in a value: undoes what the bytes may be encoded in, one format after the
 * other and each within the last, until a whole pickle comes out. A bare pickle wins over any
 * wrapping; a format with a signature over one without; a wrapping that gives the value when it is
 * made again over one that does not. For one value.
 */
final class PickleSearch {
  /** Nobody wraps more than three deep; a file that unpacks to itself must end somewhere. */
  private static final int MAX_DEPTH = 8;

  /** What text may be is tried this often in all. */
  private static final int MOST_ATTEMPTS = 600;

  /** Of fewer bytes no wrapping of a pickle is made. */
  private static final int SHORTEST_AHEAD = 8;

  private static final int PROTO = 0x80;
  private static final int NEWEST_PROTOCOL = 5;

  /** The shortest pickle without a protocol that is believed behind an encoding. */
  private static final int SHORTEST = 4;

  /** How many opcodes such a pickle needs behind an encoding that gives bytes for any text. */
  private static final int PROOF = 8;

  private final OutputBudget room;
  private final long mostBytes;
  private final List<EncodingLayer> path = new ArrayList<>();

  /** Whether it looks at what may be a header. */
  private boolean isAhead;

  private int attempts;
  private long bytesTried;

  /** Whether the encoding that was tried last could be undone, whatever came out. */
  private boolean isUndone;

  /** The value itself: a pickle without a mark, and other bytes behind it. */
  private @Nullable Unpacked loose;

  /** Whether only what is proven counts, and whether anything was passed over for that. */
  private boolean isStrict = true;

  private boolean isDoubtful;

  private @Nullable Unpacked json;
  private @Nullable Unpacked furthest;
  private @Nullable EncodingException failure;

  PickleSearch(OutputBudget room, long blobLength) {
    this.room = room;
    this.mostBytes = Math.max(16L << 20, blobLength * 64);
  }

  /** Whether bytes are a pickle, or the beginning of one. */
  static boolean isPickle(byte[] bytes) {
    return isMarked(bytes) || PickleShape.of(bytes) != PickleShape.Verdict.NONE;
  }

  private static boolean isMarked(byte[] bytes) {
    return bytes.length > 2
        && (bytes[0] & 0xff) == PROTO
        && bytes[1] >= 0
        && bytes[1] <= NEWEST_PROTOCOL
        && PickleShape.of(bytes) != PickleShape.Verdict.NONE;
  }

  /**
   * The pickle; null where there is none.
   *
   * @throws EncodingException where more would come out than there is room for
   */
  @Nullable Unpacked find(byte[] bytes) throws EncodingException {
    Unpacked found = search(bytes);
    if (found == null && isDoubtful) {
      isStrict = false;
      attempts = 0;
      bytesTried = 0;
      found = search(bytes);
    }
    if (found != null) {
      checkAhead(found);
    }
    return found;
  }

  private @Nullable Unpacked search(byte[] bytes) throws EncodingException {
    Encoding ahead = PartEncodings.aheadOfBare();
    if (path.size() < MAX_DEPTH && ahead.detects(bytes)) {
      Unpacked found = within(ahead, bytes);
      if (found != null) {
        return found;
      }
    }
    PickleShape.Verdict verdict = PickleShape.quick(bytes);
    if (verdict == PickleShape.Verdict.WHOLE && isBelieved(bytes)) {
      if (isStrict && !isWholeInText(bytes)) {
        isDoubtful = true;
        return null;
      }
      return here(bytes);
    }
    if (verdict == PickleShape.Verdict.WHOLE && path.isEmpty()) {
      loose = here(bytes);
    }
    if (isBetter(bytes, verdict)) {
      furthest = here(bytes);
    }
    noteJson(bytes);
    if (path.size() == MAX_DEPTH) {
      return null;
    }
    for (Encoding encoding : Encodings.told()) {
      if (isHeaderAgain(encoding) || !encoding.detects(bytes)) {
        continue;
      }
      attempts++;
      bytesTried += bytes.length;
      if (attempts > MOST_ATTEMPTS || bytesTried > mostBytes) {
        return null;
      }
      Unpacked found = within(encoding, bytes);
      if (found != null) {
        return found;
      }
      if (encoding.isCertain() && isUndone) {
        return null;
      }
    }
    return null;
  }

  /** A header behind a header is one header. */
  private boolean isHeaderAgain(Encoding encoding) {
    return !path.isEmpty()
        && encoding.label().equals(Prefix.LABEL)
        && path.get(path.size() - 1).encoding() == encoding;
  }

  private @Nullable Unpacked within(Encoding encoding, byte[] bytes) throws EncodingException {
    path.add(new EncodingLayer(encoding, bytes));
    room.hold(bytes.length);
    isUndone = false;
    try {
      if (isPickleAhead(encoding.ahead(bytes))) {
        return null;
      }
      List<byte[]> candidates = Unpacker.undo(encoding, bytes, room);
      for (byte[] inner : candidates) {
        if (isStrict && !givesBack(encoding, bytes, inner)) {
          isDoubtful = true;
          continue;
        }
        Unpacked found = inner.length == 0 ? null : search(inner);
        if (found != null) {
          checkOthers(encoding, candidates, inner);
          return found;
        }
      }
      isUndone = true;
    } catch (EncodingException e) {
      // Taken for a bare pickle, it would have all but its first few bytes behind it.
      boolean isBehindPickle = encoding == PartEncodings.aheadOfBare();
      if (e.code().equals(EncodingException.SEVERAL) || (e.isLimit() && isBehindPickle)) {
        throw e;
      }
      if (encoding.isCertain() && isCertain(path.size() - 1)) {
        if (e.isLimit()) {
          throw e;
        }
        failure = failure == null ? e : failure;
      }
    } finally {
      room.release(bytes.length);
      path.remove(path.size() - 1);
    }
    return null;
  }

  private boolean isPickleAhead(byte[] ahead) throws EncodingException {
    if (ahead.length < SHORTEST_AHEAD) {
      return false;
    }
    PickleSearch search = new PickleSearch(room, ahead.length);
    search.isAhead = true;
    return search.find(ahead) != null;
  }

  /**
   * Where a format holds parts side by side, and another of them is a pickle as well, neither is
   * taken: the other would be in no table, and nobody would know.
   */
  private void checkOthers(Encoding encoding, List<byte[]> parts, byte[] taken)
      throws EncodingException {
    if (!encoding.hasParts()) {
      return;
    }
    int count = 1;
    for (byte[] part : parts) {
      if (part == taken || part.length < SHORTEST_AHEAD) {
        continue;
      }
      Unpacked other = new PickleSearch(room, part.length).find(part);
      count += other != null && isProven(other.pickle()) ? 1 : 0;
    }
    if (count > 1) {
      throw several(encoding, count);
    }
  }

  static EncodingException several(Encoding encoding, int count) {
    return new EncodingException(
        EncodingException.SEVERAL,
        "several pickles in one "
            + encoding.label()
            + " value, "
            + count
            + " in all; name the one that is the save, like encoding: [\""
            + encoding.label()
            + ":NAME\", ...], or split them into values of their own first");
  }

  static boolean isProven(byte[] pickle) {
    return (pickle[0] & 0xff) == PROTO || PickleShape.opcodes(pickle) >= PROOF;
  }

  /**
   * What is ahead of a pickle is no header where it is a wrapped pickle itself: taken for one, it
   * would be in no table, and nobody would know.
   */
  private void checkAhead(Unpacked found) throws EncodingException {
    for (int i = 0; i < found.layers().size() && !isAhead; i++) {
      EncodingLayer layer = found.layers().get(i);
      int length = layer.outer().length - found.inner(i).length;
      if (layer.encoding().label().equals(Prefix.LABEL) && length >= SHORTEST_AHEAD) {
        checkAhead(Arrays.copyOf(layer.outer(), length));
      }
    }
  }

  private void checkAhead(byte[] ahead) throws EncodingException {
    int length = ahead.length;
    int line = 0;
    while (line < length && ahead[line] != '\n') {
      line++;
    }
    for (byte[] part : List.of(ahead, Arrays.copyOf(ahead, line))) {
      PickleSearch search = new PickleSearch(room, part.length);
      search.isAhead = true;
      if (part.length >= SHORTEST_AHEAD && search.find(part) != null) {
        throw new EncodingException(
            EncodingException.SEVERAL,
            "several pickles, one after the other, each in its own encoding; split them into"
                + " separate values first");
      }
    }
  }

  private Unpacked here(byte[] bytes) {
    return new Unpacked(path, bytes);
  }

  /** Whether bytes of a pickle's shape are more than chance. */
  private boolean isBelieved(byte[] bytes) {
    if ((bytes[0] & 0xff) == PROTO) {
      return true;
    }
    if (!PickleShape.isStream(bytes)) {
      return false;
    }
    if (path.isEmpty()) {
      return true;
    }
    boolean isWeak = path.get(path.size() - 1).encoding().isWeak();
    return bytes.length >= SHORTEST && (!isWeak || PickleShape.opcodes(bytes) >= PROOF);
  }

  /**
   * Whether a format that reads nearly any text gives the text when it is made again: what does not
   * may mean something else in another format.
   */
  private static boolean givesBack(Encoding encoding, byte[] bytes, byte[] inner) {
    return !TextEncodings.isWeak(encoding) || Recoder.exact(encoding, bytes, inner) != null;
  }

  /** Whether nothing but pickles came out of such text. */
  private boolean isWholeInText(byte[] bytes) {
    return path.stream().noneMatch(layer -> TextEncodings.isWeak(layer.encoding()))
        || PickleShape.isStream(bytes);
  }

  /** What is worth telling where there is no whole pickle: a cut or damaged one, what is packed. */
  private boolean isBetter(byte[] bytes, PickleShape.Verdict verdict) {
    boolean isPickle =
        (bytes.length > 1 && (bytes[0] & 0xff) == PROTO && bytes[1] >= 2 && bytes[1] <= 5)
            || DamageNames.isAsUtf8(bytes)
            || (verdict == PickleShape.Verdict.CUT && isCertain(path.size()));
    Unpacked best = furthest;
    if (best == null) {
      return isPickle || (!path.isEmpty() && isCertain(path.size()));
    }
    return !isPickle(best.pickle()) && (isPickle || isCertain(path.size()));
  }

  /** Whether all of the first layers were told by a signature. */
  private boolean isCertain(int layers) {
    for (int i = 0; i < layers; i++) {
      if (!path.get(i).encoding().isCertain()) {
        return false;
      }
    }
    return true;
  }

  /** Text and numbers are JSON by chance; an object or a list is not. */
  private void noteJson(byte[] bytes) throws EncodingException {
    Encoding value = JsonEncodings.value();
    if (json != null || !value.detects(bytes)) {
      return;
    }
    boolean isStruct = bytes[0] == '{' || bytes[0] == '[';
    if (!isStruct && !isCertain(path.size())) {
      return;
    }
    try {
      List<EncodingLayer> layers = new ArrayList<>(path);
      layers.add(new EncodingLayer(value, bytes));
      json = new Unpacked(layers, value.undo(bytes, room).get(0));
    } catch (EncodingException e) {
      if (e.isLimit()) {
        throw e;
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * The value itself where it begins with a pickle of a text protocol and goes on with what is
   * none: some words do. Null where it does not.
   */
  @Nullable Unpacked loose() {
    return loose;
  }

  /** A cut or damaged pickle, or what was packed, as far as it went; null for nothing. */
  @Nullable Unpacked best() {
    return furthest;
  }

  /** JSON that was met in a pickle's place; null for none. */
  @Nullable Unpacked json() {
    return json;
  }

  /**
   * As far as it went.
   *
   * @throws EncodingException where that is data that cannot be undone
   */
  Unpacked furthest(byte[] blob) throws EncodingException {
    Unpacked best = furthest;
    EncodingException why = failure;
    if (best != null && isPickle(best.pickle())) {
      return best;
    }
    if (why != null) {
      throw why;
    }
    return best == null ? new Unpacked(List.of(), blob) : best;
  }
}
