package io.picklift.app.export;

import io.picklift.app.scan.ScannedSave;
import io.picklift.codec.protobuf.GraphMessage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code graphs.bin}: each save whole, as a {@code picklift.graph.v1.SaveGraph} with its length
 * ahead. Needs no mapping.
 */
public final class GraphExport implements ExportForm {
  private static final String SCHEMA = "/picklift/graph/v1/graph.proto";

  private final ThreadLocal<GraphMessage> messages = ThreadLocal.withInitial(GraphMessage::new);

  @Override
  public String entry() {
    return "graphs.bin";
  }

  @Override
  public void write(ScannedSave.Save save, OutputStream out) throws IOException {
    messages.get().writeDelimited(save.graph(), save.key(), out);
  }

  @Override
  public Map<String, Long> left() {
    return Map.of();
  }

  @Override
  public Map<String, String> schemas() throws IOException {
    try (InputStream in = GraphMessage.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new FileNotFoundException("picklift.jar has no " + SCHEMA);
      }
      return Map.of("graph.proto", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
