package io.picklift.bench;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.jython.JythonDecoder;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.util.PythonInterpreter;

/**
 * The unpickler that runs on Jython beside Jython's own {@code pickle}, on one save of protocol 2,
 * which is the last that it knows. Its classes are stubs that do as little as can be done. By the
 * thread's own CPU time, so that a busy machine changes little.
 */
final class JythonTable {
  private static final String PEERS =
      """
      import pickle
      from StringIO import StringIO

      class Stub(object):
          def __new__(cls, *args): return object.__new__(cls)
          def __init__(self, *args): pass
          def __setstate__(self, state): self.state = state
          def append(self, item): pass
          def extend(self, items): pass
          def __setitem__(self, key, value): pass

      class Unpickler(pickle.Unpickler):
          def find_class(self, module, name): return Stub

      def by_pickle(data):
          return Unpickler(StringIO(data)).load()
      """;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final byte[] pickle;
  private final double seconds;

  private JythonTable(byte[] pickle, double seconds) {
    this.pickle = pickle;
    this.seconds = seconds;
  }

  @FunctionalInterface
  private interface Work {
    void run() throws CodecException;
  }

  static void print(Path file, double seconds, PrintStream out)
      throws IOException, CodecException, InterruptedException {
    JythonTable table = new JythonTable(Files.readAllBytes(file), seconds);
    JythonDecoder decoder = new JythonDecoder(Limits.defaults());
    double here = table.perSave(() -> decoder.decode(table.pickle));
    PythonInterpreter interpreter = new PythonInterpreter();
    interpreter.exec(PEERS);
    PyObject data = Py.newString(new String(table.pickle, StandardCharsets.ISO_8859_1));
    double slow = table.peer(interpreter.get("by_pickle"), data);
    double scaling = table.twoThreads(decoder);
    line(out, "A save of %,d bytes, protocol 2, on Jython:", table.pickle.length);
    line(out, "");
    line(out, "| unpickler | MB/s of CPU time | the engine here is |");
    line(out, "| --- | --- | --- |");
    line(out, "| `--engine jython` | %.1f | |", table.speed(here));
    line(out, "| Jython's `pickle` | %.1f | %.1f x |", table.speed(slow), slow / here);
    line(out, "");
    line(out, "Two threads do %.2f x of what one does.", scaling);
  }

  private static void line(PrintStream out, String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  private double speed(double secondsASave) {
    return pickle.length / secondsASave / 1e6;
  }

  private double peer(PyObject function, PyObject data) throws CodecException {
    return perSave(() -> function.__call__(data));
  }

  /** Seconds of CPU time a save: the middle one, after as long to warm up. */
  private double perSave(Work work) throws CodecException {
    double middle = 0;
    for (int round = 0; round < 3; round++) {
      List<Double> all = new ArrayList<>();
      long end = THREADS.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
      while (THREADS.getCurrentThreadCpuTime() < end) {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        all.add((THREADS.getCurrentThreadCpuTime() - start) / 1e9);
      }
      middle = Peer.middle(all);
    }
    return middle;
  }

  /** Saves that two threads do in a time, by what one does. */
  private double twoThreads(JythonDecoder decoder) throws InterruptedException {
    long one = saves(decoder, 1);
    long two = saves(decoder, 2);
    return (double) two / one;
  }

  private long saves(JythonDecoder decoder, int threads) throws InterruptedException {
    long[] counts = new long[threads];
    CountDownLatch warm = new CountDownLatch(threads);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                count(decoder);
                warm.countDown();
                try {
                  warm.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                counts[number] = count(decoder);
              });
      thread.start();
      all.add(thread);
    }
    long sum = 0;
    for (int i = 0; i < threads; i++) {
      all.get(i).join();
      sum += counts[i];
    }
    return sum;
  }

  private long count(JythonDecoder decoder) {
    long count = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      try {
        decoder.decode(pickle);
      } catch (CodecException e) {
        throw new IllegalStateException(e);
      }
      count++;
    }
    return count;
  }
}
