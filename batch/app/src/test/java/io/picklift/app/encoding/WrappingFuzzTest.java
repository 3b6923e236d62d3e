package io.picklift.app.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.picklift.app.encoding.format.EncodingException;
import io.picklift.app.job.Game;
import io.picklift.codec.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random stacks of encodings: the same pickle is found in all of them, and a bare one is left
 * alone; changed bytes end in a result or in one of the reasons. {@code
 * -Dpicklift.fuzz.wrappings=100000 -Dpicklift.fuzz.seed=7} for more and others.
 */
final class WrappingFuzzTest {
  private static final int RUNS = Integer.getInteger("picklift.fuzz.wrappings", 5_000);
  private static final long SEED = Long.getLong("picklift.fuzz.seed", 1);

  private final Unpacker unpacker = new Unpacker(Limits.defaults());
  private final Random random = new Random(SEED);
  private final RandomWrapping wrapping = new RandomWrapping(random);

  private static List<byte[]> pickles() throws IOException {
    List<byte[]> pickles = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pickles.add(Game.save(i));
    }
    for (String text :
        List.of(
            "(dp0\nS'a'\np1\nI10\nsS'b'\np2\n(lp3\nI1\naI2\nas.", "(I1\nI2\nI3\nI4\nI5\nI6\nt.")) {
      pickles.add(text.getBytes(StandardCharsets.US_ASCII));
    }
    pickles.add(HexFormat.of().parseHex("80025d7100284b014b024b03652e"));
    pickles.add(HexFormat.of().parseHex("80049508000000000000007d948c0161944b01732e"));
    return pickles;
  }

  @Test
  void theSamePickleIsFoundAndTheBytesComeBack() throws Exception {
    List<byte[]> pickles = pickles();
    for (int i = 0; i < RUNS; i++) {
      byte[] pickle = pickles.get(random.nextInt(pickles.size()));
      String recipe = wrapping.recipe(pickle);
      byte[] value = wrapping.wrap(pickle, recipe);
      Unpacked found;
      try {
        found = unpacker.auto(value);
      } catch (EncodingException e) {
        fail(recipe + ": " + e.getMessage());
        return;
      }
      String what = recipe + " was read as " + found.label();
      assertThat(found.pickle()).as(what).isEqualTo(pickle);
      String again = Recoder.recipe(found, Limits.defaults());
      if (again != null) {
        assertThat(Recoder.encode(pickle, again, Limits.defaults())).as(what).isEqualTo(value);
      }
    }
  }

  @Test
  void changedBytesEndInAResultOrAReason() throws Exception {
    List<byte[]> pickles = pickles();
    Unpacker repairing = new Unpacker(Limits.defaults(), true);
    for (int i = 0; i < RUNS; i++) {
      byte[] pickle = pickles.get(random.nextInt(pickles.size()));
      String recipe = wrapping.recipe(pickle);
      byte[] value = changed(wrapping.wrap(pickle, recipe));
      try {
        assertThat((i % 2 == 0 ? unpacker : repairing).auto(value).pickle()).isNotNull();
      } catch (EncodingException e) {
        assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(200);
      } catch (RuntimeException e) {
        throw new AssertionError(recipe + ": " + HexFormat.of().formatHex(value), e);
      }
    }
  }

  private byte[] changed(byte[] value) {
    byte[] changed = value.clone();
    for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) > 0
        ? changed
        : Arrays.copyOf(changed, random.nextInt(changed.length + 1));
  }
}
