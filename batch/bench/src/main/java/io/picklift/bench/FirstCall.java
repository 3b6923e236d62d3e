package io.picklift.bench;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.pickle.PickleDecoder;
import io.picklift.codec.protobuf.GraphMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The first call of a fresh Java machine: prints milliseconds of decoding and of archiving. */
final class FirstCall {
  private FirstCall() {}

  /** Takes the file. */
  public static void main(String[] args) throws IOException, CodecException {
    byte[] pickle = Files.readAllBytes(Path.of(args[0]));
    long start = System.nanoTime();
    var graph = new PickleDecoder(Limits.defaults()).decode(pickle);
    long decoded = System.nanoTime();
    new GraphMessage().encode(graph);
    long archived = System.nanoTime();
    System.out.printf(
        Locale.ROOT, "%.1f %.1f%n", (decoded - start) / 1e6, (archived - decoded) / 1e6);
  }
}
