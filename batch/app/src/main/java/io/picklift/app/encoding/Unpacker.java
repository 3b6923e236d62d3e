package io.picklift.app.encoding;

import io.picklift.app.encoding.format.Encoding;
import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.encoding.format.OutputBudget;
import io.picklift.app.encoding.text.TextEncodings;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Undoes stacks of encodings, within limits. Immutable. */
public final class Unpacker {
  /** Damage upon damage: text that was converted twice. */
  private static final int MOST_DAMAGES = 3;

  private final Limits limits;
  private final boolean isRepair;
  private final HiddenDamage hidden;

  public Unpacker(Limits limits) {
    this(limits, false);
  }

  /**
   * Undoes within {@code limits}.
   *
   * @param isRepair whether to undo the damage, too, that text columns do
   */
  public Unpacker(Limits limits, boolean isRepair) {
    this(limits, isRepair, new HiddenDamage(limits, isRepair));
  }

  private Unpacker(Limits limits, boolean isRepair, HiddenDamage hidden) {
    this.limits = limits;
    this.isRepair = isRepair;
    this.hidden = hidden;
  }

  /** One that undoes damage where nothing but that gives a pickle, and only names any other. */
  public static Unpacker ofProvenDamage(Limits limits) {
    return new Unpacker(limits, true, new HiddenDamage(limits, false));
  }

  /**
   * Undoes whatever encodings the content shows. Where no pickle is found, what comes out is as far
   * as it goes: the decoder says what is wrong with it.
   *
   * @throws EncodingException where what was found cannot be undone, or must not be
   */
  public Unpacked auto(byte[] blob) throws EncodingException {
    OutputBudget room = new OutputBudget(limits, blob.length);
    PickleSearch search = new PickleSearch(room, blob.length);
    Unpacked found = search.find(blob);
    found = found == null ? search.loose() : found;
    if (found != null) {
      return hidden.look(found);
    }
    Unpacked mended = mended(blob, List.of(), room);
    Unpacked best = search.best();
    if (mended == null && best != null && !best.layers().isEmpty()) {
      // What was damaged may have been wrapped after that.
      mended = mended(best.pickle(), best.layers(), room);
    }
    if (mended != null) {
      if (!isRepair) {
        throw DamageNames.refused(mended);
      }
      return mended;
    }
    Unpacked json = search.json();
    if (json != null) {
      return json;
    }
    DamageNames.check(blob);
    return search.furthest(blob);
  }

  /** Undoes damage, where that gives a pickle and doing it again gives the bytes. */
  private @Nullable Unpacked mended(byte[] bytes, List<EncodingLayer> before, OutputBudget room) {
    long damages = before.stream().filter(layer -> layer.encoding().isDamage()).count();
    for (Encoding damage : TextEncodings.damages()) {
      if (damages == MOST_DAMAGES || !damage.detects(bytes)) {
        continue;
      }
      try {
        for (byte[] inner : damage.undo(bytes, room)) {
          if (!damage.gives(bytes, inner, damage.styles(bytes, inner).get(0))) {
            continue;
          }
          List<EncodingLayer> layers = new ArrayList<>(before);
          layers.add(new EncodingLayer(damage, bytes));
          Unpacked found = new PickleSearch(room, inner.length).find(inner);
          if (found != null) {
            layers.addAll(found.layers());
            return new Unpacked(layers, found.pickle());
          }
          Unpacked further = mended(inner, layers, room);
          if (further != null) {
            return further;
          }
        }
      } catch (EncodingException | IOException e) {
        // Not damaged in this way: the next may fit.
      }
    }
    return null;
  }

  /**
   * Undoes exactly these encodings, outermost first.
   *
   * @throws EncodingException where the BLOB is not encoded so
   */
  public Unpacked known(byte[] blob, List<Encoding> stack) throws EncodingException {
    OutputBudget room = new OutputBudget(limits, blob.length);
    return hidden.look(known(blob, stack, List.of(), room));
  }

  private static Unpacked known(
      byte[] bytes, List<Encoding> stack, List<EncodingLayer> before, OutputBudget room)
      throws EncodingException {
    if (before.size() == stack.size()) {
      return new Unpacked(before, bytes);
    }
    Encoding encoding = stack.get(before.size());
    List<EncodingLayer> layers = new ArrayList<>(before);
    layers.add(new EncodingLayer(encoding, bytes));
    EncodingException failure = EncodingException.damaged(encoding.label());
    @Nullable Unpacked first = null;
    @Nullable Unpacked taken = null;
    int pickles = 0;
    // Where the configuration names the member, it is the save whatever stands beside it.
    boolean isAnyPart = encoding.hasParts() && Encodings.told().contains(encoding);
    room.hold(bytes.length);
    for (byte[] inner : undo(encoding, bytes, room)) {
      try {
        Unpacked unpacked = known(inner, stack, layers, room);
        if (PickleSearch.isPickle(unpacked.pickle())) {
          if (!isAnyPart) {
            return unpacked;
          }
          taken = taken == null ? unpacked : taken;
          pickles += PickleSearch.isProven(unpacked.pickle()) ? 1 : 0;
        }
        first = first == null ? unpacked : first;
      } catch (EncodingException e) {
        if (e.code().equals(EncodingException.SEVERAL)) {
          throw e;
        }
        failure = e;
      }
    }
    if (pickles > 1) {
      throw PickleSearch.several(encoding, pickles);
    }
    if (taken != null) {
      return taken;
    }
    if (first == null) {
      throw failure;
    }
    return first;
  }

  /** Whether what came out is a pickle, or was one before it was cut or damaged. */
  public static boolean isPickle(Unpacked unpacked) {
    return PickleSearch.isPickle(unpacked.pickle());
  }

  static List<byte[]> undo(Encoding encoding, byte[] bytes, OutputBudget room)
      throws EncodingException {
    try {
      return encoding.undo(bytes, room);
    } catch (IOException | RuntimeException e) {
      // Decoders of damaged data throw about anything; all of it means the same here.
      throw EncodingException.damaged(encoding.label());
    }
  }
}
