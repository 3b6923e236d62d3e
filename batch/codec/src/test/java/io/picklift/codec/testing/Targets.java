package io.picklift.codec.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.pickle.RoundTrip;
import io.picklift.codec.protobuf.GraphMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the fuzzers run. Any bytes end in a result or in a {@link CodecException}, and what the
 * codec makes of them agrees with itself; anything else is thrown.
 */
public final class Targets {
  private static final Limits LIMITS = Limits.defaults();
  private static final int DIFFERENCES = 20;

  private Targets() {}

  /** A target and its name. */
  public record Target(String name, Consumer<byte[]> run) {}

  public static List<Target> all() {
    return List.of(
        new Target("decode", Targets::decode),
        new Target("roundTrip", Targets::roundTrip),
        new Target("json", Targets::json),
        new Target("diff", Targets::diff),
        new Target("archive", Targets::archive));
  }

  /** Decodes. */
  public static @Nullable SaveGraph decode(byte[] pickle) {
    try {
      return new PickleDecoder(LIMITS).decode(pickle);
    } catch (CodecException e) {
      checkMessage(e);
      return null;
    }
  }

  private static void checkMessage(CodecException e) {
    String message = String.valueOf(e.getMessage());
    check(message.lines().count() == 1 && message.length() < 200, "the message is no short line");
    boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(message);
    check(ascii, "the message may hold what the save does");
  }

  /** Decodes, writes and decodes again: the digest stays, and the second pickle is written so. */
  public static void roundTrip(byte[] pickle) {
    SaveGraph graph = decode(pickle);
    if (graph == null) {
      return;
    }
    try {
      RoundTrip trip = RoundTrip.of(pickle, graph, LIMITS);
      SaveGraph again = new PickleDecoder(LIMITS).decode(trip.pickle());
      byte[] twice = RoundTrip.of(trip.pickle(), again, LIMITS).pickle();
      check(
          Arrays.equals(digest(twice), GraphDigest.sha256(graph, LIMITS)),
          "what was written twice means something else");
    } catch (CodecException e) {
      checkMessage(e);
    }
  }

  private static byte[] digest(byte[] pickle) throws CodecException {
    return GraphDigest.sha256(new PickleDecoder(LIMITS).decode(pickle), LIMITS);
  }

  /**
   * Decodes and writes JSON: that of the pickle written again is the same but for what it folds.
   */
  public static void json(byte[] pickle) {
    SaveGraph graph = decode(pickle);
    if (graph == null) {
      return;
    }
    try {
      byte[] json = jsonOf(graph);
      SaveGraph archived = GraphMessage.decode(new GraphMessage().encode(graph), LIMITS);
      check(Arrays.equals(json, jsonOf(archived)), "the archive shows another document");
    } catch (CodecException e) {
      checkMessage(e);
    }
  }

  private static byte[] jsonOf(SaveGraph graph) throws CodecException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new JsonWriter(LIMITS).write(graph, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Compares the graph with that of the pickle that is written from it, and with that of a pickle
   * in which one byte is another: a difference is named exactly where the digests differ.
   */
  public static void diff(byte[] pickle) {
    SaveGraph graph = decode(pickle);
    if (graph == null) {
      return;
    }
    try {
      compare(graph, new PickleDecoder(LIMITS).decode(new PickleWriter(LIMITS).write(graph)));
      byte[] changed = pickle.clone();
      Random random = new Random(Arrays.hashCode(pickle));
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      SaveGraph other = decode(changed);
      if (other != null) {
        compare(graph, other);
        compare(other, graph);
      }
    } catch (CodecException e) {
      checkMessage(e);
    }
  }

  private static void compare(SaveGraph left, SaveGraph right) throws CodecException {
    boolean same =
        Arrays.equals(GraphDigest.sha256(left, LIMITS), GraphDigest.sha256(right, LIMITS));
    check(
        GraphDiff.compare(left, right, DIFFERENCES, LIMITS).isEmpty() == same,
        same ? "a difference between equal digests" : "no difference between unequal digests");
  }

  /** Decodes an archive, and does with the graph what is done with any. */
  public static void archive(byte[] archive) {
    try {
      SaveGraph graph = GraphMessage.decode(archive, LIMITS);
      byte[] again = new GraphMessage().encode(graph);
      check(
          Arrays.equals(again, new GraphMessage().encode(GraphMessage.decode(again, LIMITS))),
          "an archive of an archive is another");
      jsonOf(graph);
      byte[] digest = GraphDigest.sha256(graph, LIMITS);
      byte[] pickle = new PickleWriter(LIMITS).write(graph);
      check(pickle.length > 0 && digest.length == 32, "nothing was written");
      roundTrip(pickle);
    } catch (CodecException e) {
      checkMessage(e);
    }
  }

  private static void check(boolean condition, String fault) {
    if (!condition) {
      throw new IllegalStateException(fault);
    }
  }
}
