package io.picklift.codec.json;

import io.picklift.codec.Limits;
import io.picklift.codec.error.CodecException;
import io.picklift.codec.meaning.Meaning;
import io.picklift.codec.model.SaveGraph;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a save as JSON ({@code proto/JSON.md}): one document, UTF-8, no newline at its end.
 * Without recursion, and no shared value twice. Immutable.
 */
public final class JsonWriter {
  private final Limits limits;

  public JsonWriter(Limits limits) {
    this.limits = limits;
  }

  /**
   * Writes the document. Where it fails, a part of it may have been written.
   *
   * @throws CodecException where the document would be longer or deeper than the limits let it be
   */
  public void write(SaveGraph graph, OutputStream out) throws CodecException, IOException {
    write(Meaning.of(graph, limits), out);
  }

  /** Writes the document of a meaning that is at hand. */
  public void write(Meaning meaning, OutputStream out) throws CodecException, IOException {
    write(meaning, meaning.root(), out);
  }

  /** Writes one value of it as a document of its own. */
  public void write(Meaning meaning, int value, OutputStream out)
      throws CodecException, IOException {
    // A graph that was not read from a pickle may have no source: its size counts as well.
    SaveGraph graph = meaning.graph();
    long input = Math.max(graph.source().length, graph.size() + (long) graph.edgeCount());
    JsonOutput output = new JsonOutput(out, limits.outputFor(input));
    new JsonDocument(meaning, output, limits).write(value);
    output.flush();
  }
}
