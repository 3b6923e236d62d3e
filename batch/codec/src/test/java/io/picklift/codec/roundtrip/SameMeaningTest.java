package io.picklift.codec.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.Kind;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.RoundTrip;
import io.picklift.codec.testing.Seeds;
import io.picklift.codec.testing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Document, digest and comparison agree on what is the same: on a pickle written again, and on
 * pickles of which a bit or two are others.
 */
final class SameMeaningTest {
  private static final Limits LIMITS = Limits.defaults();
  private static final int CHANGES = 12;

  @Property(tries = 400, seed = "1")
  void ofGeneratedGraphs(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size)
      throws Exception {
    assertAgreement(Streams.pickle(seed, size), new Random(seed), CHANGES);
  }

  @Test
  void ofTheCorpus() throws Exception {
    Random random = new Random(1);
    for (byte[] pickle : Seeds.few()) {
      assertAgreement(pickle, random, 2);
    }
  }

  private static void assertAgreement(byte[] pickle, Random random, int changes) throws Exception {
    SaveGraph graph;
    byte[] again;
    try {
      graph = decode(pickle);
      again = RoundTrip.of(pickle, graph, LIMITS).pickle();
    } catch (CodecException e) {
      return;
    }
    assertAgreement(pickle, graph, again);
    for (int i = 0; i < changes; i++) {
      byte[] changed = pickle.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      assertAgreement(pickle, graph, changed);
    }
  }

  private static void assertAgreement(byte[] pickle, SaveGraph one, byte[] changed)
      throws IOException {
    String pickles = HexFormat.of().formatHex(pickle) + " " + HexFormat.of().formatHex(changed);
    try {
      SaveGraph other = decode(changed);
      boolean same =
          Arrays.equals(GraphDigest.sha256(one, LIMITS), GraphDigest.sha256(other, LIMITS));
      assertThat(GraphDiff.compare(one, other, 1, LIMITS).isEmpty()).as(pickles).isEqualTo(same);
      assertThat(GraphDiff.compare(other, one, 1, LIMITS).isEmpty()).as(pickles).isEqualTo(same);
      boolean shownAlike = json(one).equals(json(other));
      if (same || !(hides(one) || hides(other))) {
        assertThat(shownAlike).as(pickles).isEqualTo(same);
      }
    } catch (CodecException e) {
      // A change may well make no pickle of it, or one beyond a limit.
      assertThat(e.code()).isNotNull();
    }
  }

  /**
   * Whether JSON may show alike what differs ({@code DIGEST.md}): text of Python 2, well-known
   * types in two forms, and names whose module ends elsewhere.
   */
  private static boolean hides(SaveGraph graph) throws CodecException {
    Meaning meaning = Meaning.of(graph, LIMITS);
    for (int node = 0; node < graph.size(); node++) {
      Kind kind = meaning.kind(node);
      boolean isHidden =
          switch (kind) {
            case PY2_STR -> true;
            case GLOBAL -> meaning.globalName(node).indexOf('.') != lastDot(meaning, node);
            case OBJECT, CALL -> meaning.references(node) > 0 && meaning.wellKnown(node) != null;
            default -> false;
          };
      if (isHidden) {
        return true;
      }
    }
    return false;
  }

  private static int lastDot(Meaning meaning, int name) {
    return meaning.globalName(name).lastIndexOf('.');
  }

  private static SaveGraph decode(byte[] pickle) throws CodecException {
    return new PickleDecoder(LIMITS).decode(pickle);
  }

  private static String json(SaveGraph graph) throws CodecException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonWriter(LIMITS).write(graph, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
