package io.picklift.codec.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.RoundTrip;
import io.picklift.codec.protobuf.GraphMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Puts samples through the codec and the archive, there and back, and says what is wrong with each.
 */
final class Verdict {
  private static final int SHOWN = 400;

  private final Limits limits = Limits.defaults();
  private final PickleDecoder decoder = new PickleDecoder(limits);
  private final GraphMessage archive = new GraphMessage();
  private final JsonWriter jsonWriter = new JsonWriter(limits);

  private int identical;

  /** How many so far were written back as the same bytes. */
  int identical() {
    return identical;
  }

  /** What is wrong, or an empty text. Whatever else the codec throws is a finding as well. */
  String of(Sample sample) {
    try {
      return judged(sample);
    } catch (RuntimeException | IOException | StackOverflowError e) {
      return "not one of our errors: "
          + e
          + " at "
          + Arrays.stream(e.getStackTrace()).limit(3).toList();
    }
  }

  private String judged(Sample sample) throws IOException {
    SaveGraph graph;
    String json;
    try {
      graph = decoder.decode(sample.pickle());
    } catch (CodecException e) {
      String where = e.offset() + ":" + e.opcode();
      boolean right = sample.expectation().equals(where) || sample.expectation().equals("*");
      return sample.refused() && right ? "" : "refused, " + where + ": " + e.reason();
    }
    try {
      json = json(graph);
    } catch (CodecException e) {
      return "no JSON: " + e.getMessage();
    }
    if (sample.refused()) {
      return "not refused: " + shown(json);
    }
    if (!sample.expectation().equals(sample.hashed() ? hash(json) : json)) {
      return "another meaning: " + shown(json);
    }
    return back(sample, graph, json);
  }

  private String back(Sample sample, SaveGraph graph, String json) throws IOException {
    RoundTrip trip;
    try {
      trip = RoundTrip.of(sample.pickle(), graph, limits);
    } catch (CodecException e) {
      return "not written: " + e.getMessage();
    }
    byte[] pickle = trip.pickle();
    if (trip.outcome() == RoundTrip.Outcome.IDENTICAL) {
      identical++;
    } else if (sample.sameBytes()) {
      return "other bytes: " + shown(HexFormat.of().formatHex(pickle));
    }
    try {
      String again = json(decoder.decode(pickle));
      if (!again.equals(json)) {
        return "another meaning when written: " + shown(again);
      }
      SaveGraph archived = GraphMessage.decode(archive.encode(graph), limits);
      if (!json(archived).equals(json)) {
        return "another meaning in the archive: " + shown(json(archived));
      }
      RoundTrip fromArchive = RoundTrip.of(sample.pickle(), archived, limits);
      return fromArchive.outcome() == trip.outcome() ? "" : "other bytes from the archive";
    } catch (CodecException e) {
      return "refused when written: " + e.getMessage();
    }
  }

  private String json(SaveGraph graph) throws CodecException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    jsonWriter.write(graph, out);
    return CanonicalJson.of(out.toByteArray());
  }

  private static String hash(String json) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
