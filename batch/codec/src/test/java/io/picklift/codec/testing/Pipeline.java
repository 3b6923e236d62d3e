package io.picklift.codec.testing;

import io.picklift.codec.Limits;
import io.picklift.codec.diff.GraphDiff;
import io.picklift.codec.digest.GraphDigest;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.protobuf.GraphMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that the codec does with a pickle, one after the other. Each step may be refused with
 * a {@link CodecException}; whatever else comes out of it is a fault.
 */
public final class Pipeline {
  private static final Limits LIMITS = Limits.defaults();
  private static final int DIFFERENCES = 20;

  private Pipeline() {}

  private interface Step {
    void run(SaveGraph graph) throws CodecException;
  }

  private record Stage(String name, Step step) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage("archive", Pipeline::archive),
          new Stage("write", Pipeline::write),
          new Stage("meaning", graph -> Meaning.of(graph, LIMITS)),
          new Stage("json", Pipeline::json),
          new Stage("digest", graph -> GraphDigest.sha256(graph, LIMITS)),
          new Stage("diff", Pipeline::diff));

  /** What became of each step, with the time it took: {@code decode ok 12 ms}. */
  public static List<String> run(byte[] pickle) {
    List<String> report = new ArrayList<>();
    SaveGraph graph;
    long start = System.nanoTime();
    try {
      graph = new PickleDecoder(LIMITS).decode(pickle);
      report.add(line("decode", "ok", start));
    } catch (CodecException e) {
      return List.of(line("decode", e.code().code(), start));
    }
    for (Stage stage : STAGES) {
      start = System.nanoTime();
      try {
        stage.step.run(graph);
        report.add(line(stage.name, "ok", start));
      } catch (CodecException e) {
        report.add(line(stage.name, e.code().code(), start));
      }
    }
    return report;
  }

  private static String line(String step, String outcome, long start) {
    return step + " " + outcome + " " + (System.nanoTime() - start) / 1_000_000 + " ms";
  }

  private static void write(SaveGraph graph) throws CodecException {
    new PickleDecoder(LIMITS).decode(new PickleWriter(LIMITS).write(graph));
  }

  private static void json(SaveGraph graph) throws CodecException {
    try {
      new JsonWriter(LIMITS).write(graph, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void diff(SaveGraph graph) throws CodecException {
    SaveGraph again = new PickleDecoder(LIMITS).decode(new PickleWriter(LIMITS).write(graph));
    GraphDiff.compare(graph, again, DIFFERENCES, LIMITS);
  }

  private static void archive(SaveGraph graph) throws CodecException {
    GraphMessage.decode(new GraphMessage().encode(graph), LIMITS);
  }
}
