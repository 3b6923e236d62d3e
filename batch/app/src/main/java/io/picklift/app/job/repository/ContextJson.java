package io.picklift.app.job.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Writes what Spring Batch keeps of a job and its steps as JSON: texts and numbers, and nothing
 * else. By default Spring Batch serializes Java objects, which whoever may write into the table
 * could have this process make. What an earlier Picklift wrote so is not read: no run goes on with
 * another run's contexts.
 */
public final class ContextJson implements ExecutionContextSerializer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A number of 64 bits is told from one of 32. */
  private static final String LONG = "long";

  /** A context as text. */
  public static String text(ExecutionContext context) {
    ObjectNode json = JSON.createObjectNode();
    context.toMap().forEach((name, value) -> put(json, name, value));
    return json.toString();
  }

  /** The context that {@link #text} wrote. */
  public static ExecutionContext read(String text) {
    try (InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
      return new ExecutionContext(new ContextJson().deserialize(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void serialize(Map<String, Object> context, OutputStream out) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    context.forEach((name, value) -> put(json, name, value));
    out.write(JSON.writeValueAsBytes(json));
  }

  private static void put(ObjectNode json, String name, Object value) {
    if (value instanceof String text) {
      json.put(name, text);
    } else if (value instanceof Integer number) {
      json.put(name, number);
    } else if (value instanceof Long number) {
      json.putObject(name).put(LONG, number);
    } else if (value instanceof Boolean is) {
      json.put(name, is);
    } else {
      throw new IllegalArgumentException(
          name + " of a step is neither a text nor a number, but " + value.getClass().getName());
    }
  }

  @Override
  public Map<String, Object> deserialize(InputStream in) throws IOException {
    Map<String, Object> context = new HashMap<>();
    byte[] bytes = in.readAllBytes();
    if (bytes.length == 0 || bytes[0] != '{') {
      return context;
    }
    for (Map.Entry<String, JsonNode> entry : JSON.readTree(bytes).properties()) {
      JsonNode value = entry.getValue();
      if (value.isTextual()) {
        context.put(entry.getKey(), value.textValue());
      } else if (value.isInt()) {
        context.put(entry.getKey(), value.intValue());
      } else if (value.isBoolean()) {
        context.put(entry.getKey(), value.booleanValue());
      } else if (value.path(LONG).canConvertToLong()) {
        context.put(entry.getKey(), value.get(LONG).longValue());
      }
    }
    return context;
  }
}
