package io.picklift.jython.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.jython.JythonDecoder;
import io.picklift.jython.testing.Outcome;
import io.picklift.jython.testing.Pickles;
import org.junit.jupiter.api.Test;

/** Ten thousand saves, decoded and refused, leave nothing behind. */
class MemoryTest {
  private static final long MEGABYTE = 1 << 20;

  @Test
  void staysFlatOverTenThousandSaves() throws InterruptedException {
    JythonDecoder decoder = new JythonDecoder(Limits.defaults());
    decode(decoder, 0, 2_000);
    long before = used();
    decode(decoder, 2_000, 12_000);
    // A leak of one frame, one name or one message a save would be some megabytes.
    assertThat(used() - before).isLessThan(MEGABYTE);
  }

  @Test
  void aThreadThatEndsLeavesNoInterpreter() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      inThread();
    }
    long before = used();
    for (int i = 0; i < 40; i++) {
      inThread();
    }
    assertThat(used() - before).isLessThan(4 * MEGABYTE);
  }

  private static void inThread() throws InterruptedException {
    Thread thread = new Thread(() -> decode(new JythonDecoder(Limits.defaults()), 0, 10));
    thread.start();
    thread.join();
  }

  private static void decode(JythonDecoder decoder, int from, int to) {
    for (int i = from; i < to; i++) {
      // Names and text that no other save has, and every third is refused.
      String name = "n" + i;
      byte[] pickle =
          new Pickles()
              .add("\u0080\u0002c" + name + "\n" + name + "\n)\u0081}(")
              .text("key" + i)
              .text("value" + i)
              .add(i % 3 == 0 ? "ub" : "ub.")
              .bytes();
      assertThat(Outcome.isRefused(Outcome.of(decoder::decode, pickle))).isEqualTo(i % 3 == 0);
    }
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
