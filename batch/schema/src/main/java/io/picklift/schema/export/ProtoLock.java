package io.picklift.schema.export;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The numbers of all fields that a generated {@code .proto} has or ever had, as {@code
 * <package>.proto.lock} keeps them. Fields keep their numbers from one {@code profile} or {@code
 * export} to the next; one that is gone, or that changed to a type that is not the same on the
 * wire, leaves its number reserved.
 */
public final class ProtoLock {
  private static final String HEADING =
      """
      # Field numbers, kept by picklift profile and export. A number stands for its field for ever: edit none.
      version: 1
      messages:
      """;

  private final TreeMap<String, ProtoMessage> messages = new TreeMap<>();

  private ProtoLock() {}

  public static ProtoLock empty() {
    return new ProtoLock();
  }

  static ProtoLock of(Iterable<ProtoMessage> messages) {
    ProtoLock lock = new ProtoLock();
    messages.forEach(message -> lock.messages.put(message.name(), message));
    return lock;
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @param file for messages
   * @throws IllegalArgumentException with a message for people, where it is damaged
   */
  public static ProtoLock parse(String file, String text) {
    try {
      Object document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(new StringReader(text));
      ProtoLock lock = new ProtoLock();
      Map<?, ?> all = map(map(document).get("messages"));
      for (Map.Entry<?, ?> entry : all.entrySet()) {
        String name = String.valueOf(entry.getKey());
        lock.messages.put(name, message(name, map(entry.getValue())));
      }
      return lock;
    } catch (YAMLException | ClassCastException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " is damaged: " + firstLine(e.getMessage()), e);
    }
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }

  private static Map<?, ?> map(@Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("a map of names is missing");
  }

  private static ProtoMessage message(String name, Map<?, ?> entries) {
    List<ProtoField> fields = new ArrayList<>();
    SortedSet<Integer> reserved = new TreeSet<>();
    int next = 1;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (key.equals("reserved")) {
        for (Object number : (List<?>) entry.getValue()) {
          reserved.add((Integer) number);
        }
        continue;
      }
      String[] parts = String.valueOf(entry.getValue()).split(" ", 3);
      if (parts.length != 3) {
        throw new IllegalArgumentException(name + "." + key + " has no number and type");
      }
      fields.add(
          new ProtoField(
              key.substring(1), Integer.parseInt(parts[0]), parts[2], parts[1].equals("repeated")));
    }
    for (ProtoField field : fields) {
      next = Math.max(next, field.number() + 1);
      if (reserved.contains(field.number())) {
        throw new IllegalArgumentException(name + "." + field.name() + " has a reserved number");
      }
    }
    if (!reserved.isEmpty()) {
      next = Math.max(next, reserved.last() + 1);
    }
    return new ProtoMessage(name, fields, reserved, next);
  }

  /** The file's text. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADING);
    for (ProtoMessage message : messages.values()) {
      text.append("  ").append(message.name()).append(":\n");
      // A slash before each name: "reserved" may be a field's too.
      for (ProtoField field : message.fields()) {
        text.append("    /").append(field.name()).append(": ");
        text.append(field.number()).append(' ').append(field.label()).append('\n');
      }
      if (!message.reserved().isEmpty()) {
        text.append("    reserved: ").append(message.reserved()).append('\n');
      }
    }
    return text.toString();
  }

  /** The message of that name, or null. */
  @Nullable ProtoMessage message(String name) {
    return messages.get(name);
  }

  Map<String, ProtoMessage> messages() {
    return new LinkedHashMap<>(messages);
  }

  /**
   * Numbers the fields of messages as this lock has them, new ones after all that ever were.
   * Messages that are not among them stay in the lock.
   */
  ProtoLock update(List<ProtoMessage> now) {
    ProtoLock lock = new ProtoLock();
    lock.messages.putAll(messages);
    for (ProtoMessage message : now) {
      lock.messages.put(message.name(), number(message, messages.get(message.name())));
    }
    return lock;
  }

  private static ProtoMessage number(ProtoMessage now, @Nullable ProtoMessage before) {
    Map<String, ProtoField> known = new LinkedHashMap<>();
    SortedSet<Integer> reserved = new TreeSet<>();
    int next = 1;
    if (before != null) {
      before.fields().forEach(field -> known.put(field.name(), field));
      reserved.addAll(before.reserved());
      next = before.next();
    }
    List<ProtoField> fields = new ArrayList<>();
    for (ProtoField field : now.fields()) {
      ProtoField old = known.remove(field.name());
      if (old != null && WireCheck.isCompatible(old, field)) {
        fields.add(field.numbered(old.number()));
      } else {
        if (old != null) {
          reserved.add(old.number());
        }
        fields.add(field.numbered(next++));
      }
    }
    known.values().forEach(gone -> reserved.add(gone.number()));
    return new ProtoMessage(now.name(), fields, reserved, next);
  }
}
