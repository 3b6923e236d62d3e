package io.picklift.jython;

import static org.assertj.core.api.Assertions.assertThat;

import io.picklift.codec.Limits;
import io.picklift.jython.testing.Outcome;
import io.picklift.jython.testing.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads that share a decoder do not get into each other's way. */
class ThreadsTest {
  private static final int THREADS = 4;

  @Test
  void eachGetsWhatOneAloneWouldGet() throws InterruptedException, ExecutionException {
    Streams streams = new Streams(7);
    List<byte[]> pickles = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      pickles.add(streams.next());
    }
    JythonDecoder decoder = new JythonDecoder(Limits.defaults());
    Callable<List<String>> all =
        () -> pickles.stream().map(pickle -> Outcome.of(decoder::decode, pickle)).toList();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<String>>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        results.add(pool.submit(all));
      }
      List<String> alone = alone(all);
      for (Future<List<String>> result : results) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdown();
    }
  }

  private static List<String> alone(Callable<List<String>> all) throws ExecutionException {
    try {
      return all.call();
    } catch (Exception e) {
      throw new ExecutionException(e);
    }
  }
}
