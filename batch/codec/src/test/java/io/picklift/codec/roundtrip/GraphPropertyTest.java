package io.picklift.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.pickle.RoundTrip;
import io.picklift.codec.protobuf.GraphMessage;
import io.picklift.codec.testing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for every graph, tried on graphs of streams of opcodes that are made at random. */
final class GraphPropertyTest {
  private static final Limits LIMITS = Limits.defaults();

  @Property(tries = 400, seed = "1")
  void whatIsWrittenDecodesToTheSameMeaning(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int size) throws Exception {
    byte[] pickle = Streams.pickle(seed, size);
    SaveGraph graph = decode(pickle);
    RoundTrip trip = RoundTrip.of(pickle, graph, LIMITS);
    assertThat(GraphDigest.sha256(decode(trip.pickle()), LIMITS))
        .isEqualTo(GraphDigest.sha256(graph, LIMITS));
  }

  @Property(tries = 400, seed = "1")
  void aPickleThatWasWrittenIsWrittenTheSameAgain(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int size) throws Exception {
    byte[] pickle = Streams.pickle(seed, size);
    byte[] once = RoundTrip.of(pickle, decode(pickle), LIMITS).pickle();
    byte[] twice = RoundTrip.of(once, decode(once), LIMITS).pickle();
    byte[] thrice = RoundTrip.of(twice, decode(twice), LIMITS).pickle();
    assertThat(thrice).isEqualTo(twice);
  }

  @Property(tries = 400, seed = "1")
  void aMessageGivesTheSameGraph(@ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int size)
      throws Exception {
    SaveGraph graph = decode(Streams.pickle(seed, size));
    byte[] message = new GraphMessage().encode(graph);
    SaveGraph back = GraphMessage.decode(message, LIMITS);
    assertThat(new GraphMessage().encode(back)).isEqualTo(message);
    assertThat(GraphDigest.sha256(back, LIMITS)).isEqualTo(GraphDigest.sha256(graph, LIMITS));
    assertThat(json(back)).isEqualTo(json(graph));
    if (graph.style().regular()) {
      byte[] written = new PickleWriter(LIMITS).write(back);
      assertThat(written).isEqualTo(new PickleWriter(LIMITS).write(graph));
    }
  }

  @Property(tries = 400, seed = "1")
  void whatIsWrittenShowsTheSameDocument(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int size) throws Exception {
    byte[] pickle = Streams.pickle(seed, size);
    SaveGraph graph = decode(pickle);
    byte[] written = RoundTrip.of(pickle, graph, LIMITS).pickle();
    assertThat(json(decode(written))).isEqualTo(json(graph));
  }

  private static SaveGraph decode(byte[] pickle) throws CodecException {
    return new PickleDecoder(LIMITS).decode(pickle);
  }

  private static byte[] json(SaveGraph graph) throws CodecException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonWriter(LIMITS).write(graph, out);
    return out.toByteArray();
  }
}
