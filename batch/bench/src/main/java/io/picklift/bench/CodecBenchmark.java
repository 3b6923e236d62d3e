package io.picklift.bench;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.json.JsonWriter;
import io.picklift.codec.model.SaveGraph;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.pickle.PickleWriter;
import io.picklift.codec.protobuf.GraphMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.razorvine.pickle.Unpickler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the codec does with one save, and what others do with it. Each thread has its own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private static final Limits LIMITS = Limits.defaults();

  /** The pickle to work on. */
  @Param("")
  public String file = "";

  private final PickleDecoder decoder = new PickleDecoder(LIMITS);
  private final GraphMessage archive = new GraphMessage();
  private final JsonWriter json = new JsonWriter(LIMITS);
  private final PickleWriter writer = new PickleWriter(LIMITS);
  private byte[] pickle = new byte[0];
  private SaveGraph graph = emptyGraph();

  private static SaveGraph emptyGraph() {
    try {
      return new PickleDecoder(LIMITS).decode(new byte[] {'N', '.'});
    } catch (CodecException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads the file; what is measured must also be right. */
  @Setup
  public void setUp() throws IOException, CodecException {
    pickle = Files.readAllBytes(Path.of(file));
    graph = new PickleDecoder(LIMITS).decode(pickle);
    if (!Arrays.equals(write(), pickle)) {
      throw new IllegalStateException("the pickle does not come back: " + file);
    }
    Razorvine.register(graph);
  }

  /** Pickle to graph. */
  @Benchmark
  public SaveGraph decode() throws CodecException {
    return decoder.decode(pickle);
  }

  /** Pickle to Protobuf bytes, not compressed. */
  @Benchmark
  public byte[] decodeToArchive() throws CodecException {
    return archive.encode(decoder.decode(pickle));
  }

  /** Graph to JSON. */
  @Benchmark
  public void json() throws CodecException, IOException {
    json.write(graph, OutputStream.nullOutputStream());
  }

  /** Graph to pickle: the same bytes. */
  @Benchmark
  public byte[] write() throws CodecException {
    return writer.write(graph);
  }

  /** Only finds the opcodes. */
  @Benchmark
  public int scan() {
    return OpcodeScan.count(pickle);
  }

  /** The JVM's other unpickler. */
  @Benchmark
  public Object razorvine() throws IOException {
    return new Unpickler().loads(pickle);
  }
}
